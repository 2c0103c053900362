import type {
  ImageRun,
  Inline,
  InlineView,
  MediaRun,
  MediaView,
  RichText,
  RichTextView,
  TextRun,
} from '#bank/protocol';
import type { ViewContext } from './kind.ts';

/** The marks a text run may carry, in the order in which markup opens them. */
export const MARKS = ['b', 'i', 'u', 'sub', 'sup'] as const;
export type Mark = (typeof MARKS)[number];

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;
// oxlint-disable-next-line no-control-regex -- control characters are what is to be removed
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

function cleanText(text: string): string {
  return text.normalize('NFC').replace(CONTROL, '').replace(LONE_SURROGATE, '\ufffd');
}

function sameMarks(a: TextRun, b: TextRun): boolean {
  return MARKS.every((mark) => a[mark] === b[mark]);
}

/** A text run with the marks of `like`; absent marks stay absent, since a mark is never `false`. */
export function textRun(v: string, like: Partial<Record<Mark, unknown>> = {}): TextRun {
  const run: TextRun = { t: 'text', v };
  for (const mark of MARKS) if (like[mark]) run[mark] = true;
  return run;
}

/** Line breaks inside a run end its paragraph. */
function splitLines(paragraph: readonly Inline[]): Inline[][] {
  const lines: Inline[][] = [[]];
  for (const run of paragraph) {
    if (run.t !== 'text') {
      lines.at(-1)?.push(run);
      continue;
    }
    run.v.split(LINE_BREAK).forEach((line, i) => {
      if (i > 0) lines.push([]);
      lines.at(-1)?.push(textRun(line, run));
    });
  }
  return lines;
}

function mergeRuns(runs: readonly Inline[]): Inline[] {
  const merged: Inline[] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    if (run.t === 'text' && last?.t === 'text' && sameMarks(run, last)) {
      merged[merged.length - 1] = textRun(last.v + run.v, last);
    } else {
      merged.push(run);
    }
  }
  return merged;
}

/** Removes white space, and runs left empty by that, from one end of a paragraph. */
function trimEdge(runs: Inline[], edge: 'start' | 'end'): Inline[] {
  const at = edge === 'start' ? 0 : -1;
  const rest = [...runs];
  for (let run = rest.at(at); run?.t === 'text'; run = rest.at(at)) {
    const v = edge === 'start' ? run.v.trimStart() : run.v.trimEnd();
    rest.splice(at, 1, ...(v === '' ? [] : [textRun(v, run)]));
    if (v !== '') break;
  }
  return rest;
}

function cleanRun(run: Inline): Inline {
  if (run.t === 'text') return textRun(cleanText(run.v), run);
  if (run.t === 'math') return { ...run, tex: cleanText(run.tex.replace(/\s+/g, ' ')).trim() };
  if (run.t === 'image') return { ...run, alt: cleanText(run.alt) };
  const { transcript } = run;
  return {
    ...run,
    title: cleanText(run.title).trim(),
    ...(transcript !== undefined && { transcript: cleanText(transcript) }),
  };
}

function isEmptyRun(run: Inline): boolean {
  return (run.t === 'text' && run.v === '') || (run.t === 'math' && run.tex === '');
}

/**
 * The normal form in which rich text is stored: NFC, no control characters, neighbouring runs with equal marks
 * joined, a paragraph per line, no white space at the ends of a paragraph, no empty run and no empty paragraph.
 */
export function normaliseRichText(rich: RichText): RichText {
  return rich
    .flatMap(splitLines)
    .map((line) =>
      mergeRuns(
        mergeRuns(line)
          .map(cleanRun)
          .filter((run) => !isEmptyRun(run)),
      ).map(cleanRun),
    )
    .map((line) => trimEdge(trimEdge(line, 'start'), 'end'))
    .filter((line) => line.length > 0);
}

/** Text without marks, for lists and search: formulas as LaTeX, pictures and recordings as their description. */
export function plainText(rich: RichText): string {
  return rich.map((paragraph) => paragraph.map(runText).join('')).join('\n');
}

function runText(run: Inline): string {
  if (run.t === 'text') return run.v;
  if (run.t === 'math') return run.tex;
  return run.t === 'image' ? run.alt : run.title;
}

/** Nothing to read or look at. */
export function isBlank(rich: RichText): boolean {
  return rich.every((paragraph) => paragraph.every((run) => run.t === 'text' && run.v.trim() === ''));
}

function runLikeness(run: Inline): string {
  if (run.t === 'image') return `\u0001${run.data}\u0002`;
  if (run.t === 'math') return `\u0003${run.tex}\u0004`;
  if (run.t === 'media') return `\u0008${run.media}\u000e`;
  const text = run.v.replace(/\s+/g, ' ');
  return run.sub || run.sup ? `${run.sub ? '\u0005' : '\u0006'}${text}\u0007` : text;
}

/**
 * Equal for two texts that a candidate could not tell apart: white space is collapsed and bold, italic and
 * underlining do not count; letter case, subscript and superscript do (m and M, x₂ and x² differ).
 */
export function likeness(rich: RichText): string {
  const plain = rich.map((paragraph) =>
    paragraph.map((run) => (run.t === 'text' ? textRun(run.v, { sub: run.sub, sup: run.sup }) : run)),
  );
  return normaliseRichText(plain)
    .map((paragraph) => paragraph.map(runLikeness).join(''))
    .join('\n');
}

/** Pictures in reading order. */
export function imagesOf(rich: RichText): ImageRun[] {
  return rich.flat().filter((run) => run.t === 'image');
}

function toInlineView(run: Inline, context: ViewContext): InlineView {
  if (run.t === 'text') return textRun(run.v, run);
  if (run.t === 'image') return { t: 'image', mime: run.mime, data: run.data, alt: run.alt };
  if (run.t === 'media') return toMediaView(run, context);
  const tree = context.math(run.tex, run.display === true);
  return run.display ? { t: 'math', tex: run.tex, display: true, tree } : { t: 'math', tex: run.tex, tree };
}

/** Without the transcript, which tells what is to be heard. */
function toMediaView({ t, media, kind, title, plays }: MediaRun, context: ViewContext): MediaView {
  const view = { t, kind, title, ...(plays !== undefined && { plays }) };
  return { ...view, ...(context.media?.(media) ?? { media }) };
}

/** What a candidate sees of a text: formulas rendered, every field copied by name. */
export function toRichTextView(rich: RichText, context: ViewContext): RichTextView {
  return rich.map((paragraph) => paragraph.map((run) => toInlineView(run, context)));
}
