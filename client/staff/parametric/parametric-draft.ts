import { imagesOf, parseMarkup, toMarkup } from '#bank/item';
import type { ParametricItem, VariantsInput } from '#bank/item/parametric';
import type { Level } from '#bank/protocol';
import type { MarkupText } from '../items/item-draft.ts';

/** A question whose numbers are drawn, as it is typed: lists have one entry on each line. */
export interface ParametricDraft {
  kind: ParametricItem['kind'];
  code: string;
  topic: string;
  level: Level;
  stem: MarkupText;
  /** `a: 1..20`, or `a: 0,5..5; 0,5` with a step. */
  parameters: string;
  /** `x = a*b`. */
  derived: string;
  constraints: string;
  key: string;
  distractors: string;
  decimals: string;
  unit: string;
}

export function newParametricDraft(topic: string): ParametricDraft {
  return {
    kind: 'choice',
    code: '',
    topic,
    level: 'APPLY',
    stem: { text: '', images: [] },
    parameters: '',
    derived: '',
    constraints: '',
    key: '',
    distractors: '',
    decimals: '',
    unit: '',
  };
}

/** What an author wrote, as it is typed. */
export function parametricDraft({ code, topic, level, item }: VariantsInput): ParametricDraft {
  const { kind, stem, parameters, derived, constraints, key, distractors, decimals, unit = '' } = item;
  const ranges = parameters.map(
    ({ name, from, to, step }) => `${name}: ${from}..${to}${step === '1' ? '' : `; ${step}`}`,
  );
  return {
    kind,
    code,
    topic,
    level,
    stem: { text: toMarkup(stem), images: imagesOf(stem) },
    parameters: ranges.join('\n'),
    derived: derived.map(({ name, formula }) => `${name} = ${formula}`).join('\n'),
    constraints: constraints.join('\n'),
    key,
    distractors: distractors.join('\n'),
    decimals: String(decimals ?? ''),
    unit,
  };
}

const NUMBER = '-?[0-9]{1,9}(?:[.,][0-9]{1,9}|/[1-9][0-9]{0,8})?';
const NAME = '[A-Za-z][A-Za-z0-9_]{0,19}';
const PARAMETER = new RegExp(
  `^(${NAME})\\s*:\\s*(${NUMBER})\\s*\\.\\.\\s*(${NUMBER})(?:\\s*;\\s*(${NUMBER}))?$`,
);
const DERIVED = new RegExp(`^(${NAME})\\s*=(?!=)\\s*(.+)$`);

/** The item that the draft says, or the first line that cannot be read. */
export function parametricItem(draft: ParametricDraft): { item: ParametricItem } | { line: string } {
  const parameters = lines(draft.parameters).map((line) => PARAMETER.exec(line) ?? line);
  const derived = lines(draft.derived).map((line) => DERIVED.exec(line) ?? line);
  const line = [...parameters, ...derived].find((one) => typeof one === 'string');
  if (typeof line === 'string') return { line };
  const { kind, stem, decimals, unit } = draft;
  return {
    item: {
      kind,
      stem: parseMarkup(stem.text, stem.images),
      parameters: (parameters as RegExpExecArray[]).map(([, name = '', from = '', to = '', step = '1']) => ({
        name,
        from: withPoint(from),
        to: withPoint(to),
        step: withPoint(step),
      })),
      derived: (derived as RegExpExecArray[]).map(([, name = '', formula = '']) => ({ name, formula })),
      constraints: lines(draft.constraints),
      key: draft.key.trim(),
      distractors: kind === 'choice' ? lines(draft.distractors) : [],
      ...(decimals !== '' && { decimals: Number(decimals) }),
      ...(unit.trim() !== '' && { unit: unit.trim() }),
    },
  };
}

/** Whether enough is there for variants to be made. */
export function isBegun({ stem, parameters, key }: ParametricDraft): boolean {
  return [stem.text, parameters, key].every((text) => text.trim() !== '');
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function withPoint(number: string): string {
  return number.replace(',', '.');
}
