import type { Paper } from '#bank/assembly';
import { electivesOf } from '#bank/blueprint';
import { countElectives, isAnswered, type Counted, type MarkingPolicy } from '#bank/marks';
import type { AnswerSheet, Blueprint } from '#bank/protocol';

/** What counts of a paper, and how many answers do not. */
export interface CountedPaper extends Counted {
  surplus: number;
}

/**
 * What counts of a paper where its candidate chose what to answer; null where there was nothing to choose. It follows
 * from blueprint, paper and answer sheet alone.
 */
export function countedOf(
  blueprint: Blueprint,
  { slots }: Paper,
  { answers }: Pick<AnswerSheet, 'answers'>,
  { electives: rule }: Pick<MarkingPolicy, 'electives'>,
): CountedPaper | null {
  const electives = electivesOf(blueprint, slots);
  if (!electives) return null;
  const responses = new Map(answers.map(({ slot, response }) => [slot, response]));
  const responseTo = (slot: number) => responses.get(slot) ?? null;
  const counted = countElectives(electives, responseTo, slots.length, rule);
  const surplus = [...counted.uncounted.keys()].filter((slot) => isAnswered(responseTo(slot))).length;
  return { ...counted, surplus };
}
