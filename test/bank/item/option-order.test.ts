import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  itemKind,
  parseMarkup,
  pinnedOptions,
  plainText,
  speaksOfOthers,
  type ChoiceContent,
} from '#bank/item';
import { lintItem } from '#bank/item/lint';

const option = (id: string, markup: string) => ({ id, text: parseMarkup(markup) });
const contentOf = (texts: readonly string[], more: Partial<ChoiceContent> = {}): ChoiceContent => ({
  kind: 'choice',
  stem: parseMarkup('Chọn'),
  options: texts.map((text, i) => option('abcdefgh'.charAt(i), text)),
  shuffle: true,
  ...more,
});

describe('an option that speaks of the others', () => {
  it.each([
    'Tất cả các phương án trên',
    'Tất cả đều đúng.',
    'Tất cả các câu trên đều sai',
    'Cả ba phương án trên',
    'Cả 3 ý đều đúng',
    'Không có phương án nào đúng',
    'Không phương án nào ở trên',
    'Tất cả các đáp án còn lại',
    'All of the above',
    'All the above.',
    'None of these options are correct',
    'None of the above',
    'All answers are correct',
    'Cả A và C',
    'A và B đều đúng',
    'Cả A, B, C đều đúng',
    'Both A and B',
    'A and B are correct',
  ])('is found: %s', (text) => {
    expect(speaksOfOthers(option('a', text))).toBe(true);
  });

  it.each([
    'Tất cả các hành tinh',
    'Cả hai vật chuyển động nhanh dần',
    'Không có lực nào tác dụng',
    'All of the energy',
    'Điểm A và B',
    'A và B',
    'None',
    'biên độ',
    'Không đổi',
  ])('is not found: %s', (text) => {
    expect(speaksOfOthers(option('a', text))).toBe(false);
  });

  it('keeps its place by default, and so do those that it names', () => {
    const all = contentOf(['1 m', '2 m', '3 m', 'Tất cả các phương án trên']);
    expect(itemKind('choice').shuffled(all)).toEqual({ parts: ['a', 'b', 'c', 'd'], pinned: ['d'] });
    expect(pinnedOptions(contentOf(['1 m', '2 m', '3 m', 'Cả A và C']).options)).toEqual(['a', 'c', 'd']);
    expect(itemKind('choice').shuffled({ ...all, shuffle: false })).toEqual({ parts: [], pinned: [] });
  });

  it('should come last', () => {
    const codes = (texts: string[]) =>
      lintItem(contentOf(texts), { correct: ['a'] }).map(({ code, where }) => `${code} ${where}`);
    expect(codes(['1 m', 'Tất cả đều sai', '3 m'])).toEqual(['item-others-not-last options.b']);
    expect(codes(['1 m', '2 m', 'Cả A và B', 'Tất cả đều sai'])).toEqual([]);
  });
});

describe('options that are numbers', () => {
  const shown = (content: ChoiceContent) =>
    itemKind('choice').toView(content, {
      token: (id) => `z${String.fromCodePoint(219 - (id.codePointAt(0) ?? 0))}`,
      math: (tex) => tex,
    });

  it('stand in rising order on every paper, those that are pinned behind them', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: -500, max: 500 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(numbers, (values) => {
        const texts = values.map((value) => `${String(value / 10).replace('.', ',')} m/s`);
        const content = contentOf([...texts, 'Tất cả đều sai'], { sorted: true });
        const { options } = shown(content) as { options: { text: ChoiceContent['stem'] }[] };
        const read = options.map(({ text }) => plainText(text));
        const expected = values
          .toSorted((a, b) => a - b)
          .map((value) => `${String(value / 10).replace('.', ',')} m/s`);
        expect(read).toEqual([...expected, 'Tất cả đều sai']);
        expect(itemKind('choice').shuffled(content)).toEqual({ parts: [], pinned: [] });
      }),
    );
  });

  it('are refused where one is none', () => {
    const problems = (texts: string[]) =>
      itemKind('choice')
        .check(contentOf(texts, { sorted: true }), { correct: ['a'] })
        .map(({ code, where }) => `${code} ${where}`);
    expect(problems(['2,5 m', '$-3{,}5$ m', '10'])).toEqual([]);
    expect(problems(['2 m', 'hai mét'])).toEqual(['item-option-no-number options.b']);
  });
});
