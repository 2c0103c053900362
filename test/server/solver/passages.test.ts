import { expect, it } from 'vitest';
import { cardsOf, drawPlan, formItems, formPapers, formSeries, type FormRules } from '#bank/assembly';
import type { Blueprint, PoolItem } from '#bank/protocol';
import { assembleForms } from '#server/solver';

const id = (name: string): string => name.padEnd(22, '0');
const SEED = new Uint8Array(32).fill(7);
const EXAM = id('exam');

/** Twelve passages of five questions, and twenty questions without one, of which one cell lists some of passages. */
const descriptions = Array.from({ length: 12 }, (_, at): PoolItem => ({
  item: id(`d${at}`),
  version: 1,
  topic: 'R',
  level: 'KNOW',
  kind: 'description',
  parts: [],
  pinned: [],
  ...(at < 2 && { enemies: ['once'] }),
}));
const questions = descriptions.flatMap(({ item: stimulus }, at) =>
  Array.from({ length: 5 }, (_, n): PoolItem => ({
    item: id(`q${at}x${n}`),
    version: 1,
    topic: 'R',
    level: n < 3 ? 'KNOW' : 'APPLY',
    kind: 'choice',
    facility: 400 + ((at * 53 + n * 91) % 300),
    seconds: 60,
    stimulus,
    parts: [],
    pinned: [],
    ...(at === 2 && n < 2 && { enemies: ['once'] }),
  })),
);
const single = questions.filter((_, index) => index % 3 === 0).map(({ item }) => item);
const blueprint: Blueprint = {
  parts: [
    {
      title: 'I',
      cells: [
        {
          id: 'p',
          count: 6,
          points: 50,
          topic: 'R',
          kind: 'choice',
          passage: { levels: ['KNOW', 'KNOW', 'APPLY'] },
        },
        { id: 'l', count: 4, points: 50, items: single },
      ],
    },
  ],
};
const rules: FormRules = { count: 4, perShift: 2, overlap: 60, maxUses: 4, spare: 1 };

it('a solver takes passages whole, each once, with nothing of theirs beside them', async () => {
  const plan = drawPlan(blueprint, [...descriptions, ...questions]);
  expect(plan.overlapping).toBe(true);
  const { forms } = await assembleForms(formSeries(blueprint, plan, SEED, EXAM, rules), 60);
  expect(forms).toHaveLength(5);
  const papers = formPapers(plan, cardsOf(plan, forms), SEED, EXAM);
  const known = new Map([...descriptions, ...questions].map((item) => [item.item, item]));
  for (const { slots } of papers) {
    const inPassages = slots.filter(({ cell }) => cell === 'p').map(({ item }) => known.get(item));
    const stimuli = [...new Set(inPassages.map((item) => item?.stimulus))];
    expect(stimuli).toHaveLength(2);
    for (const stimulus of stimuli)
      expect(
        inPassages
          .filter((item) => item?.stimulus === stimulus)
          .map((item) => item?.level)
          .sort(),
      ).toEqual(['APPLY', 'KNOW', 'KNOW']);
    const beside = slots.filter(({ cell }) => cell === 'l').map(({ item }) => known.get(item)?.stimulus);
    expect(beside).toHaveLength(4);
    expect(beside.filter((stimulus) => stimuli.includes(stimulus))).toEqual([]);
    const brought = [...stimuli.map((one) => known.get(one ?? '')), ...inPassages];
    expect(brought.flatMap((item) => item?.enemies ?? []).length).toBeLessThanOrEqual(1);
  }
  expect(formItems(blueprint, plan, cardsOf(plan, forms)).every(({ length }) => length === 10)).toBe(true);
});

it('what the bank cannot give whole is refused', async () => {
  const plan = drawPlan(blueprint, [...descriptions, ...questions]);
  const narrow = formSeries(blueprint, plan, SEED, EXAM, { ...rules, maxUses: 1 });
  await expect(assembleForms({ ...narrow, forms: 9 }, 60)).rejects.toMatchObject({
    code: expect.stringMatching(/^form-/),
  });
});
