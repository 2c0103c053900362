import type { Electives, Response, Uncounted } from '#bank/protocol';

/**
 * Which questions of a group count of which more are answered than asked for. `first-answered`: those that come first
 * on the paper, so that everybody can see which before the end.
 */
export type ElectiveRule = 'first-answered';

/** What follows from the answers of a candidate. */
export interface Counted {
  /** Id of the branch that counts; null where there are none. */
  branch: string | null;
  /** Slots that do not count, whatever they hold. */
  uncounted: ReadonlyMap<number, Uncounted>;
}

/** Gives the response to a slot; null where there is none. */
type ResponseTo = (slot: number) => Response;

/** Whether a response says anything: an empty text, or a list of nothing, takes nobody's place. */
export function isAnswered(response: Response): boolean {
  if (response === null) return false;
  return Object.values(response).every((value) =>
    typeof value === 'string' ? value.trim() !== '' : Object.keys(value).length > 0,
  );
}

/**
 * What counts of a paper with something to choose: a pure function of the answers on the sheet. Of the branches it is
 * the one that the candidate chose, whatever else is answered; without a choice the only one with an answer, else the
 * first. In each group exactly `answer` slots count: the answered ones first, in the order of the paper, then blank ones
 * in the same order, so that the slots that count are always worth what one way through the paper is worth.
 *
 * @param choice the slot of the choice of a branch: the one behind the last slot of the paper
 */
export function countElectives(
  { branches, groups }: Electives,
  responseTo: ResponseTo,
  choice: number,
  rule: ElectiveRule,
): Counted {
  const isGiven = (slot: number): boolean => isAnswered(responseTo(slot));
  const branch = branchOf(branches, isGiven, responseTo(choice));
  const uncounted = new Map<number, Uncounted>();
  for (const { answer, slots } of groups)
    for (const slot of RULES[rule](slots, isGiven).slice(answer)) uncounted.set(slot, 'beyond-choice');
  for (const { id, slots } of branches)
    if (id !== branch) for (const slot of slots) uncounted.set(slot, 'other-branch');
  return { branch, uncounted };
}

/** The slots of a group, those first that count first. */
const RULES: Record<
  ElectiveRule,
  (slots: readonly number[], isGiven: (slot: number) => boolean) => number[]
> = {
  'first-answered': (slots, isGiven) => [...slots.filter(isGiven), ...slots.filter((slot) => !isGiven(slot))],
};

function branchOf(
  branches: Electives['branches'],
  isGiven: (slot: number) => boolean,
  choice: Response,
): string | null {
  const chosen = choice && 'b' in choice ? branches.find(({ id }) => id === choice.b) : undefined;
  const used = branches.filter(({ slots }) => slots.some(isGiven));
  const [only = branches[0]] = used.length === 1 ? used : [];
  return (chosen ?? only)?.id ?? null;
}
