/** One question of a GIFT file, with the comments above it, or a `$CATEGORY` line. */
export interface GiftBlock {
  text: string;
  /** Line of the file on which `text` begins, 1 for the first. */
  line: number;
}

/**
 * Splits a GIFT file at blank lines, so that each question is parsed by itself. Comments that stand alone go with
 * the next block, because tags and ids in them do.
 */
export function splitGift(text: string): GiftBlock[] {
  const blocks: GiftBlock[] = [];
  let lines: string[] = [];
  let start = 1;
  let telling = false;
  const close = (): void => {
    if (telling) blocks.push({ text: lines.join('\n'), line: start });
    if (telling) [lines, telling] = [[], false];
  };
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') {
      close();
      return;
    }
    if (line.startsWith('$CATEGORY:')) {
      close();
      blocks.push({ text: line, line: i + 1 });
      return;
    }
    if (lines.length === 0) start = i + 1;
    lines.push(line);
    telling ||= !line.trimStart().startsWith('//');
  });
  close();
  return blocks;
}
