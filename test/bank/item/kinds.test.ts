import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import {
  ITEM_KINDS_REGISTRY,
  ItemContent,
  ItemKey,
  itemKind,
  parseMarkup,
  type ViewContext,
} from '#bank/item';
import { PICTURE } from '../../support/picture.ts';
import { ITEM_ERRORS, ITEM_KINDS, ITEM_MESSAGES } from '#bank/protocol';

const ajv = new Ajv({ strict: true, ownProperties: true, allowUnionTypes: true });
const stem = parseMarkup('Một vật dao động với $x = A\\cos\\omega t$');
const part = (id: string, markup: string) => ({ id, text: parseMarkup(markup) });
const options = [part('a', '1 m'), part('b', '2 m'), part('c', '3 m'), part('d', '$4$ m')];
const statements = options;

interface Sample {
  content: ItemContent;
  key: ItemKey;
}
const SOUND: Sample[] = [
  { content: { kind: 'choice', stem, options, shuffle: true }, key: { correct: ['b'] } },
  {
    content: { kind: 'multiple', stem, options, shuffle: false },
    key: { correct: ['b', 'd'], scheme: 'rightMinusWrong' },
  },
  {
    content: { kind: 'tfCluster', stem, statements },
    key: { truth: { a: true, b: false, c: false, d: true } },
  },
  {
    content: { kind: 'numeric', stem, unit: 'm/s' },
    key: { value: '-3,14', tolerance: '0.01', alternatives: ['2'] },
  },
  { content: { kind: 'shortText', stem }, key: { accepted: ['dao động điều hòa'], caseSensitive: true } },
  {
    content: {
      kind: 'matching',
      stem,
      prompts: [part('p1', 'Lực'), part('p2', 'Công')],
      choices: [part('c1', 'N'), part('c2', 'J'), part('c3', 'W')],
    },
    key: { pairs: { p1: 'c1', p2: 'c2' } },
  },
  {
    content: { kind: 'ordering', stem, parts: options },
    key: { order: ['b', 'a', 'd', 'c'], orderScheme: 'adjacent' },
  },
  {
    content: {
      kind: 'cloze',
      stem: [...stem, ...parseMarkup('Nghĩa là [[a]] và [[b]]')],
      gaps: [
        {
          id: 'a',
          options: [
            { id: 'aa', text: 'một' },
            { id: 'ab', text: 'hai' },
          ],
        },
        { id: 'b' },
      ],
    },
    key: { answers: { a: ['ab'], b: ['ba'] }, folds: ['tones'], wrong: '-1/4' },
  },
  {
    content: {
      kind: 'gapMatch',
      stem: [...stem, ...parseMarkup('Lực [[1]] công [[2]]')],
      choices: [part('a', 'N'), part('b', 'J'), part('c', 'W')],
      reuse: true,
    },
    key: { fills: { '1': ['a'], '2': ['b', 'c'] }, weights: { '1': '1/3', '2': '2/3' } },
  },
  {
    content: {
      kind: 'hotText',
      stem: [...stem, ...parseMarkup('Âm là [[sóng <b>dọc</b>]], [[ánh $x$ sáng]] cũng thế')],
    },
    key: { correct: ['1'], scheme: 'rightMinusWrong' },
  },
  {
    content: { kind: 'hotspot', stem: [...stem, [PICTURE]], points: 2 },
    key: { areas: [{ id: 'a', shape: 'circle', coords: [5, 5, 2], share: '1/2' }] },
  },
  { content: { kind: 'description', stem }, key: {} },
];
const [choice, multiple, cluster, numeric, shortText, matching] = SOUND;

function problems({ content, key }: Sample): string[] {
  return itemKind(content.kind)
    .check(content, key)
    .map((problem) => `${problem.code} ${problem.where}`);
}

/** A copy of a sound item with something wrong in it. */
function broken(sample: Sample | undefined, content: object, key: object = {}): Sample {
  return {
    content: { ...sample?.content, ...content } as ItemContent,
    key: { ...sample?.key, ...key } as ItemKey,
  };
}

describe('the registry', () => {
  it('has every kind under its own name', () => {
    expect(Object.keys(ITEM_KINDS_REGISTRY).sort()).toEqual([...ITEM_KINDS].sort());
    for (const name of ITEM_KINDS) expect(itemKind(name).name).toBe(name);
  });

  it('has a sentence for every problem', () => {
    expect(Object.keys(ITEM_MESSAGES).sort()).toEqual(Object.keys(ITEM_ERRORS).sort());
  });
});

describe.each(SOUND)('$content.kind', ({ content, key }) => {
  const kind = itemKind(content.kind);

  it('accepts its own content and key and nothing besides', () => {
    expect(ajv.validate(kind.contentSchema, content)).toBe(true);
    expect(ajv.validate(kind.keySchema, key)).toBe(true);
    expect(ajv.validate(ItemContent, content)).toBe(true);
    expect(ajv.validate(ItemKey, key)).toBe(true);
    expect(ajv.validate(kind.contentSchema, { ...content, note: 'x' })).toBe(false);
    expect(ajv.validate(kind.keySchema, { ...key, note: 'x' })).toBe(false);
  });

  it('takes no part id of another form in its key', () => {
    const strange = JSON.parse(JSON.stringify(key).replaceAll(/"(a|b|p1)"/g, '"KHÔNG"')) as object;
    const expected = JSON.stringify(strange) === JSON.stringify(key);
    expect(ajv.validate(kind.keySchema, strange)).toBe(expected);
  });

  it('finds nothing wrong with a sound item', () => {
    expect(problems({ content, key })).toEqual([]);
  });

  it('misses a stem', () => {
    expect(problems({ content: { ...content, stem: parseMarkup('  ') }, key })).toEqual([
      'item-stem-empty stem',
    ]);
  });

  it('shows tokens instead of part ids, and neither key nor settings', () => {
    const tokens = new Map(kind.partIds(content).map((id, i) => [id, `token${9 - i}__`]));
    const context: ViewContext = {
      token: (id) => tokens.get(id) ?? '?',
      math: (tex) => ({ n: 'math', k: [tex] }),
    };
    const leaky = { ...content, author: 'cô Lan', correct: 'b', note: 'x' };
    const view = kind.toView(leaky, context);
    const fields = [
      'kind',
      'stem',
      'options',
      'statements',
      'prompts',
      'choices',
      'unit',
      'parts',
      'text',
      'gaps',
      'points',
      'picture',
      'width',
      'height',
      'reuse',
    ];
    expect(Object.keys(view).filter((field) => !fields.includes(field))).toEqual([]);
    expect(JSON.stringify(view)).not.toMatch(/"id"|"fixed"|"shuffle"|cô Lan|"\?"/);
    for (const token of tokens.values()) expect(JSON.stringify(view)).toContain(token);
    expect(JSON.stringify(view)).toContain('"tree":{"n":"math"');
  });

  it('lists the shuffled group in the order of its tokens, which tells nothing', () => {
    const { parts } = kind.shuffled(content);
    const tokens = new Map(kind.partIds(content).map((id, i) => [id, `token${9 - i}__`]));
    const json = JSON.stringify(
      kind.toView(content, { token: (id) => tokens.get(id) ?? '?', math: (tex) => tex }),
    );
    const shown = parts.map((id) => json.indexOf(tokens.get(id) ?? '?'));
    expect(shown).toEqual([...shown].sort((a, b) => b - a));
  });
});

describe('shuffled', () => {
  it('keeps fixed options in place and shuffles nothing where shuffling is off', () => {
    const fixed = [...options.slice(0, 3), { ...part('d', 'Tất cả đều đúng'), fixed: true as const }];
    const content: ItemContent = { kind: 'choice', stem, options: fixed, shuffle: true };
    expect(itemKind('choice').shuffled(content)).toEqual({ parts: ['a', 'b', 'c', 'd'], pinned: ['d'] });
    expect(itemKind('choice').shuffled({ ...content, shuffle: false })).toEqual({ parts: [], pinned: [] });
    expect(
      JSON.stringify(itemKind('choice').toView(content, { token: (id) => id, math: () => '' })),
    ).not.toContain('fixed');
  });
});

describe('check', () => {
  it.each<[string, Sample, string[]]>([
    ['no key', broken(choice, {}, { correct: [] }), ['item-key-missing key']],
    ['two keys', broken(choice, {}, { correct: ['a', 'b'] }), ['item-choice-several-keys key']],
    ['an unknown key', broken(choice, {}, { correct: ['x'] }), ['item-key-unknown-part key.correct']],
    ['one option', broken(choice, { options: options.slice(1, 2) }), ['item-options-too-few options']],
    [
      'an empty option',
      broken(choice, { options: [...options, part('e', ' ')] }),
      ['item-part-empty options.e'],
    ],
    [
      'a repeated id',
      broken(choice, { options: [...options, part('a', '9')] }),
      ['item-part-repeated options.a'],
    ],
    [
      'options alike but for spaces, marks and Unicode form',
      broken(choice, {
        options: [part('a', 'vận  tốc'), part('b', 'vận <b>tốc</b>'), part('c', 'vận tốc'.normalize('NFD'))],
      }),
      ['item-part-duplicate options.b', 'item-part-duplicate options.c'],
    ],
    ['no key of many', broken(multiple, {}, { correct: [] }), ['item-key-missing key']],
    [
      'three statements',
      broken(cluster, { statements: statements.slice(0, 3) }, { truth: { a: true, b: true, c: true } }),
      ['item-cluster-size statements'],
    ],
    [
      'a statement without key',
      broken(cluster, {}, { truth: { a: true, b: true, c: true } }),
      ['item-cluster-unjudged key.truth.d'],
    ],
    ['a key that is no number', broken(numeric, {}, { value: '1e3' }), ['item-numeric-key key.value']],
    [
      'an alternative that is no number',
      broken(numeric, {}, { alternatives: ['1', 'x'] }),
      ['item-numeric-key key.alternatives.1'],
    ],
    [
      'a negative tolerance',
      broken(numeric, {}, { tolerance: '-0,1' }),
      ['item-numeric-tolerance key.tolerance'],
    ],
    ['no wording', broken(shortText, {}, { accepted: [] }), ['item-key-missing key']],
    [
      'an empty wording',
      broken(shortText, {}, { accepted: ['x', ' \u200b'] }),
      ['item-short-text-key key.accepted.1'],
    ],
    [
      'one prompt',
      broken(matching, { prompts: [part('p1', 'Lực')] }, { pairs: { p1: 'c1' } }),
      ['item-matching-prompts prompts'],
    ],
    [
      'too few choices',
      broken(matching, { choices: [part('c1', 'N')] }, { pairs: { p1: 'c1', p2: 'c1' } }),
      ['item-matching-choices choices', 'item-matching-shared key.pairs.p2'],
    ],
    [
      'a prompt without match',
      broken(matching, {}, { pairs: { p1: 'c1' } }),
      ['item-matching-unpaired key.pairs.p2'],
    ],
    [
      'a match that does not exist',
      broken(matching, {}, { pairs: { p1: 'c1', p2: 'c9' } }),
      ['item-key-unknown-part key.pairs'],
    ],
    [
      'an id on both sides',
      broken(matching, { choices: [part('p1', 'N'), part('c2', 'J')] }, { pairs: { p1: 'p1', p2: 'c2' } }),
      ['item-part-repeated choices.p1'],
    ],
  ])('finds %s', (_name, sample, expected) => {
    expect(problems(sample)).toEqual(expected);
    for (const problem of itemKind(sample.content.kind).check(sample.content, sample.key)) {
      expect(ITEM_ERRORS).toHaveProperty([problem.code]);
    }
  });

  it('tells m from M and x₂ from x²', () => {
    const distinct = [part('a', 'm'), part('b', 'M'), part('c', 'x<sub>2</sub>'), part('d', 'x<sup>2</sup>')];
    expect(problems(broken(choice, { options: distinct }))).toEqual([]);
  });
});
