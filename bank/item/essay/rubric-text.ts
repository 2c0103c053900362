import { formatMark, parseMark, type Language } from '#bank/protocol';
import type { Criterion } from './schema.ts';

type Levels = Criterion['levels'];

/** Levels as people write them: `1,00: complete` on each line. */
export function levelsText(levels: Levels, language: Language): string {
  return levels
    .map(({ points, text }) => `${formatMark(points, language)}: ${text.replace(/\s+/g, ' ')}`.trim())
    .join('\n');
}

/** Reads them, points with comma or point; null when a line does not begin with points. */
export function parseLevels(text: string): Levels | null {
  const lines = text.split('\n').map((line) => line.trim());
  const levels = lines.flatMap((line) => {
    if (line === '') return [];
    const [, mark = '', rest = ''] = /^([^:]*):?(.*)$/.exec(line) ?? [];
    return [{ points: parseMark(mark), text: rest.trim() }];
  });
  const read = levels.flatMap(({ points, text }) => (points === null ? [] : [{ points, text }]));
  return read.length === levels.length ? read : null;
}

/** The whole criterion as one text: its title, its levels, and what only markers see behind `#`. */
export function criterionText({ title, note, levels }: Criterion, language: Language): string {
  const notes = (note ?? '').split('\n').flatMap((line) => (line.trim() === '' ? [] : [`# ${line.trim()}`]));
  return [title, levelsText(levels, language), ...notes].join('\n');
}

/** Reads it; null when its levels cannot be read. */
export function parseCriterion(id: string, text: string): Criterion | null {
  const [title = '', ...lines] = text.split('\n').map((line) => line.trim());
  const isNote = (line: string) => line.startsWith('#');
  const levels = parseLevels(lines.filter((line) => !isNote(line)).join('\n'));
  const note = lines
    .filter(isNote)
    .map((line) => line.slice(1).trim())
    .join('\n');
  return levels && { id, title, ...(note !== '' && { note }), levels };
}
