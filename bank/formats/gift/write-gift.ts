import type { Inline, RichText } from '#bank/protocol';
import { MARKS } from '#bank/item';
import { lossSentences, lostMedia, type Exported, type ExportLoss } from '../export.ts';
import type { ImportedItem } from '../import-row.ts';
import { kindFormat } from '../kinds/index.ts';
import type { GiftAnswers, GiftLine } from '../kinds/kind-format.ts';
import { LEVEL_CHOICES } from '../workbook-columns.ts';

/**
 * Writes items as GIFT in UTF-8: code as id and title, level as tag, topic as category, texts as HTML with `\(…\)`
 * formulas. What GIFT cannot carry is left out, listed, and told in comments at the top of the file.
 */
export function writeGift(items: readonly ImportedItem[]): Exported {
  const losses: ExportLoss[] = [];
  const blocks: string[] = [];
  let topic: string | null = null;
  for (const item of items) {
    const answers = kindFormat(item.kind).toGift(item.content, item.key);
    if (answers.form === 'unsupported') {
      losses.push({ code: 'export-kind', item: item.code });
      continue;
    }
    if (item.topic !== topic) blocks.push(`$CATEGORY: $course$/top/${item.topic.replaceAll('/', '//')}`);
    topic = item.topic;
    blocks.push(writeItem(item, answers));
    if (hasImage(item)) losses.push({ code: 'export-image', item: item.code });
    losses.push(...lostMedia(item), ...lostDetails(item));
  }
  const remarks = lossSentences(losses).map((text) => `// ${text}`);
  const parts = remarks.length > 0 ? [remarks.join('\n'), ...blocks] : blocks;
  return { bytes: new TextEncoder().encode(`${parts.join('\n\n')}\n`), losses };
}

function writeItem(item: ImportedItem, answers: Exclude<GiftAnswers, { form: 'unsupported' }>): string {
  const level = LEVEL_CHOICES.find((choice) => choice.level === item.level)?.vi ?? item.level;
  const id = item.code.includes(']') ? '' : `[id:${item.code}] `;
  const stem = `::${escapeGift(item.code)}::[html]${writeRich(item.content.stem)}`;
  return [`// ${id}[tag:${level}]`, stem + writeAnswers(answers)].join('\n');
}

function writeAnswers(answers: Exclude<GiftAnswers, { form: 'unsupported' }>): string {
  if (answers.form === 'none') return '';
  const lines = answers.lines.map((line) => `\t${writeLine(line, answers.numeric === true)}`);
  return ` {${answers.numeric ? '#' : ''}\n${lines.join('\n')}\n}`;
}

function writeLine({ sign, weight, text, match }: GiftLine, numeric: boolean): string {
  const percent = weight === undefined ? '' : `%${weight}%`;
  if (typeof text === 'string') return sign + percent + (numeric ? text : escapeGift(escapeAnswer(text)));
  const right = match ? ` -> ${writeRich(match)}` : '';
  return sign + percent + writeRich(text) + right;
}

/** A star in an accepted answer would stand for anything. */
function escapeAnswer(text: string): string {
  return escapeHtml(text).replaceAll('*', '\\*');
}

function writeRich(rich: RichText): string {
  const paragraphs = rich.map((paragraph) => paragraph.map(writeRun).join(''));
  const html =
    paragraphs.length === 1 ? (paragraphs[0] ?? '') : paragraphs.map((text) => `<p>${text}</p>`).join('');
  return escapeGift(html);
}

function writeRun(run: Inline): string {
  if (run.t === 'image') return `[${escapeHtml(run.alt)}]`;
  if (run.t === 'media') return `[${escapeHtml(run.title)}]`;
  if (run.t === 'math') {
    const tex = run.tex.replace(/[&<>]/g, (sign) => HTML_SIGNS[sign] ?? sign);
    return run.display ? `\\[${tex}\\]` : `\\(${tex}\\)`;
  }
  const marks = MARKS.filter((mark) => run[mark]);
  const open = marks.map((mark) => `<${mark}>`).join('');
  const close = marks
    .toReversed()
    .map((mark) => `</${mark}>`)
    .join('');
  return open + escapeHtml(run.v) + close;
}

const HTML_SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * `$` and `\` are written as references, so that they never begin a formula; `%` and `[`, so that they are neither
 * a weight nor a format; blanks that would be lost too.
 */
function escapeHtml(text: string): string {
  return text
    .replace(/[&<>]/g, (sign) => HTML_SIGNS[sign] ?? sign)
    .replace(/[$\\%[]| (?= )/g, (sign) => `&#${sign.codePointAt(0)};`)
    .replaceAll('\u00a0', '&#160;');
}

function escapeGift(text: string): string {
  return text.replace(/[\\~=#{}:]/g, '\\$&').replaceAll('\n', '\\n');
}

function hasImage({ content }: ImportedItem): boolean {
  const parts = [
    ...('options' in content ? content.options : []),
    ...('prompts' in content ? [...content.prompts, ...content.choices] : []),
  ];
  return [content.stem, ...parts.map((part) => part.text)].some((rich) =>
    rich.flat().some((run) => run.t === 'image'),
  );
}

/** Names of what GIFT has no place for. */
const DETAILS = {
  stimulus: ['đoạn dẫn', 'description'],
  unit: ['đơn vị', 'unit'],
  order: ['thứ tự phương án cố định', 'fixed order of options'],
  case: ['phân biệt hoa thường', 'case sensitivity'],
  patterns: ['mẫu chấp nhận', 'accepted patterns'],
  scoring: ['cách chấm', 'scoring'],
  assembly: ['dữ liệu ghép đề', 'data for assembly'],
} as const;

function lostDetails({ code, content, key, stimulus, assembly }: ImportedItem): ExportLoss[] {
  const lost = [
    ...(stimulus === undefined ? [] : [DETAILS.stimulus]),
    ...('unit' in content && content.unit !== undefined ? [DETAILS.unit] : []),
    ...('options' in content && keepsOrder(content) ? [DETAILS.order] : []),
    ...('caseSensitive' in key ? [DETAILS.case] : []),
    ...('patterns' in key || 'expressions' in key ? [DETAILS.patterns] : []),
    ...(hasOwnScoring(content, key) ? [DETAILS.scoring] : []),
    ...(assembly ? [DETAILS.assembly] : []),
  ];
  if (lost.length === 0) return [];
  const details = lost.map(([vi]) => vi).join(', ');
  return [{ code: 'export-detail', item: code, details, detailsEn: lost.map(([, en]) => en).join(', ') }];
}

/** Rules of marking that a GIFT file cannot say. */
function hasOwnScoring(content: ImportedItem['content'], key: ImportedItem['key']): boolean {
  const isSurplus = 'scheme' in key && key.scheme === 'surplus';
  return isSurplus || 'entry' in content || 'round' in key || 'folds' in key;
}

function keepsOrder(content: Extract<ImportedItem['content'], { shuffle: boolean }>): boolean {
  return !content.shuffle || content.sorted === true || content.options.some((option) => option.fixed);
}
