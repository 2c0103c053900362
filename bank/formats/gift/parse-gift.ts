import { parse, SyntaxError as GiftSyntaxError, type GIFTQuestion } from 'gift-pegjs';
import { splitGift, type GiftBlock } from './blocks.ts';

/** A longer question is none, and the parser backtracks. */
const MAX_BLOCK = 100_000;

export interface ParsedBlock {
  line: number;
  /** Absent when the block breaks the syntax. */
  question?: GIFTQuestion;
  /** Line on which reading stopped. */
  brokenAt?: number;
}

/** Parses a GIFT file block by block; a broken question does not stop the others. */
export function parseGift(text: string): ParsedBlock[] {
  return splitGift(text).flatMap(parseBlock);
}

function parseBlock(block: GiftBlock): ParsedBlock[] {
  if (block.text.length > MAX_BLOCK) return [{ line: block.line, brokenAt: block.line }];
  try {
    return parseText(block, block.text);
  } catch (error) {
    const repaired = repairNumbers(block.text);
    if (repaired !== block.text) {
      try {
        return parseText(block, repaired);
      } catch {
        return [broken(block, error)];
      }
    }
    return [broken(block, error)];
  }
}

function parseText(block: GiftBlock, text: string): ParsedBlock[] {
  return parse(text).map((question) => ({ line: block.line, question }));
}

function broken(block: GiftBlock, error: unknown): ParsedBlock {
  const offset = error instanceof GiftSyntaxError ? error.location.start.line - 1 : 0;
  return { line: block.line, brokenAt: block.line + offset };
}

/**
 * What Moodle reads and the grammar does not: a number without `=` followed by a wrong answer (`{#3:2~#…}`), and
 * numbers with a decimal comma.
 */
function repairNumbers(text: string): string {
  const start = /(^|[^\\])\{\s*#/.exec(text);
  if (!start) return text;
  const at = start.index + start[0].length;
  const answers = text
    .slice(at)
    .replace(/^\s*(?=[-+\d])(?=[^}]*~)/, '=')
    .replace(/(^|[=:]|%|\.\.)(\s*[-+]?\d+),(\d+)/g, '$1$2.$3');
  return text.slice(0, at) + answers;
}
