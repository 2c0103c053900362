import type { Paper, PaperSlot } from '#bank/assembly';
import type { ItemContent, ItemKey } from '#bank/item';
import { scoreItem, toCanonical } from '#bank/item/scoring';
import { markOf, type MarkingPolicy } from '#bank/marks';
import type { AnswerSheet, Response } from '#bank/protocol';
import { lateTotals } from '#server/delivery';
import type { AttemptResult, SlotResult } from './result.ts';

/** An item version with all that marking needs; `tokens` are those of this sitting, token → part id. */
export interface MarkableItem {
  content: ItemContent;
  key: ItemKey;
  tokens: ReadonlyMap<string, string>;
}

/** Gives the item version of a slot. */
export type FindItem = (item: string, version: number) => MarkableItem;

interface MarkableAttempt {
  exam: string;
  attempt: string;
  paper: Paper;
  sheet: Pick<AnswerSheet, 'answers' | 'rulings'>;
  sheetVersion: number;
}

function markSlot(
  slot: PaperSlot,
  index: number,
  response: Response,
  find: FindItem,
  policy: MarkingPolicy,
): SlotResult {
  const { content, key, tokens } = find(slot.item, slot.version);
  const canonical = toCanonical(response, tokens);
  const answer = canonical === 'void' ? null : canonical;
  const { points, exact, parts } = scoreItem({ content, key, max: slot.points }, answer, policy);
  const worth = exact === undefined ? { points } : { points, exact };
  const result = { slot: index, part: slot.part, ...worth, max: slot.points, parts };
  return canonical === 'void' ? { ...result, void: true } : result;
}

/**
 * Marks one attempt from its paper and its answer sheet: pure and exact, the total rounded once by
 * the policy. An answer to a slot that the paper does not have changes nothing.
 */
export function markAttempt(attempt: MarkableAttempt, find: FindItem, policy: MarkingPolicy): AttemptResult {
  const answers = new Map(attempt.sheet.answers.map((answer) => [answer.slot, answer.response]));
  const slots = attempt.paper.slots.flatMap((slot, i) =>
    slot.kind === 'description' ? [] : [markSlot(slot, i, answers.get(i) ?? null, find, policy)],
  );
  const max = slots.reduce((sum, slot) => sum + slot.max, 0);
  const { rulings } = attempt.sheet;
  return {
    v: 1,
    exam: attempt.exam,
    attempt: attempt.attempt,
    policy: policy.name,
    sheet: attempt.sheetVersion,
    ...(rulings && { late: lateTotals(rulings) }),
    slots,
    max,
    ...markOf(slots, max, policy),
  };
}
