import type { Paper, PaperSlot } from '#bank/assembly';
import { worthOf, type ItemContent, type ItemKey } from '#bank/item';
import { scoreByRubric, scoreItem, toCanonical } from '#bank/item/scoring';
import { markOf, type MarkingPolicy } from '#bank/marks';
import { DomainError, type AnswerSheet, type Blueprint, type Response } from '#bank/protocol';
import { lateTotals } from '#server/delivery';
import { countedOf } from './electives.ts';
import { essayText, isOf, type EssayMark } from './essay-marks.ts';
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
  blueprint: Blueprint;
  paper: Paper;
  sheet: Pick<AnswerSheet, 'answers' | 'rulings'>;
  sheetVersion: number;
  /** What persons gave for its essays, by slot. */
  marks: ReadonlyMap<number, EssayMark>;
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
 * An essay by what a person gave for it; one that is blank needs nobody.
 *
 * @throws DomainError `essays-unmarked`
 */
function markEssay(
  slot: PaperSlot,
  index: number,
  { sheet, marks }: MarkableAttempt,
  find: FindItem,
  policy: MarkingPolicy,
): SlotResult {
  const answer = sheet.answers.find((one) => one.slot === index);
  const { key } = find(slot.item, slot.version);
  if (!answer || essayText(answer) === null || !('criteria' in key))
    return markSlot(slot, index, null, find, policy);
  const mark = marks.get(index);
  if (!mark || !isOf(mark, answer)) throw new DomainError('essays-unmarked', 409, { count: 1 });
  const { parts, ...worth } = scoreByRubric(key, mark.points, slot.points, policy);
  const criteria = key.criteria.map((criterion) => ({
    title: criterion.title,
    points: mark.points[criterion.id] ?? 0,
    max: worthOf(criterion),
  }));
  const result = { slot: index, part: slot.part, ...worth, max: slot.points, parts, criteria };
  return mark.comment === undefined ? result : { ...result, comment: mark.comment };
}

/**
 * Marks one attempt from its paper and its answer sheet: pure and exact, the total rounded once by
 * the policy. An answer to a slot that the paper does not have changes nothing, and only what counts by `countedOf`
 * gives points and is part of the maximum.
 */
export function markAttempt(attempt: MarkableAttempt, find: FindItem, policy: MarkingPolicy): AttemptResult {
  const answers = new Map(attempt.sheet.answers.map((answer) => [answer.slot, answer.response]));
  const counted = countedOf(attempt.blueprint, attempt.paper, attempt.sheet, policy);
  const slots = attempt.paper.slots.flatMap((slot, i): SlotResult[] => {
    if (slot.kind === 'description') return [];
    const why = counted?.uncounted.get(i);
    if (why) return [{ slot: i, part: slot.part, points: 0, max: slot.points, parts: [], uncounted: why }];
    if (slot.kind === 'essay') return [markEssay(slot, i, attempt, find, policy)];
    return [markSlot(slot, i, answers.get(i) ?? null, find, policy)];
  });
  const counting = slots.filter(({ uncounted }) => uncounted === undefined);
  const max = counting.reduce((sum, slot) => sum + slot.max, 0);
  const { rulings } = attempt.sheet;
  return {
    v: 1,
    exam: attempt.exam,
    attempt: attempt.attempt,
    policy: policy.name,
    sheet: attempt.sheetVersion,
    ...(rulings && { late: lateTotals(rulings) }),
    ...(counted && { chosen: { branch: counted.branch, surplus: counted.surplus } }),
    slots,
    max,
    ...markOf(counting, max, policy),
  };
}
