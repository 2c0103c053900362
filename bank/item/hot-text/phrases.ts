import type { Inline, RichText } from '#bank/protocol';
import { piecesOf } from '../bracketed.ts';
import { isBlank } from '../rich-text.ts';

/** A piece of a paragraph; `phrase` is its id where it can be marked. */
interface TextPiece {
  phrase?: string;
  runs: Inline[];
}

/** The paragraphs in pieces, the phrases numbered in reading order. */
export function textPieces(stem: RichText): TextPiece[][] {
  let count = 0;
  return stem.map((paragraph) =>
    piecesOf(paragraph).map(({ isInside, runs }) =>
      isInside && !isBlank([runs]) ? { phrase: String(++count), runs } : { runs },
    ),
  );
}

/** The phrases with their ids. */
export function phrasesOf(stem: RichText): { id: string; text: RichText }[] {
  return textPieces(stem)
    .flat()
    .flatMap(({ phrase, runs }) => (phrase === undefined ? [] : [{ id: phrase, text: [runs] }]));
}
