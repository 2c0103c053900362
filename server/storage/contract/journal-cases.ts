import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import type { Journal } from '../journal.ts';
import { Unavailable } from '../store.ts';
import { journalModelCase } from './journal-model.ts';
import { answer, collect, type JournalCase, type JournalSubject } from './journal-subject.ts';

async function openNew(subject: JournalSubject): Promise<Journal> {
  return (await subject.newHome()).open();
}

/** What every adapter of the Journal port promises. */
export const journalCases: readonly JournalCase[] = [
  {
    name: 'numbers records densely from 1 and gives them back in order',
    async run(subject) {
      const journal = await openNew(subject);
      equal(journal.head(), 0);
      deepEqual(await journal.append([answer('a', 1), answer('b', 1)]), [1, 2]);
      deepEqual(await journal.append([answer('a', 2)]), [3]);
      equal(journal.head(), 3);
      deepEqual(await journal.read('a'), [
        { ...answer('a', 1), position: 1 },
        { ...answer('a', 2), position: 3 },
      ]);
      deepEqual(await journal.read('nobody'), []);
    },
  },
  {
    name: 'accepts an append of nothing',
    async run(subject) {
      const journal = await openNew(subject);
      deepEqual(await journal.append([]), []);
      equal(journal.head(), 0);
    },
  },
  {
    name: 'keeps records as they were when handed over',
    async run(subject) {
      const journal = await openNew(subject);
      const data = { slot: 1, text: 'Vận tốc 5 m/s – “đúng” 😀\u0000', nested: [null, true, 0.5, { a: [] }] };
      const appended = journal.append([{ attempt: 'a', type: 'answer', at: 5, data }]);
      data.slot = 99;
      await appended;
      const [found] = await journal.read('a');
      deepEqual(found?.data, { ...data, slot: 1 });
    },
  },
  {
    name: 'gives every one of many concurrent appends its own positions, in the order of the calls',
    async run(subject) {
      const journal = await openNew(subject);
      const appends = Array.from({ length: 500 }, (_, i) =>
        journal.append([answer(`attempt-${i % 7}`, i), answer('all', i)]),
      );
      const positions = await Promise.all(appends);
      deepEqual(
        positions.flat(),
        Array.from({ length: 1000 }, (_, i) => i + 1),
      );
      const all = await journal.read('all');
      deepEqual(
        all.map((record) => (record.data as { seq: number }).seq),
        [...Array(500).keys()],
      );
    },
  },
  {
    name: 'replays from a position up to the head at the time of the call',
    async run(subject) {
      const journal = await openNew(subject);
      for (let seq = 1; seq <= 20; seq++) await journal.append([answer('a', seq)]);
      const replay = journal.replay(15);
      await journal.append([answer('a', 21)]);
      const replayed = await collect(replay);
      deepEqual(
        replayed.map((record) => record.position),
        [15, 16, 17, 18, 19, 20],
      );
      equal((await collect(journal.replay(1))).length, 21);
      deepEqual(await collect(journal.replay(22)), []);
    },
  },
  {
    name: 'finds everything after it was closed and opened again, and goes on numbering',
    async run(subject) {
      const home = await subject.newHome();
      const first = await home.open();
      await first.append([answer('a', 1), answer('b', 1)]);
      await first.close();
      const second = await home.open();
      equal(second.head(), 2);
      deepEqual(await second.append([answer('a', 2)]), [3]);
      await second.close();
      const third = await home.open();
      const replayed = await collect(third.replay(1));
      deepEqual(
        replayed.map(({ position }) => position),
        [1, 2, 3],
      );
      equal((await third.read('a')).length, 2);
    },
  },
  {
    name: 'flushes what was accepted and refuses the rest once it is fenced',
    async run(subject) {
      const journal = await openNew(subject);
      const before = journal.append([answer('a', 1)]);
      await journal.fence();
      deepEqual(await before, [1]);
      await rejects(journal.append([answer('a', 2)]), Unavailable);
      equal((await journal.read('a')).length, 1);
    },
  },
  {
    name: 'forgets what was retired, keeps what lies above, and goes on numbering after a new start',
    async run(subject) {
      const home = await subject.newHome();
      const journal = await home.open();
      for (let seq = 1; seq <= 40; seq++) await journal.append([answer('old', seq, 'o'.repeat(4000))]);
      for (let seq = 41; seq <= 60; seq++) await journal.append([answer('new', seq, 'n'.repeat(4000))]);
      await journal.retire(40);
      equal((await journal.read('new')).length, 20);
      const left = await collect(journal.replay(1));
      ok(left.length < 60);
      equal(left.at(-1)?.position, 60);
      await journal.retire(60);
      deepEqual(await collect(journal.replay(1)), []);
      await journal.close();
      const again = await home.open();
      equal(again.head(), 60);
      deepEqual(await again.append([answer('new', 61)]), [61]);
    },
  },
  {
    name: 'lets who is reading go on when what it reads is retired, and gives it the rest',
    async run(subject) {
      const journal = await openNew(subject);
      for (let seq = 1; seq <= 60; seq++) await journal.append([answer('a', seq, 'o'.repeat(4000))]);
      const reading = journal.replay(1)[Symbol.asyncIterator]();
      equal((await reading.next()).value?.position, 1);
      await journal.retire(40);
      const rest: number[] = [];
      for (let one = await reading.next(); !one.done; one = await reading.next())
        rest.push(one.value.position);
      deepEqual(
        rest.slice(-20),
        Array.from({ length: 20 }, (_, place) => 41 + place),
      );
    },
  },
  journalModelCase,
];
