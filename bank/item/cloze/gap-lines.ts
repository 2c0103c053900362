import type { Gap } from './schema.ts';

/**
 * A gap as an author types it, in the editor or in a cell. With a star in front of the right ones the lines are the
 * options of a list; without any star each line is a wording that counts as right. A backslash in front of a star, or
 * of another backslash, is the sign itself.
 */
export interface GapLines {
  gap: Gap;
  answers: string[];
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

export function parseGap(id: string, text: string): GapLines {
  const lines = text
    .normalize('NFC')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const isRight = line.startsWith('*');
      return { isRight, text: (isRight ? line.slice(1) : line).trim().replace(/^\\(?=[\\*])/, '') };
    });
  if (!lines.some(({ isRight }) => isRight)) return { gap: { id }, answers: lines.map((line) => line.text) };
  const options = lines.map((line, i) => ({ id: id + LETTERS.charAt(i), text: line.text }));
  const answers = options.filter((_, i) => lines[i]?.isRight).map((option) => option.id);
  return { gap: { id, options }, answers };
}

export function gapText({ options }: Gap, answers: readonly string[]): string {
  const escaped = (text: string) => text.replace(/^(?=[\\*])/, '\\');
  const lines = options
    ? options.map((option) => (answers.includes(option.id) ? '*' : '') + escaped(option.text))
    : answers.map(escaped);
  return lines.join('\n');
}
