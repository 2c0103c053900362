import { createHash } from 'node:crypto';
import type { GIFTQuestion } from 'gift-pegjs';
import { foldWord, LIMITS, type Level, type RichText } from '#bank/protocol';
import { checkItem } from '#bank/item/check';
import { RowReport, type ImportedItem, type ImportRow } from '../import-row.ts';
import type { ReadItem } from '../kinds/kind-format.ts';
import { checkFormulas } from '../question-cells.ts';
import type { QuestionOptions } from '../question-options.ts';
import { refuseRepeatedCodes } from '../row-links.ts';
import { findLevel, known } from '../words.ts';
import { LEVEL_CHOICES } from '../workbook-columns.ts';
import type { GiftContext } from './context.ts';
import { giftItem } from './gift-item.ts';
import { parseGift, type ParsedBlock } from './parse-gift.ts';

/** What a file says of the questions that follow: the topic of the last `$CATEGORY`. */
interface Position {
  topic: string | undefined;
  titles: Set<string>;
}

/**
 * Reads GIFT (docs.moodle.org/en/GIFT_format). The topic comes from `$CATEGORY`, the level from a tag that names
 * one, the code from `[id:…]`, else from the title, else from a hash of the question; what is missing comes from
 * `options.defaults`.
 */
export function readGift(text: string, options: QuestionOptions = {}): ImportRow[] {
  const position: Position = { topic: undefined, titles: new Set() };
  const rows: ImportRow[] = [];
  const blocks = parseGift(text);
  for (const [i, block] of blocks.entries()) {
    if (block.question?.type === 'Category') position.topic = topicOf(block.question.title, options.topics);
    else rows.push(readBlock(block, rows.length + 1, position, options));
    options.progress?.(i + 1, blocks.length);
  }
  refuseRepeatedCodes(rows, (row) => (row.line === undefined ? {} : { line: row.line }));
  return rows;
}

/** The last part of the path that is a topic; what Moodle makes up (`top`, `Default for …`) is none. */
function topicOf(path: string, topics: readonly string[] | undefined): string | undefined {
  const parts = path
    .split(/(?<!\/)\/(?!\/)/)
    .map((part) => part.replaceAll('//', '/').trim())
    .filter(
      (part) => part !== '' && part !== 'top' && !/^\$\w+\$$/.test(part) && !part.startsWith('Default for '),
    );
  const declared = parts.findLast((part) => topics?.some((topic) => foldWord(topic) === foldWord(part)));
  return declared ?? parts.at(-1);
}

function readBlock(block: ParsedBlock, row: number, position: Position, options: QuestionOptions): ImportRow {
  const { line, question } = block;
  const report = new RowReport();
  const code = question && codeOf(question, position.titles);
  const item = question && code ? readItem(question, code, { line, report }, position, options) : null;
  if (!question) report.refuse('gift-syntax', { line: block.brokenAt ?? line });
  return {
    row,
    line: report.problems[0]?.line ?? line,
    status: report.status,
    problems: report.problems,
    ...(code !== undefined && { code }),
    ...(item && !report.refused && { item }),
  };
}

/** `[id:…]` must be unique; a title need not be, so only its first question takes it. */
function codeOf(question: GIFTQuestion, titles: Set<string>): string {
  const id = 'id' in question ? question.id?.normalize('NFC').trim() : undefined;
  if (id && id.length <= LIMITS.itemCode) return id;
  const title = question.title?.normalize('NFC').replace(/\s+/g, ' ').trim() ?? '';
  if (title !== '' && title.length <= LIMITS.itemCode && !titles.has(title)) {
    titles.add(title);
    return title;
  }
  const digest = createHash('sha256').update(JSON.stringify(question)).digest('hex');
  return `gift-${digest.slice(0, 12)}`;
}

function readItem(
  question: GIFTQuestion,
  code: string,
  { line, report }: Pick<GiftContext, 'line' | 'report'>,
  position: Position,
  options: QuestionOptions,
): ImportedItem | null {
  const read = giftItem(question, { line, report, language: options.language ?? 'vi' });
  if (!read) return null;
  const topic = readTopic(position.topic, line, report, options);
  const level = readLevel(question, line, report, options);
  checkRead(read, line, report, options);
  if (topic === null || level === null) return null;
  return { code, kind: read.content.kind, ...read, topic, level };
}

function readTopic(
  topic: string | undefined,
  line: number,
  report: RowReport,
  options: QuestionOptions,
): string | null {
  const text = topic ?? options.defaults?.topic;
  if (text === undefined || text === '') {
    report.refuse('topic-missing', { line });
    return null;
  }
  const found = options.topics
    ? options.topics.find((candidate) => foldWord(candidate) === foldWord(text))
    : text.normalize('NFC').slice(0, 200);
  if (found === undefined) {
    const listed = (options.topics ?? []).slice(0, 8).join('; ');
    report.refuse('topic-unknown', { line }, { topic: text.slice(0, 100), known: listed });
    return null;
  }
  return found;
}

function readLevel(
  question: GIFTQuestion,
  line: number,
  report: RowReport,
  options: QuestionOptions,
): Level | null {
  const tags = 'tags' in question ? (question.tags ?? []) : [];
  const tagged = tags.filter((tag) => tag.length > 1).map((tag) => findLevel(tag)?.level);
  const level = tagged.find((found) => found !== undefined) ?? options.defaults?.level;
  if (level) return level;
  if (question.type === 'Description') return 'KNOW';
  report.refuse('level-missing', { line }, known(LEVEL_CHOICES));
  return null;
}

function checkRead(read: ReadItem, line: number, report: RowReport, options: QuestionOptions): void {
  const texts = richTextsOf(read);
  const length = texts.flat(2).reduce((sum, run) => sum + (run.t === 'text' ? run.v.length : 0), 0);
  if (length > LIMITS.textRun) report.refuse('cell-too-long', { line }, { length, max: LIMITS.textRun });
  for (const text of texts) {
    checkFormulas(text, options, (values) => report.refuse('item-formula', { line }, values));
  }
  if (report.refused) return;
  for (const { code, values } of checkItem(read.content.kind, read))
    report.refuse(code, { line }, values ?? {});
}

function richTextsOf({ content }: ReadItem): RichText[] {
  const parts = [
    ...('options' in content ? content.options : []),
    ...('statements' in content ? content.statements : []),
    ...('prompts' in content ? [...content.prompts, ...content.choices] : []),
  ];
  return [content.stem, ...parts.map((part) => part.text)];
}
