import { beforeEach, expect, test } from 'vitest';
import { newId, openBox, sealBox } from '#bank/vault';
import { createCustody } from '#server/custody';
import type { Stored } from '#server/storage';
import { indexBoxContext } from '#bank/protocol';
import { openWorld, sealedExam, startExam, teacher, TENANT, type World } from '../exams/world.ts';

let world: World;
let exam: string;
let attempt: string;
beforeEach(async () => {
  world = await openWorld();
  exam = await sealedExam(world, 2);
  attempt = (await world.store.range('papers', { index: 'by_exam', equals: [exam], limit: 1 })).docs[0]!._id;
});

const closed = { code: 'exam-not-open', status: 409 };

function start(startsAt: number) {
  return startExam(world, exam, startsAt);
}

test('nothing opens before the exam is started, nor before its starting time has come', async () => {
  const { custody, clock } = world;
  await expect(custody.open(exam)).rejects.toMatchObject(closed);
  await start(clock.time + 60_000);
  await expect(custody.open(exam)).rejects.toMatchObject(closed);
  expect(custody.isOpen(exam)).toBe(false);
  expect(() => custody.sectionKey(exam, attempt)).toThrow(expect.objectContaining(closed));
  clock.time += 60_000;
  await custody.open(exam);
  expect(custody.isOpen(exam)).toBe(true);
});

test('the section key opens the paper of its attempt and no other', async () => {
  const { custody, store, clock } = world;
  await start(clock.time);
  await custody.open(exam);
  const papers = (await store.range('papers', { index: 'by_exam', equals: [exam], limit: 2 })).docs;
  const [mine, other] = papers;
  const key = custody.sectionKey(exam, mine!._id);
  expect(key).toHaveLength(32);
  expect(openBox(key, indexBoxContext(TENANT, mine!._id, 0), mine!.indexBox).length).toBeGreaterThan(0);
  expect(() => openBox(key, indexBoxContext(TENANT, other!._id, 0), other!.indexBox)).toThrow(
    'cannot be opened',
  );
});

test('a database that was changed opens no paper, and moves no end', async () => {
  const { store, custody, exams, clock } = world;
  const change = async (changes: Partial<Stored<'exams'>>) => {
    const { v, ...doc } = (await store.get('exams', exam))!;
    await store.commit([
      { op: 'replace', in: 'exams', doc: { ...doc, ...changes, _id: exam }, ifVersion: v },
    ]);
  };
  const times = { startsAt: new Date(clock.time), endsAt: new Date(clock.time + 60_000) };
  await change({ state: 'open', ...times });
  await expect(custody.open(exam)).rejects.toMatchObject(closed);
  clock.time += 60_000;
  await change({ state: 'released' });
  await expect(exams.publish(teacher, exam)).rejects.toMatchObject({ code: 'exam-not-closed' });

  await change({ state: 'sealed' });
  await start(clock.time);
  await change({ endsAt: new Date(clock.time + 1) });
  clock.time += 1;
  await expect(custody.open(exam)).rejects.toThrow('cannot be opened');
  await change({ state: 'closed' });
  await expect(exams.publish(teacher, exam)).rejects.toThrow('cannot be opened');
});

test('after a restart the key is opened again, the same', async () => {
  const { store, keyring, clock, custody } = world;
  await start(clock.time);
  await custody.open(exam);
  const again = createCustody({ store, keyring: keyring.onlyLines('exam/*/paper'), clock, tenant: TENANT });
  expect(again.isOpen(exam)).toBe(false);
  await Promise.all([again.open(exam), again.open(exam)]);
  expect(again.sectionKey(exam, attempt)).toEqual(custody.sectionKey(exam, attempt));
});

test('closing forgets the key, and a closed exam never opens again', async () => {
  const { custody, exams, clock } = world;
  await start(clock.time);
  await custody.open(exam);
  custody.close(exam);
  expect(() => custody.sectionKey(exam, attempt)).toThrow(expect.objectContaining(closed));
  await exams.advance(teacher, exam, { to: 'closed', action: 'exam.close' });
  await expect(custody.open(exam)).rejects.toMatchObject(closed);
});

test('closing while it is being opened leaves it closed', async () => {
  const { custody, clock } = world;
  await start(clock.time);
  const opening = custody.open(exam);
  custody.close(exam);
  await expect(opening).rejects.toMatchObject(closed);
  expect(custody.isOpen(exam)).toBe(false);
});

test('closing all forgets every key', async () => {
  await start(world.clock.time);
  await world.custody.open(exam);
  world.custody.closeAll();
  expect(world.custody.isOpen(exam)).toBe(false);
});

test('an unknown exam is refused like one that is not open', async () => {
  await expect(world.custody.open(newId())).rejects.toMatchObject(closed);
});

test('a new key is erased with its section keys underivable afterwards', async () => {
  const id = newId();
  const key = await world.custody.newKey(id);
  const before = key.sectionKey('a');
  const box = sealBox(before, 'section', indexBoxContext(TENANT, 'a', 0), Buffer.from('x'));
  key.erase();
  expect(() => openBox(key.sectionKey('a'), indexBoxContext(TENANT, 'a', 0), box)).toThrow(
    'cannot be opened',
  );
});
