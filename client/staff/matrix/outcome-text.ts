import type { Level, MatrixRow } from '#bank/protocol';

type Outcome = NonNullable<MatrixRow['outcomes']>[number];

/** `[L11.1] Nêu được định nghĩa #NT`: the code in front and the competence behind may be missing. */
const LINE = /^(?:\[([^\]]{1,40})\]\s*)?(.*?)(?:\s+#(\S{1,40}))?$/;

/** Outcomes of one level, one on each line. */
export function outcomesText(outcomes: readonly Outcome[], level: Level): string {
  return outcomes
    .filter((outcome) => outcome.level === level)
    .map(({ code, text, competence }) =>
      [
        ...(code === undefined ? [] : [`[${code}]`]),
        text,
        ...(competence === undefined ? [] : [`#${competence}`]),
      ].join(' '),
    )
    .join('\n');
}

/** What was typed for one level; lines without text are left out. */
export function readOutcomes(typed: string, level: Level): Outcome[] {
  return typed.split('\n').flatMap((line) => {
    const [, code, text = '', competence] = LINE.exec(line.trim()) ?? [];
    if (text === '') return [];
    return [
      { level, text, ...(code !== undefined && { code }), ...(competence !== undefined && { competence }) },
    ];
  });
}
