import {
  DomainError,
  LIMITS,
  type ItemKindName,
  type Response,
  type SentEntry,
  type Summary,
} from '#bank/protocol';
import type { PaperShape } from './attempt.ts';

/** How many parts a response of the right form names; null when its form is not that of the kind. */
type PartsNamed = (response: NonNullable<Response> | Summary) => number | null;

const paired: PartsNamed = (response) => ('p' in response ? Object.keys(response.p).length : null);
const several: PartsNamed = (response) => ('m' in response ? response.m.length : null);
const typed: PartsNamed = (response) => ('x' in response ? 0 : null);
const FORMS: Readonly<Record<ItemKindName, PartsNamed | null>> = {
  choice: (response) => ('c' in response ? 1 : null),
  multiple: several,
  hotText: several,
  tfCluster: (response) => ('t' in response ? Object.keys(response.t).length : null),
  numeric: typed,
  shortText: typed,
  matching: paired,
  gapMatch: paired,
  ordering: (response) => ('o' in response ? response.o.length : null),
  cloze: (response) => ('g' in response ? Object.keys(response.g).length : null),
  hotspot: (response) => ('h' in response ? 0 : null),
  essay: (response) => ('e' in response || 'k' in response ? 0 : null),
  description: null,
};

/** The slot whose answer is the choice of a branch; null where there are none. */
export function choiceSlot({ kinds, branches }: Pick<PaperShape, 'kinds' | 'branches'>): number | null {
  return branches.length > 0 ? kinds.length : null;
}

/**
 * Checks an answer against what the paper says of its slot. Whether its tokens belong to the item is known only to
 * marking: delivery never holds what they stand for.
 *
 * @throws DomainError `no-such-slot`, `wrong-answer-form` or `essay-too-long`
 */
export function checkAnswer(
  paper: Pick<PaperShape, 'kinds' | 'partCounts' | 'branches'>,
  { slot, response }: Pick<SentEntry, 'slot' | 'response'>,
): void {
  if (slot === choiceSlot(paper)) {
    checkChoice(paper.branches, { slot, response });
    return;
  }
  const kind = paper.kinds[slot];
  const form = kind ? FORMS[kind] : null;
  if (!form) throw new DomainError('no-such-slot', 409, { number: slot + 1 });
  if (response === null) return;
  const parts = form(response);
  if (parts === null || parts > (paper.partCounts[slot] ?? 0)) {
    throw new DomainError('wrong-answer-form', 409, { number: slot + 1 });
  }
  if ('k' in response && response.k.bytes > LIMITS.essayBytes) {
    throw new DomainError('essay-too-long', 409, { kilobytes: LIMITS.essayBytes / 1024 });
  }
}

function checkChoice(
  branches: readonly string[],
  { slot, response }: Pick<SentEntry, 'slot' | 'response'>,
): void {
  if (response === null || ('b' in response && branches.includes(response.b))) return;
  throw new DomainError('wrong-answer-form', 409, { number: slot + 1 });
}
