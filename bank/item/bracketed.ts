import type { Inline, InlineView, RichText, RichTextView } from '#bank/protocol';
import type { ItemProblem, ViewContext } from './kind.ts';
import { plainText, textRun, toRichTextView } from './rich-text.ts';

/** A piece of a paragraph: what stands between `[[` and `]]`, without them, or what stands outside. */
export interface Piece {
  isInside: boolean;
  runs: Inline[];
}

const SIGNS = /(\[\[|\]\])/;

/** Divides a paragraph at its double brackets; what is never closed stays as it was written. */
export function piecesOf(paragraph: readonly Inline[]): Piece[] {
  const pieces: Piece[] = [];
  let outside: Inline[] = [];
  let inside: Inline[] | null = null;
  for (const run of paragraph) {
    const bits: Inline[] = run.t === 'text' ? run.v.split(SIGNS).map((bit) => textRun(bit, run)) : [run];
    for (const bit of bits) {
      const sign = bit.t === 'text' ? bit.v : '/';
      if (sign === '[[' && !inside) inside = [];
      else if (sign === ']]' && inside) {
        pieces.push({ isInside: false, runs: outside }, { isInside: true, runs: inside });
        [outside, inside] = [[], null];
      } else if (sign !== '') (inside ?? outside).push(bit);
    }
  }
  if (inside) outside.push(textRun('[['), ...inside);
  pieces.push({ isInside: false, runs: outside });
  return pieces.filter(({ isInside, runs }) => isInside || runs.length > 0);
}

const GAP = /^[a-z0-9]{1,8}$/;

/** The id of a gap, `a` for `[[a]]` or `[[A]]`; null where the piece is none. */
function gapId({ isInside, runs }: Piece): string | null {
  const id = isInside ? plainText([runs]).trim().toLowerCase() : '';
  return GAP.test(id) ? id : null;
}

/** The gaps of a text in reading order. */
export function gapIds(text: RichText): string[] {
  return text.flatMap((paragraph) => piecesOf(paragraph).flatMap((piece) => gapId(piece) ?? []));
}

/** The text with its gaps called otherwise; ids that the map does not have stay. */
export function renameGaps(text: RichText, names: ReadonlyMap<string, string>): RichText {
  return text.map((paragraph) =>
    piecesOf(paragraph).flatMap((piece): Inline[] => {
      if (!piece.isInside) return piece.runs;
      const name = names.get(gapId(piece) ?? '');
      const [first, last] = [piece.runs[0], piece.runs.at(-1)];
      const marksOf = (run: Inline | undefined) => (run?.t === 'text' ? run : {});
      const inside = name === undefined ? piece.runs : [textRun(name, marksOf(first))];
      return [
        textRun('[[', marksOf(first)),
        ...inside,
        textRun(']]', marksOf(name === undefined ? last : first)),
      ];
    }),
  );
}

/** A gap as it stands in a text. */
export interface GapView {
  t: 'gap';
  token: string;
}
export type GapTextView = (InlineView | GapView)[][];

/** A text with gaps for a candidate: what comes before the first paragraph with a gap is the stem. */
export function toGapText(
  text: RichText,
  gaps: readonly string[],
  context: ViewContext,
): { stem: RichTextView; text: GapTextView } {
  const paragraphs = text.map((paragraph) => {
    const pieces = piecesOf(paragraph).map((piece) => {
      const id = gapId(piece);
      return { ...piece, gap: id !== null && gaps.includes(id) ? id : null };
    });
    return { hasGap: pieces.some(({ gap }) => gap !== null), pieces };
  });
  const first = paragraphs.findIndex(({ hasGap }) => hasGap);
  const start = first < 0 ? paragraphs.length : first;
  const view = (runs: Inline[]) => toRichTextView([runs], context).flat();
  return {
    stem: toRichTextView(text.slice(0, start), context),
    text: paragraphs.slice(start).map(({ pieces }) =>
      pieces.flatMap(({ isInside, runs, gap }): (InlineView | GapView)[] => {
        if (gap !== null) return [{ t: 'gap', token: context.token(gap) }];
        return isInside ? [textRun('[['), ...view(runs), textRun(']]')] : view(runs);
      }),
    ),
  };
}

/** The text has gaps, each of them once, and `known` names exactly these. */
export function checkGaps(text: RichText, known: readonly string[]): ItemProblem[] {
  const ids = gapIds(text);
  if (ids.length === 0) return [{ code: 'item-gap-none', where: 'stem' }];
  const about = (code: string, parts: readonly string[], where: string): ItemProblem[] =>
    parts.map((part) => ({ code, where: where || `gaps.${part}`, values: { part } }));
  return [
    ...about(
      'item-gap-twice',
      ids.filter((id, i) => ids.indexOf(id) < i),
      'stem',
    ),
    ...about(
      'item-gap-key',
      ids.filter((id) => !known.includes(id)),
      '',
    ),
    ...about(
      'item-gap-unused',
      known.filter((id) => !ids.includes(id)),
      '',
    ),
  ];
}
