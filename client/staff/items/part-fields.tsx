import { Button, Select } from '@mantine/core';
import { parseMarkup, pinnedOptions } from '#bank/item';
import { LEVELS, LIMITS, type Level } from '#bank/protocol';
import { letter } from '../../items/item-props.ts';
import { editorWords } from '../words/items.ts';
import { levelNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import { freshId, type DraftPart, type ItemDraft } from './item-draft.ts';
import { MarkupField } from './markup-field.tsx';

export interface EditProps {
  draft: ItemDraft;
  onChange(changed: Partial<ItemDraft>): void;
}

type List = 'parts' | 'choices';

function setPart(draft: ItemDraft, list: List, id: string, change: Partial<DraftPart>): Partial<ItemDraft> {
  return { [list]: draft[list].map((part) => (part.id === id ? { ...part, ...change } : part)) };
}

interface PartListProps extends EditProps {
  list: List;
  labelOf(index: number): string;
  /** A fixed number of parts cannot be added to or taken from. */
  least: number;
  isFixed?: boolean;
  /** What stands beside a part: its key, mostly. */
  renderBeside?(part: DraftPart, index: number): React.ReactNode;
}

/** A list of texts that can grow and shrink. */
export function PartList({
  draft,
  onChange,
  list,
  labelOf,
  least,
  isFixed = false,
  renderBeside,
}: PartListProps) {
  const t = useWords(editorWords);
  const parts = draft[list];
  const add = () => {
    const id = freshId([...draft.parts, ...draft.choices]);
    onChange({ [list]: [...parts, { id, text: '', images: [], fixed: false }] });
  };
  return (
    <div className="part-list">
      {parts.map((part, index) => (
        <div key={part.id} className="part">
          <MarkupField
            label={labelOf(index)}
            rows={1}
            value={part}
            onChange={(value) => onChange(setPart(draft, list, part.id, value))}
          />
          <div className="part-side">
            {renderBeside?.(part, index)}
            {!isFixed && parts.length > least && (
              <Button
                size="xs"
                variant="default"
                aria-label={t('remove', { what: labelOf(index) })}
                onClick={() => onChange({ [list]: parts.filter(({ id }) => id !== part.id) })}
              >
                ✕
              </Button>
            )}
          </div>
        </div>
      ))}
      {!isFixed && parts.length < LIMITS.optionsPerItem && (
        <Button variant="default" size="xs" onClick={add}>
          {t('add')}
        </Button>
      )}
    </div>
  );
}

/** Options with their key: one right in a single choice, any number in a multiple response. */
export function OptionFields({ draft, onChange }: EditProps) {
  const t = useWords(editorWords);
  const isSingle = draft.kind === 'choice';
  const pinned = pinnedOptions(
    draft.parts.map(({ id, text, images }) => ({ id, text: parseMarkup(text, images) })),
  );
  const toggle = (id: string) => {
    const without = draft.correct.filter((one) => one !== id);
    onChange({
      correct: isSingle ? [id] : without.length < draft.correct.length ? without : [...without, id],
    });
  };
  return (
    <fieldset className="plain-set">
      <legend>{t('options')}</legend>
      <PartList
        draft={draft}
        onChange={onChange}
        list="parts"
        least={2}
        labelOf={(index) => t('option', { letter: letter(index) })}
        renderBeside={(part, index) => (
          <>
            <label>
              <input
                type={isSingle ? 'radio' : 'checkbox'}
                name="correct"
                aria-label={t('isRight', { letter: letter(index) })}
                checked={draft.correct.includes(part.id)}
                onChange={() => toggle(part.id)}
              />
              {t('rightShort')}
            </label>
            {(draft.shuffle || draft.sorted) && (
              <label>
                <input
                  type="checkbox"
                  aria-label={t('keepPlaceOf', { letter: letter(index) })}
                  checked={part.fixed || pinned.includes(part.id)}
                  disabled={pinned.includes(part.id)}
                  onChange={() => onChange(setPart(draft, 'parts', part.id, { fixed: !part.fixed }))}
                />
                {t('keepPlace')}
              </label>
            )}
          </>
        )}
      />
    </fieldset>
  );
}

/** The four statements of a cluster, each true or false. */
export function StatementFields({ draft, onChange }: EditProps) {
  const t = useWords(editorWords);
  const name = (index: number) => letter(index).toLowerCase();
  return (
    <fieldset className="plain-set">
      <legend>{t('statements')}</legend>
      <PartList
        draft={draft}
        onChange={onChange}
        list="parts"
        least={4}
        isFixed
        labelOf={(index) => t('statement', { letter: name(index) })}
        renderBeside={(part, index) => (
          <>
            <div role="radiogroup" aria-label={t('truthOf', { letter: name(index) })} className="truth">
              {([true, false] as const).map((value) => (
                <label key={String(value)}>
                  <input
                    type="radio"
                    name={`truth-${part.id}`}
                    checked={draft.truth[part.id] === value}
                    onChange={() => onChange({ truth: { ...draft.truth, [part.id]: value } })}
                  />
                  {t(value ? 'true' : 'false')}
                </label>
              ))}
            </div>
            <LevelOfStatement
              label={t('levelOf', { letter: name(index) })}
              value={part.level}
              onChange={(level) => {
                const { level: _before, ...rest } = part;
                const changed = level ? { ...rest, level } : rest;
                onChange({ parts: draft.parts.map((one) => (one.id === part.id ? changed : one)) });
              }}
            />
          </>
        )}
      />
    </fieldset>
  );
}

interface LevelOfStatementProps {
  label: string;
  value: Level | undefined;
  onChange(level: Level | undefined): void;
}

/** The level of one statement; without one it has that of the question. */
function LevelOfStatement({ label, value, onChange }: LevelOfStatementProps) {
  const t = useWords(editorWords);
  const name = useWords(levelNames);
  return (
    <select
      className="statement-level"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(LEVELS.find((level) => level === event.currentTarget.value))}
    >
      <option value="">{t('levelOfItem')}</option>
      {LEVELS.map((level) => (
        <option key={level} value={level}>
          {name(level)}
        </option>
      ))}
    </select>
  );
}

/** Prompts, each with the choice that belongs to it, and the choices. */
export function MatchingFields({ draft, onChange }: EditProps) {
  const t = useWords(editorWords);
  return (
    <>
      <fieldset className="plain-set">
        <legend>{t('choices')}</legend>
        <p className="quiet">{t('choicesHint')}</p>
        <PartList
          draft={draft}
          onChange={onChange}
          list="choices"
          least={2}
          labelOf={(index) => t('choice', { letter: letter(index) })}
        />
      </fieldset>
      <fieldset className="plain-set">
        <legend>{t('prompts')}</legend>
        <PartList
          draft={draft}
          onChange={onChange}
          list="parts"
          least={2}
          labelOf={(index) => t('prompt', { n: index + 1 })}
          renderBeside={({ id }, index) => (
            <Select
              size="sm"
              label={t('pairOf', { n: index + 1 })}
              placeholder={t('choosePair')}
              data={draft.choices.map((choice, place) => ({ value: choice.id, label: letter(place) }))}
              value={draft.pairs[id] ?? null}
              onChange={(choice) => {
                const { [id]: _, ...rest } = draft.pairs;
                onChange({ pairs: choice === null ? rest : { ...rest, [id]: choice } });
              }}
            />
          )}
        />
      </fieldset>
    </>
  );
}
