import type { DraftPart, MatrixDraft, MatrixHead } from './matrix-draft.ts';

type Branches = NonNullable<MatrixHead['branches']>;

/** The fewest that there is anything to choose from. */
const FEWEST = 2;
/** As many as a blueprint may have. */
export const MOST_BRANCHES = 8;

/** One branch more; the first time two, since there is nothing to choose from one. */
export function addBranch(draft: MatrixDraft, titleOf: (number: number) => string): MatrixDraft {
  const { branches = [] } = draft.head;
  const more = [...branches];
  do more.push({ id: freshId(more), title: titleOf(more.length + 1) });
  while (more.length < FEWEST);
  return withBranches(draft, more);
}

export function renameBranch(draft: MatrixDraft, id: string, title: string): MatrixDraft {
  const { branches = [] } = draft.head;
  return withBranches(
    draft,
    branches.map((branch) => (branch.id === id ? { id, title } : branch)),
  );
}

/** Its parts are for everybody then; of two branches both go. */
export function removeBranch(draft: MatrixDraft, id: string): MatrixDraft {
  const rest = (draft.head.branches ?? []).filter((branch) => branch.id !== id);
  return withBranches(draft, rest.length < FEWEST ? [] : rest);
}

/** @param id of the branch that answers the part; null for everybody */
export function setPartBranch({ branch: _before, ...part }: DraftPart, id: string | null): DraftPart {
  return id === null ? part : { ...part, branch: id };
}

function withBranches(draft: MatrixDraft, branches: Branches): MatrixDraft {
  const { branches: _before, ...head } = draft.head;
  const known = new Set(branches.map(({ id }) => id));
  return {
    ...draft,
    head: branches.length > 0 ? { ...head, branches } : head,
    parts: draft.parts.map((part) =>
      part.branch === undefined || known.has(part.branch) ? part : setPartBranch(part, null),
    ),
  };
}

function freshId(branches: Branches): string {
  let n = branches.length + 1;
  while (branches.some(({ id }) => id === `b${n}`)) n++;
  return `b${n}`;
}
