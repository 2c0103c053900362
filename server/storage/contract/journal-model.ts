import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import { answer, collect, type JournalCase, type JournalSubject } from './journal-subject.ts';

type Step =
  | { do: 'append'; groups: string[][]; size: number }
  | { do: 'restart' }
  | { do: 'retire'; keep: number }
  | { do: 'look'; from: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('append' as const),
    groups: fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }), { maxLength: 6 }),
    size: fc.integer({ min: 0, max: 3000 }),
  }),
  fc.record({ do: fc.constant('restart' as const) }),
  fc.record({ do: fc.constant('retire' as const), keep: fc.nat(12) }),
  fc.record({ do: fc.constant('look' as const), from: fc.integer({ min: 1, max: 60 }) }),
);

export const journalModelCase: JournalCase = {
  name: 'agrees with a plain list under any order of appends, reads, replays, retirements and restarts',
  async run(subject) {
    const steps = fc.array(step, { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, (steps) => agrees(subject, steps)),
      { numRuns: 25 },
    );
  },
};

async function agrees(subject: JournalSubject, steps: readonly Step[]): Promise<void> {
  const home = await subject.newHome();
  let journal = await home.open();
  let from = 1;
  let retired = 0;
  /** Only whole segments go, the oldest first: what is left reaches from somewhere up to the end. */
  const expectKept = (found: readonly number[], all: readonly number[]) => {
    deepEqual(found, found.length === 0 ? [] : all.slice(-found.length));
    deepEqual(
      all.filter((position) => position > retired && !found.includes(position)),
      [],
    );
  };
  const model: { attempt: string; position: number }[] = [];
  for (const one of steps) {
    if (one.do === 'append') {
      const appends = one.groups.map((group) =>
        journal.append(group.map((attempt) => answer(attempt, model.length, 'y'.repeat(one.size)))),
      );
      for (const attempt of one.groups.flat()) model.push({ attempt, position: model.length + 1 });
      await Promise.all(appends);
    } else if (one.do === 'restart') {
      await journal.close();
      journal = await home.open();
    } else if (one.do === 'retire') {
      retired = Math.max(retired, model.length - one.keep);
      await journal.retire(model.length - one.keep);
    } else {
      from = one.from;
    }
    const replayed = await collect(journal.replay(from));
    expectKept(
      replayed.map(({ position }) => position),
      model.map(({ position }) => position).filter((position) => position >= from),
    );
    equal(journal.head(), model.length);
  }
  for (const attempt of ['a', 'b', 'c']) {
    const found = await journal.read(attempt);
    expectKept(
      found.map(({ position }) => position),
      model.filter((record) => record.attempt === attempt).map((record) => record.position),
    );
  }
  await journal.close();
}
