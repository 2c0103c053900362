import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imagesOf, isBlank, normaliseRichText, parseMarkup, plainText, toMarkup } from '#bank/item';
import type { ImageRun, Inline, RichText } from '#bank/protocol';

const PICTURE: ImageRun = { t: 'image', mime: 'image/png', data: 'AAAA', alt: 'mạch điện' };

function text(v: string, marks: Partial<Record<'b' | 'i' | 'u' | 'sub' | 'sup', true>> = {}): Inline {
  return { t: 'text', v, ...marks };
}
function math(tex: string, display = false): Inline {
  return display ? { t: 'math', tex, display: true } : { t: 'math', tex };
}

describe('parseMarkup', () => {
  it.each<[string, RichText]>([
    ['', []],
    ['Vận tốc', [[text('Vận tốc')]]],
    ['  một \n\n hai\r\nba ', [[text('một')], [text('hai')], [text('ba')]]],
    [
      'H<sub>2</sub>O và x<SUP>2</SUP>',
      [[text('H'), text('2', { sub: true }), text('O và x'), text('2', { sup: true })]],
    ],
    ['<b>đậm <i>cả hai</i></b>', [[text('đậm ', { b: true }), text('cả hai', { b: true, i: true })]]],
    ['<b>một\nhai</b>', [[text('một', { b: true })], [text('hai', { b: true })]]],
    ['cho $F = ma$ và $$x^2$$', [[text('cho '), math('F = ma'), text(' và '), math('x^2', true)]]],
    ['$x$$y$', [[math('x'), math('y')]]],
    [String.raw`$5\$ và x$`, [[math(String.raw`5\$ và x`)]]],
    [String.raw`$\text{nếu $x$ lẻ}$`, [[math(String.raw`\text{nếu $x$ lẻ}`)]]],
    ['$\\frac{1}{2$ và $y$', [[math('\\frac{1}{2'), text(' và '), math('y')]]],
    ['giá 5$', [[text('giá 5$')]]],
    ['giá 5$ một\nvà 6$ hai', [[text('giá 5$ một')], [text('và 6$ hai')]]],
    ['$$a\n+ b$$', [[math('a + b', true)]]],
    ['$ $ và $$', [[text('$ $ và $$')]]],
    [String.raw`\$5 và \\ và \<b> và \alpha`, [[text(String.raw`$5 và \ và <b> và \alpha`)]]],
    ['a < b, <p>c</p>, <br>', [[text('a < b, <p>c</p>, <br>')]]],
    ['mở <b> mà không đóng', [[text('mở <b> mà không đóng')]]],
    ['</i> thừa', [[text('</i> thừa')]]],
    ['Hình ![1] và ![2]', [[text('Hình '), PICTURE, text(' và ![2]')]]],
    ['ba\u0301o ca\u0301o', [[text('báo cáo')]]],
    ['a\u0000b\u0007', [[text('ab')]]],
  ])('reads %j', (source, expected) => {
    expect(parseMarkup(source, [PICTURE])).toEqual(expected);
  });

  it('takes neither forever nor a wrong turn on hostile input', () => {
    for (const piece of ['$', '$$', '${', '<b>', '</b>', '\\', '![1]', '$\n']) {
      expect(() => parseMarkup(piece.repeat(8_000))).not.toThrow();
    }
  });

  it('never loses a letter of text that is not markup', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'ế', ' ', '<', '>', '!', '[', '1', ']', '&') }),
        (source) => {
          expect(plainText(parseMarkup(source))).toBe(source.trim());
        },
      ),
    );
  });
});

const letters = fc.constantFrom(
  'a',
  'ế',
  ' ',
  '$',
  '\\',
  '<',
  '>',
  '/',
  'b',
  'sub',
  '!',
  '[1]',
  '\u0301',
  '\n',
  '{',
);
const words = fc.array(letters, { maxLength: 8 }).map((parts) => parts.join(''));
const on = fc.constantFrom<Record<string, true>>(
  {},
  { b: true },
  { i: true, u: true },
  { sub: true },
  { sup: true },
);
const texPieces = fc.constantFrom('x', '^2', '\\frac{1}{2}', '\\$', '\\text{nếu $y$}', ' ', '\\{', '{ế}');
const tex = fc.array(texPieces, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
const run: fc.Arbitrary<Inline> = fc.oneof(
  fc.tuple(words, on).map(([v, marks]): Inline => ({ t: 'text', v, ...marks })),
  fc.tuple(tex, fc.boolean()).map(([source, display]) => math(source, display)),
  fc.constant<Inline>(PICTURE),
);
const rich = fc.array(fc.array(run, { maxLength: 6 }), { maxLength: 4 });

describe('toMarkup', () => {
  it('is read back as the same text', () => {
    fc.assert(
      fc.property(rich, (value) => {
        expect(parseMarkup(toMarkup(value), imagesOf(value))).toEqual(normaliseRichText(value));
      }),
      { numRuns: 2_000 },
    );
  });

  it('escapes only what would be read as markup', () => {
    expect(toMarkup([[text('a < b, 5$, <b>, <p>')]])).toBe(String.raw`a < b, 5\$, \<b>, <p>`);
  });
});

describe('normaliseRichText', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(rich, (value) => {
        const once = normaliseRichText(value);
        expect(normaliseRichText(once)).toEqual(once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('joins a letter and its mark across a run that is empty', () => {
    const value: RichText = [[text('a'), text('', { sup: true }), text('\u0301')]];
    expect(normaliseRichText(value)).toEqual([[text('á'.normalize('NFC'))]]);
  });

  it('joins runs, makes NFC and drops what is empty', () => {
    const value: RichText = [
      [text(' a'), text('\u0301', {}), text('', { b: true }), text('b ', { b: true })],
      [],
      [text(' ')],
    ];
    expect(normaliseRichText(value)).toEqual([[text('á'), text('b', { b: true })]]);
  });
});

describe('isBlank', () => {
  it('takes white space for nothing, a formula or a picture for something', () => {
    expect(isBlank([])).toBe(true);
    expect(isBlank([[text(' \u00a0')]])).toBe(true);
    expect(isBlank([[math('x')]])).toBe(false);
    expect(isBlank([[PICTURE]])).toBe(false);
  });
});
