import type { ExamState, PresentCandidate } from '#bank/protocol';
import { byGivenName } from '../words/format.ts';

/** How a candidate stands, as one word of the wall. */
export const STANDINGS = [
  'lost',
  'away',
  'paused',
  'waiting',
  'working',
  'submitted',
  'closed',
  'ended',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** States of attempts that go on. */
export const CAN_WRITE: ReadonlySet<PresentCandidate['state']> = new Set([
  'admitted',
  'waiting',
  'running',
  'paused',
  'disconnected',
]);

const ORDERS = ['problem', 'number', 'name'] as const;
export type Order = (typeof ORDERS)[number];

/** Never seen, cut off in the middle, or where the attempt is. */
export function standingOf(candidate: PresentCandidate): Standing {
  const { state, connected, devices } = candidate;
  if (state === 'terminated') return 'ended';
  if (devices === 0 && !connected) return 'away';
  if (state === 'superseded') return 'closed';
  if (state === 'submitted' || state === 'closed' || state === 'paused') return state;
  if (!connected) return 'lost';
  return state === 'running' ? 'working' : 'waiting';
}

/** What a proctor should look at first: lower comes first. After the end nothing is urgent but held answers. */
function urgency(candidate: PresentCandidate, exam: ExamState): number {
  if (candidate.held > 0) return 0;
  const standing = standingOf(candidate);
  if (exam === 'open' && standing === 'lost') return 1;
  if (exam === 'open' && standing === 'away') return 2;
  return 3 + STANDINGS.indexOf(standing);
}

export function needsAttention(candidate: PresentCandidate, exam: ExamState): boolean {
  return urgency(candidate, exam) < 3;
}

const numbers = new Intl.Collator('vi', { numeric: true });

export function inOrder(
  candidates: readonly PresentCandidate[],
  order: Order,
  exam: ExamState,
): PresentCandidate[] {
  const byNumber = (a: PresentCandidate, b: PresentCandidate) => numbers.compare(a.number, b.number);
  const compare: Record<Order, typeof byNumber> = {
    number: byNumber,
    name: (a, b) => byGivenName(a.name, b.name) || byNumber(a, b),
    problem: (a, b) => urgency(a, exam) - urgency(b, exam) || byNumber(a, b),
  };
  return [...candidates].sort(compare[order]);
}

/** How many candidates stand how. */
export function countStandings(candidates: readonly PresentCandidate[]): Record<Standing, number> {
  const counts = Object.fromEntries(STANDINGS.map((standing) => [standing, 0])) as Record<Standing, number>;
  for (const candidate of candidates) counts[standingOf(candidate)]++;
  return counts;
}
