import { parseMarkup, type Area, type ItemContent, type ItemKey } from '#bank/item';
import { scoreItem, type CanonicalResponse } from '#bank/item/scoring';
import { markingPolicy } from '#bank/marks';

/** One case of a fixture: what is answered, and the outcomes that the specification gives. */
export interface QtiCase {
  name: string;
  responses: Record<string, string | string[] | null>;
  expect: { score?: number; outcomes?: Record<string, number | boolean | string | null> };
}

/** Gives the value of an outcome for the responses of a case. */
export type Outcome = (responses: QtiCase['responses']) => number | boolean;

const POLICY = markingPolicy('generic-percent');
const STEM: ItemContent['stem'] = [[{ t: 'text', v: '?' }]];
/** Hundredths of an item: an outcome of 1 is this much. */
const UNIT = 8_400;

const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
const elements = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*?)?(?:/>|>([\\s\\S]*?)</${name}>)`, 'g'))].map(
    ([tag, inner = '']) => ({ tag, inner }),
  );
const valuesOf = (response: string | string[] | null | undefined): string[] =>
  response === null || response === undefined ? [] : [response].flat();
const parts = (ids: readonly string[]) => ids.map((id) => ({ id, text: STEM }));
const pairOf = (text: string): [string, string] => {
  const [from = '', to = ''] = text.trim().split(/\s+/);
  return [from, to];
};

function points(content: ItemContent, key: ItemKey, response: CanonicalResponse): number {
  if (!POLICY) throw new Error('there is no such policy');
  return scoreItem({ content, key, max: UNIT }, response, POLICY).points;
}

function share(content: ItemContent, key: ItemKey, response: CanonicalResponse): number {
  return points(content, key, response) / UNIT;
}

/** match_correct: an item of the kind that the declaration asks for, all or nothing. */
function matchCorrect(declaration: string): Outcome | null {
  const type = `${attribute(declaration, 'cardinality')}/${attribute(declaration, 'baseType')}`;
  const name = attribute(declaration, 'identifier') ?? '';
  const [correctResponse] = elements(declaration, 'correctResponse');
  const correct = elements(correctResponse?.inner ?? '', 'value').map(({ inner }) => inner.trim());
  if (correct.length === 0) return null;
  if (type === 'single/directedPair') return pairs(name, new Map([[correct[0] ?? '', 1]]));
  if (type !== 'single/identifier' && type !== 'multiple/identifier') return null;
  return (responses) => {
    const m = valuesOf(responses[name]);
    const options = parts([...new Set([...correct, ...m])]);
    if (type === 'single/identifier') {
      const content = { kind: 'choice' as const, stem: STEM, options, shuffle: false };
      return share(content, { correct }, m[0] === undefined ? null : { c: m[0] });
    }
    const content = { kind: 'multiple' as const, stem: STEM, options, shuffle: false };
    return share(content, { correct, scheme: 'allOrNothing' }, { m });
  };
}

/** One directed pair: a matching question with one prompt. */
function pairs(name: string, worth: ReadonlyMap<string, number>): Outcome {
  const [[text, value] = ['', 0]] = worth;
  const [prompt, choice] = pairOf(text);
  const content = {
    kind: 'matching' as const,
    stem: STEM,
    prompts: parts([prompt]),
    choices: parts([choice]),
  };
  return (responses) => {
    const p = Object.fromEntries(valuesOf(responses[name]).map(pairOf));
    return value * share(content, { pairs: { [prompt]: choice } }, { p });
  };
}

/** map_response with a floor of 0: a multiple response with weights, of which the upper bound is the whole. */
function mapResponse(declaration: string): Outcome | null {
  const name = attribute(declaration, 'identifier') ?? '';
  const [mapping] = elements(declaration, 'mapping');
  if (!mapping) return null;
  const head = mapping.tag.slice(0, mapping.tag.indexOf('>'));
  const entries = elements(mapping.inner, 'mapEntry').map(
    ({ tag }) => [attribute(tag, 'mapKey') ?? '', Number(attribute(tag, 'mappedValue'))] as const,
  );
  const base = attribute(declaration, 'baseType');
  if (Number(attribute(head, 'defaultValue') ?? 0) !== 0) return null;
  if (Number(attribute(head, 'lowerBound') ?? 0) !== 0) return null;
  if (base === 'directedPair' && entries.length === 1) return pairs(name, new Map(entries));
  if (base !== 'identifier') return null;
  const positive = entries.map(([, value]) => Math.max(0, value));
  const most = Number(attribute(head, 'upperBound') ?? positive.reduce((sum, value) => sum + value, 0));
  const weights = Object.fromEntries(entries.map(([id, value]) => [id, `${value}/${most}`]));
  const correct = entries.filter(([, value]) => value > 0).map(([id]) => id);
  return (responses) => {
    const m = valuesOf(responses[name]);
    const options = parts([...new Set([...entries.map(([id]) => id), ...m])]);
    const content = { kind: 'multiple' as const, stem: STEM, options, shuffle: false };
    return most * share(content, { correct, scheme: 'weights', weights }, { m });
  };
}

/** equal and equalRounded of a typed number with a constant. */
function numberOutcome(name: string, expression: string): Outcome | null {
  const value = elements(expression, 'baseValue')[0]?.inner.trim();
  const mode = attribute(expression, 'toleranceMode');
  const figures = Number(attribute(expression, 'figures'));
  const tolerance = attribute(expression, 'tolerance');
  if (value === undefined) return null;
  const rule = expression.includes('<equalRounded')
    ? { round: { digits: figures } }
    : { tolerance: mode === 'relative' ? `${tolerance}%` : (tolerance ?? '0') };
  return (responses) => {
    const x = valuesOf(responses[name])[0] ?? '';
    return share({ kind: 'numeric', stem: STEM }, { value, ...rule }, { x }) === 1;
  };
}

/** A chain of stringMatch: short texts one after the other, of which the first that is right counts. */
function stringChain(name: string, processing: string): Outcome {
  const branches = [...elements(processing, 'responseIf'), ...elements(processing, 'responseElseIf')];
  const questions = branches.map(({ inner }) => {
    const [match = { tag: '', inner: '' }] = elements(inner, 'stringMatch');
    const text = elements(match.inner, 'baseValue')[0]?.inner ?? '';
    const [outcome = { inner: '' }] = elements(inner, 'setOutcomeValue');
    const texts =
      attribute(match.tag, 'substring') === 'true'
        ? { accepted: [], patterns: [`*${text}*`] }
        : { accepted: [text] };
    const isCase = attribute(match.tag, 'caseSensitive') === 'true';
    const key = { ...texts, ...(isCase && { caseSensitive: true as const }) };
    return { key, value: Number(elements(outcome.inner, 'baseValue')[0]?.inner) };
  });
  return (responses) => {
    const x = valuesOf(responses[name])[0] ?? '';
    return (
      questions.find(({ key }) => share({ kind: 'shortText', stem: STEM }, key, { x }) === 1)?.value ?? 0
    );
  };
}

const correctOf = (declaration: string) =>
  elements(elements(declaration, 'correctResponse')[0]?.inner ?? '', 'value').map(({ inner }) =>
    inner.trim(),
  );
const stemOf = (markup: string) => parseMarkup(markup);

/** A point for each inline choice that is right: a cloze, of which each outcome that is added up is a part. */
function inlineChoices(xml: string, processing: string): ReadonlyMap<string, Outcome> {
  const names = elements(xml, 'responseDeclaration').map(({ tag }) => attribute(tag, 'identifier') ?? '');
  const ids = names.map((_, i) => `g${i}`);
  const answers = Object.fromEntries(
    elements(xml, 'responseDeclaration').map(({ tag }, i) => [ids[i] ?? '', correctOf(tag)]),
  );
  const gaps = elements(xml, 'inlineChoiceInteraction').map(({ inner }, i) => ({
    id: ids[i] ?? '',
    options: elements(inner, 'inlineChoice').map(({ tag, inner: text }) => ({
      id: attribute(tag, 'identifier') ?? '',
      text,
    })),
  }));
  const stem = stemOf(ids.map((id) => `[[${id}]]`).join(' '));
  const outcome: Outcome = (responses) => {
    const g = Object.fromEntries(
      names.flatMap((name, i) => valuesOf(responses[name]).map((c) => [ids[i] ?? '', { c }])),
    );
    return (names.length * points({ kind: 'cloze', stem, gaps }, { answers }, { g })) / UNIT;
  };
  const summed = elements(processing, 'setOutcomeValue').map(({ tag }) => attribute(tag, 'identifier') ?? '');
  return new Map(summed.map((name) => [name, outcome]));
}

function hotText(xml: string, declaration: string): Outcome {
  const name = attribute(declaration, 'identifier') ?? '';
  const phrases = elements(xml, 'hottext');
  const numberOf = (id: string) =>
    String(phrases.findIndex(({ tag }) => attribute(tag, 'identifier') === id) + 1);
  const stem = stemOf(phrases.map(({ inner }) => `[[${inner}]]`).join('\n'));
  const correct = correctOf(declaration).map(numberOf);
  return (responses) => {
    const m = valuesOf(responses[name]).map(numberOf);
    return share({ kind: 'hotText', stem }, { correct, scheme: 'allOrNothing' }, { m });
  };
}

/** Words with points for each gap, and a default for any other pair. */
function gapMatch(xml: string, declaration: string): Outcome {
  const name = attribute(declaration, 'identifier') ?? '';
  const gaps = elements(xml, 'gap').map(({ tag }) => attribute(tag, 'identifier') ?? '');
  const numberOf = (gap: string) => String(gaps.indexOf(gap) + 1);
  const [mapping = { tag: '', inner: '' }] = elements(declaration, 'mapping');
  const entries = elements(mapping.inner, 'mapEntry').map(({ tag }) => {
    const [word, gap] = pairOf(attribute(tag, 'mapKey') ?? '');
    return { word, gap: numberOf(gap), value: Number(attribute(tag, 'mappedValue')) };
  });
  const most = entries.reduce((sum, { value }) => sum + value, 0);
  const key = {
    fills: Object.fromEntries(entries.map(({ word, gap }) => [gap, [word]])),
    weights: Object.fromEntries(entries.map(({ gap, value }) => [gap, `${value}/${most}`])),
    wrong: `${attribute(mapping.tag, 'defaultValue')}/${most}`,
  };
  const stem = stemOf(gaps.map((_, i) => `[[${i + 1}]]`).join(' '));
  const words = elements(xml, 'gapText').map(({ tag }) => attribute(tag, 'identifier') ?? '');
  return (responses) => {
    const filled = valuesOf(responses[name]).map(pairOf);
    const p = Object.fromEntries(filled.map(([word, gap]) => [numberOf(gap), word]));
    return (most * points({ kind: 'gapMatch', stem, choices: parts(words) }, key, { p })) / UNIT;
  };
}

const areaOf = (tag: string, i: number): Area => ({
  id: `a${i}`,
  shape: attribute(tag, 'shape') as Area['shape'],
  coords: (attribute(tag, 'coords') ?? '').split(',').map(Number),
});

/** One of several areas is right: a point inside the area that was chosen. */
function areaChoice(xml: string, declaration: string): Outcome {
  const name = attribute(declaration, 'identifier') ?? '';
  const areas = new Map(
    elements(xml, 'hotspotChoice').map(({ tag }, i) => [attribute(tag, 'identifier') ?? '', areaOf(tag, i)]),
  );
  const right = correctOf(declaration).flatMap((id) => areas.get(id) ?? []);
  return (responses) => {
    const h = valuesOf(responses[name]).flatMap((id) => {
      const area = areas.get(id);
      return area ? [middleOf(area)] : [];
    });
    return share({ kind: 'hotspot', stem: STEM, points: 1 }, { areas: right }, { h });
  };
}

function middleOf({ shape, coords }: Area): number[] {
  if (shape === 'circle') return coords.slice(0, 2);
  const mean = (rest: number) => {
    const values = coords.filter((_, i) => i % 2 === rest);
    return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
  };
  return [mean(0), mean(1)];
}

/** map_response_point: areas with points of their own. */
function areaMap(declaration: string): Outcome | null {
  const name = attribute(declaration, 'identifier') ?? '';
  const [mapping] = elements(declaration, 'areaMapping');
  if (!mapping) return null;
  const head = mapping.tag.slice(0, mapping.tag.indexOf('>'));
  const entries = elements(mapping.inner, 'areaMapEntry').map(({ tag }, i) => ({
    area: areaOf(tag, i),
    value: Number(attribute(tag, 'mappedValue')),
  }));
  const sum = entries.reduce((total, { value }) => total + value, 0);
  const most = Number(attribute(head, 'upperBound') ?? sum);
  const areas = entries.map(({ area, value }) => ({ ...area, share: `${value * 10}/${most * 10}` }));
  return (responses) => {
    const h = valuesOf(responses[name]).map((point) => point.split(' ').map(Number));
    return (most * points({ kind: 'hotspot', stem: STEM, points: 12 }, { areas }, { h })) / UNIT;
  };
}

const WANTS_MATCH =
  /^<responseCondition><responseIf><match><variable identifier="RESPONSE"\/><correct identifier="RESPONSE"\/><\/match><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1/;

/** The outcomes of an item that our kinds can give, by name; null when it takes something else. */
export function outcomesOf(xml: string): ReadonlyMap<string, Outcome> | null {
  const [first] = elements(xml, 'responseDeclaration');
  const declaration = first?.tag ?? '';
  const template = /<responseProcessing[^>]*template="[^"]*\/(\w+)"/.exec(xml)?.[1];
  const [processing] = elements(xml, 'responseProcessing');
  const body = (processing?.inner ?? '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/>\s+</g, '><')
    .trim();
  const name = attribute(declaration, 'identifier') ?? '';
  const only = (outcome: Outcome | null) => outcome && new Map([['SCORE', outcome]]);
  if (xml.includes('<inlineChoiceInteraction')) return inlineChoices(xml, body);
  if (xml.includes('<hottextInteraction')) return only(hotText(xml, declaration));
  if (xml.includes('<hotspotInteraction')) return only(areaChoice(xml, declaration));
  if (xml.includes('<gapMatchInteraction')) return only(gapMatch(xml, declaration));
  if (template === 'map_response_point' || body.includes('<mapResponsePoint '))
    return only(areaMap(declaration));
  if (template === 'match_correct' || WANTS_MATCH.test(body)) return only(matchCorrect(declaration));
  if (template === 'map_response' || body.includes('<mapResponse ')) return only(mapResponse(declaration));
  if (body.includes('<stringMatch ')) return only(stringChain(name, body));
  if (!body.includes('<equalRounded ')) return null;
  const outcomes = elements(body, 'setOutcomeValue').map(
    ({ tag, inner }) => [attribute(tag, 'identifier') ?? '', numberOutcome(name, inner)] as const,
  );
  return new Map(outcomes.flatMap(([id, outcome]) => (outcome ? [[id, outcome] as const] : [])));
}
