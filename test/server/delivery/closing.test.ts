import { compactVerify, importJWK, type JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Response } from '#bank/protocol';
import { answersRoot, receiptCode, RECEIPT_TYPE, type ReceiptClaims } from '#server/delivery';
import { Unavailable, type CollectionName, type Journal, type Store } from '#server/storage';
import { openPorts } from '../../support/ports.ts';
import {
  committingBy,
  DURATION_MS,
  KINDS,
  ledger,
  newWorld,
  openSheet,
  proctor,
  runningExam,
  seat,
  seatExam,
  startOn,
  type Candidate,
  type World,
} from './world.ts';

/** Joins as a new device and saves these texts to slot 5, one message each. */
async function write(
  { delivery }: World,
  candidate: Candidate,
  texts: string[],
  device = 'A',
): Promise<number> {
  const { epoch, nextSeq } = await delivery.join(candidate, { device });
  for (const [i, x] of texts.entries()) {
    await delivery.save(candidate, { epoch, entries: [{ seq: nextSeq + i, slot: 5, response: { x } }] });
  }
  return nextSeq + texts.length - 1;
}

async function claimsOf({ delivery }: World, jws: string): Promise<ReceiptClaims> {
  const { keys } = delivery.receiptKeys as { keys: JWK[] };
  const { payload, protectedHeader } = await compactVerify(jws, await importJWK(keys[0] ?? {}, 'EdDSA'));
  expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: RECEIPT_TYPE, kid: keys[0]?.kid });
  return JSON.parse(Buffer.from(payload).toString()) as ReceiptClaims;
}

describe('handing in', () => {
  it('gives one receipt to fifty who hand the same attempt in at once, and again later', async () => {
    const world = await runningExam();
    const candidate = seat(world.sitting);
    const lastSeq = await write(world, candidate, ['một', 'hai']);
    const body = { epoch: 1, lastSeq };
    const receipts = await Promise.all(
      Array.from({ length: 50 }, () => world.delivery.submit(candidate, body)),
    );
    expect(new Set(receipts.map((reply) => JSON.stringify(reply))).size).toBe(1);
    const records = await world.journal.read(candidate.attempt);
    expect(records.filter(({ type }) => type === 'submit')).toHaveLength(1);
    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    await world.journal.close();
    const again = await startOn(world);
    expect((await again.delivery.join(candidate, { device: 'A' })).receipt).toBe(receipts[0]?.receipt);
  });

  it('signs what is on the record, and tells nothing of the answers without the salt', async () => {
    const world = await runningExam();
    const candidate = seat(world.sitting);
    const lastSeq = await write(world, candidate, ['một', 'hai']);
    const { receipt, proof } = await world.delivery.submit(candidate, { epoch: 1, lastSeq });
    const claims = await claimsOf(world, proof.jws);
    const paper = await world.store.get('papers', candidate.attempt);
    expect(claims).toMatchObject({
      exam: world.sitting.exam,
      attempt: candidate.attempt,
      paperHash: paper?.certificate.paperHash,
      lastSeq: 2,
      submittedAt: world.clock.time,
    });
    const responses: Response[] = KINDS.map((_, slot) => (slot === 5 ? { x: 'hai' } : null));
    const salt = Buffer.from(proof.salt, 'base64url');
    expect(answersRoot(salt, responses).toString('base64url')).toBe(claims.root);
    const others: Response[] = responses.with(5, { x: 'một' });
    expect(answersRoot(salt, others).toString('base64url')).not.toBe(claims.root);
    expect(answersRoot(Buffer.alloc(32), responses).toString('base64url')).not.toBe(claims.root);
    expect(receipt).toBe(receiptCode(proof.jws));
    expect(receipt).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    const [head, payload, signature] = proof.jws.split('.');
    const forged = Buffer.from(JSON.stringify({ ...claims, lastSeq: 3 })).toString('base64url');
    expect(payload).not.toBe(forged);
    await expect(claimsOf(world, `${head}.${forged}.${signature}`)).rejects.toThrow(/signature/);
  });

  it('waits for answers that the device has given out and that have not arrived', async () => {
    const world = await runningExam();
    const candidate = seat(world.sitting);
    await write(world, candidate, ['một']);
    const early = world.delivery.submit(candidate, { epoch: 1, lastSeq: 3 });
    await expect(early).rejects.toMatchObject({ code: 'answers-missing', values: { watermark: 1 } });
  });

  it('is refused before the start, without the lease, and after the end', async () => {
    const world = await newWorld();
    const sitting = await seatExam(world, 1);
    const candidate = seat(sitting);
    const submit = (epoch: number) => world.delivery.submit(candidate, { epoch, lastSeq: 0 });
    await expect(submit(1)).rejects.toMatchObject({ code: 'not-joined' });
    await world.delivery.join(candidate, { device: 'A' });
    await expect(submit(1)).rejects.toMatchObject({ code: 'not-started' });
    await world.proctoring.startExam(proctor, sitting.exam);
    await world.delivery.join(candidate, { device: 'B' });
    await expect(submit(1)).rejects.toMatchObject({ code: 'superseded' });
    world.clock.time += DURATION_MS;
    await expect(submit(2)).rejects.toMatchObject({ code: 'after-deadline' });
  });
});

describe('the deadline', () => {
  it('closes every attempt with what is on the record, whether handed in or not, and writes its sheet', async () => {
    const world = await runningExam(3);
    const { exam } = world.sitting;
    const [handsIn, writes, absent] = [0, 1, 2].map((place) => seat(world.sitting, place)) as [
      Candidate,
      Candidate,
      Candidate,
    ];
    const lastSeq = await write(world, handsIn, ['một']);
    const { receipt } = await world.delivery.submit(handsIn, { epoch: 1, lastSeq });
    await write(world, writes, ['một', 'hai']);
    await write(world, writes, ['ba'], 'B');
    const stale = { epoch: 1, entries: [{ seq: 3, slot: 4, response: { x: '1' } }] };
    await expect(world.delivery.save(writes, stale)).rejects.toMatchObject({ code: 'superseded' });
    world.clock.time += DURATION_MS;
    const late = { epoch: 2, entries: [{ seq: 4, slot: 4, response: { x: '2' } }] };
    await expect(world.delivery.save(writes, late)).rejects.toMatchObject({ code: 'after-deadline' });
    await world.delivery.closeDue();

    expect(await world.store.get('exams', exam)).toMatchObject({ state: 'closed' });
    expect(await openSheet(world, handsIn.attempt)).toMatchObject({
      exam,
      attempt: handsIn.attempt,
      receipt,
      transitions: [{ to: 'started' }, { to: 'submitted' }, { to: 'closed', at: world.clock.time }],
    });
    const sheet = await openSheet(world, writes.attempt);
    expect(sheet?.answers).toMatchObject([{ slot: 5, seq: 3, epoch: 2, response: { x: 'ba' } }]);
    expect(sheet?.history.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(sheet?.late).toMatchObject([
      { epoch: 1, seq: 3, slot: 4 },
      { epoch: 2, seq: 4, slot: 4 },
    ]);
    expect(sheet?.leases).toMatchObject([{ epoch: 1 }, { epoch: 2, voided: [] }]);
    expect(sheet?.transitions.map(({ to }) => to)).toEqual(['started', 'closed']);
    expect((await claimsOf(world, sheet?.proof?.jws ?? '')).lastSeq).toBe(3);
    expect(await openSheet(world, absent.attempt)).toMatchObject({
      answers: [],
      history: [],
      transitions: [{ to: 'closed' }],
    });
    expect((await openSheet(world, absent.attempt))?.receipt).toBeUndefined();
  });

  it('leaves one leaf for the start and the end of the exam and for each step of an attempt', async () => {
    const world = await runningExam(2);
    const { exam } = world.sitting;
    const [first, second] = [seat(world.sitting, 0).attempt, seat(world.sitting, 1).attempt];
    await write(world, seat(world.sitting, 0), ['một']);
    await world.delivery.submit(seat(world.sitting, 0), { epoch: 1, lastSeq: 1 });
    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    await world.delivery.closeDue();
    const leaves = await ledger(world);
    expect(leaves.toSorted()).toEqual(
      [
        `exam.start exam:${exam}`,
        `exam.close exam:${exam}`,
        `attempt.start attempt:${first}`,
        `attempt.submit attempt:${first}`,
        `attempt.close attempt:${first}`,
        `attempt.close attempt:${second}`,
      ].toSorted(),
    );
    expect(leaves.at(0)).toMatch(/^exam.start/);
    expect(leaves.at(-1)).toMatch(/^exam.close/);
  });

  it('is kept by a server that was down when it came, before it takes anybody in', async () => {
    const world = await runningExam(2);
    await write(world, seat(world.sitting), ['một']);
    await world.journal.close();
    world.clock.time += DURATION_MS;
    const again = await startOn(world);
    expect(await again.store.get('exams', world.sitting.exam)).toMatchObject({ state: 'closed' });
    expect((await openSheet(again, seat(world.sitting).attempt))?.answers).toHaveLength(1);
    const joined = await again.delivery.join(seat(world.sitting), { device: 'A' });
    expect(joined).toMatchObject({ state: 'closed', watermark: 1, receipt: expect.any(String) });
    expect(joined.sectionKey).toBeUndefined();
  });

  it('counts the moment at which a save arrived, not the moment at which it was dealt with', async () => {
    const world = await runningExam();
    const candidate = seat(world.sitting);
    await write(world, candidate, ['một']);
    world.clock.time += DURATION_MS - 1;
    const inTime = world.delivery.save(candidate, {
      epoch: 1,
      entries: [{ seq: 2, slot: 5, response: { x: 'hai' } }],
    });
    world.clock.time += 1;
    const closing = world.delivery.closeDue();
    expect(await inTime).toMatchObject({ ok: true, watermark: 2 });
    await closing;
    expect((await openSheet(world, candidate.attempt))?.answers).toMatchObject([{ response: { x: 'hai' } }]);
  });

  it('acknowledges again what was saved in time, also afterwards', async () => {
    const world = await runningExam();
    const candidate = seat(world.sitting);
    await write(world, candidate, ['một']);
    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    const known = { seq: 1, slot: 5, response: { x: 'một' } };
    const save = (entries: (typeof known)[]) => world.delivery.save(candidate, { epoch: 1, entries });
    expect(await save([known])).toMatchObject({ ok: true, watermark: 1 });
    const late = { seq: 2, slot: 5, response: { x: 'hai' } };
    await expect(save([known, late])).rejects.toMatchObject({
      code: 'after-deadline',
      values: { watermark: 1 },
    });
    await expect(save([late])).rejects.toMatchObject({ code: 'after-deadline' });
    const held = (await world.journal.read(candidate.attempt)).filter(({ type }) => type === 'late');
    expect(held).toHaveLength(1);
  });
});

/** A store that is lost with the first commit to a collection: before it is done, or (`isDone`) right after. */
function failingStore(store: Store, collection: CollectionName, isDone: boolean): Store {
  let isLost = false;
  return committingBy(store, async (writes) => {
    const isTheOne = !isLost && writes.some((write) => write.in === collection);
    isLost ||= isTheOne;
    if (!isLost || (isTheOne && isDone)) await store.commit(writes);
    if (isLost) throw new Unavailable('the disk is gone');
  });
}

describe('a crash while the exam is being closed', () => {
  const collections = ['sheets', 'tailers', 'exams'] as const;
  const cases = collections.flatMap((collection) => [
    { collection, when: 'before', isDone: false },
    { collection, when: 'after', isDone: true },
  ]);

  it.each(cases)(
    'loses and doubles nothing, $when the commit to $collection',
    async ({ collection, isDone }) => {
      const world = await runningExam(3);
      await write(world, seat(world.sitting), ['một']);
      await world.delivery.stop();
      await world.journal.close();
      world.clock.time += DURATION_MS;
      const store = failingStore(world.store, collection, isDone);
      await expect(startOn(world, { store })).rejects.toBeInstanceOf(Unavailable);
      await startOn(world);
      const leaves = await ledger(world);
      expect(new Set(leaves).size).toBe(leaves.length);
      expect(leaves).toHaveLength(2 + 1 + 3);
      for (const { attempt } of world.sitting.candidates) {
        expect((await openSheet(world, attempt))?.transitions.at(-1)?.to).toBe('closed');
      }
      expect(await world.store.get('exams', world.sitting.exam)).toMatchObject({ state: 'closed' });
    },
  );
});

describe('the journal', () => {
  it('that cannot be written acknowledges nothing', async () => {
    const world = await runningExam();
    const candidate = seat(world.sitting);
    await write(world, candidate, ['một']);
    await world.journal.fence();
    const entries = [{ seq: 2, slot: 5, response: { x: 'hai' } }];
    await expect(world.delivery.save(candidate, { epoch: 1, entries })).rejects.toBeInstanceOf(Unavailable);
    expect((await world.delivery.presence(candidate.attempt)).watermark).toBe(1);
  });

  it('that has lost its end stops the start', async () => {
    const world = await runningExam();
    await write(world, seat(world.sitting), ['một']);
    await world.delivery.stop();
    const shorter: Journal = { ...world.journal, head: () => 0 };
    await expect(startOn(world, { journal: shorter })).rejects.toThrow(/segment files are missing/);
  });

  it('that has lost its beginning stops the start, saying so', async () => {
    const world = await runningExam();
    await write(world, seat(world.sitting), ['một']);
    await world.delivery.stop();
    const later: Journal = { ...world.journal, replay: (from) => world.journal.replay(Math.max(from, 3)) };
    await expect(startOn(world, { journal: later })).rejects.toThrow(/segment files are missing/);
  });

  it('is the only thing that a start needs to go on with every attempt', async () => {
    const disk = await openPorts();
    const world = await startOn(disk);
    const sitting = await seatExam(disk, 20);
    await world.proctoring.startExam(proctor, sitting.exam);
    await Promise.all(sitting.candidates.map((candidate) => write(world, candidate, ['một', 'hai'])));
    const before = await Promise.all(
      sitting.candidates.map(({ attempt }) => world.delivery.presence(attempt)),
    );
    await world.journal.close();
    const again = await startOn(disk);
    const after = await Promise.all(
      sitting.candidates.map(({ attempt }) => again.delivery.presence(attempt)),
    );
    expect(after).toEqual(before);
    expect(after[7]).toMatchObject({ state: 'running', watermark: 2, answered: 1, devices: 1 });
  });
});
