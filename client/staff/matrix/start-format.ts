import type { ExamFormat } from '#bank/blueprint';
import type { Language } from '#bank/protocol';
import { newPart, TEN_POINTS, type MatrixDraft } from './matrix-draft.ts';

/** A matrix that declares to follow a format: its parts with their kinds and points, still without questions. */
export function startFormat(format: ExamFormat, topics: readonly string[], language: Language): MatrixDraft {
  const { id, parts, branches } = format;
  return {
    head: {
      format: id,
      ...(branches && {
        branches: branches.map((branch) => ({ id: branch.id, title: branch.title[language] })),
      }),
    },
    total: TEN_POINTS,
    parts: parts.map(({ title, kind, questions, branch }, index) => ({
      ...newPart(`p${index}`, title[language], [kind], topics),
      kinds: questions.slice(0, 1).map(({ points }) => ({ kind, points })),
      ...(branch !== undefined && { branch }),
    })),
  };
}
