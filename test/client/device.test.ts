import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newId, randomKey } from '#bank/vault';
import {
  clearOthers,
  countUnsent,
  findInterrupted,
  leaveAll,
  leftovers,
} from '../../client/candidate/device/leftovers.ts';
import { openVault, type Bookmark } from '../../client/candidate/device/vault.ts';
import { canEdit, saveStatus } from '../../client/core/index.ts';
import {
  ATTEMPT,
  dump,
  PATIENCE,
  SEAT,
  sealPaper,
  startSession,
  until,
  VIEW,
} from './support/session-world.ts';

const key = randomKey();
const sectionKey = Buffer.from(key).toString('base64url');
const sealed = sealPaper(key);
const OTHER = { ...SEAT, attempt: newId(), number: '110043' };

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** A page in the middle of the exam: one answer on the server, one that it has not acknowledged. */
async function workedPage() {
  const page = await startSession(Promise.resolve(sealed));
  await page.vault?.keepPaper(sealed);
  page.line.join({ sectionKey });
  await until(page.session, ({ paper }) => paper !== null);
  page.session.answer(0, { x: 'một' });
  await page.line.acknowledge();
  page.session.answer(0, { x: 'hai' });
  const sent = await page.line.question();
  await bookmarked(({ floors, paperKey }) => floors[1] === 1 && paperKey !== null);
  return { ...page, sent };
}

/** Resolves when the device has noted of the attempt what is wanted. */
function bookmarked(test: (bookmark: Bookmark) => boolean): Promise<Bookmark> {
  return vi.waitFor(async () => {
    const records = await recordsOfAttempts();
    const found = records.find(({ attempt }) => attempt === ATTEMPT);
    if (!found || !test(found)) throw new Error('not noted yet');
    return found;
  }, PATIENCE);
}

async function recordsOfAttempts(): Promise<(Bookmark & { attempt: string })[]> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('niem', 1);
    request.addEventListener('success', () => resolve(request.result));
  });
  return new Promise((resolve) => {
    const request = database.transaction('attempts').objectStore('attempts').getAll();
    request.addEventListener('success', () => resolve(request.result));
  });
}

describe('what rests on the device while an exam is running', () => {
  it('is sealed: a key that cannot be exported, boxes, and nothing that says who or what', async () => {
    await workedPage();
    const { paperKey } = await bookmarked(() => true);
    if (!paperKey) throw new Error('There is no key.');
    expect([paperKey.extractable, paperKey.usages]).toEqual([false, ['decrypt']]);
    await expect(crypto.subtle.exportKey('raw', paperKey)).rejects.toThrow(/extractable/);
    const everything = await dump();
    for (const text of [
      sectionKey,
      Buffer.from(key).toString('latin1'),
      SEAT.name,
      SEAT.title,
      SEAT.number,
      'hai',
    ])
      expect(everything).not.toContain(text);
    expect(everything).toContain(sealed.index);
  });

  it('is enough for a page without a server: paper, answers, time, and the next number', async () => {
    await workedPage();
    const found = await findInterrupted();
    expect(found).toMatchObject({ seat: SEAT, hasPaper: true });
    expect(found?.bookmark).toMatchObject({ phase: 'running', endsAt: 4_600_000, ahead: 100_000 });
    expect(await countUnsent()).toBe(1);

    const word = { state: 'running', now: 1_100_000, endsAt: 4_600_000 } as const;
    const { session, line } = await startSession(Promise.resolve(sealed), true, word);
    session.dispatch({ type: 'offline' });
    await until(session, ({ paper }) => paper !== null);
    expect(session.paper()?.slots[0]?.view).toEqual(VIEW);
    const state = session.state();
    expect([canEdit(state), saveStatus(state), state.answers]).toEqual([
      true,
      'offline',
      { 0: { x: 'hai' } },
    ]);
    session.answer(0, { x: 'ba' });
    expect(session.state().outbox.log.at(-1)).toEqual({ epoch: 1, seq: 3, slot: 0, response: { x: 'ba' } });

    expect(line.starts).toBe(0);
    session.connect();
    expect(line.starts).toBe(1);
    line.join({ nextSeq: 2, watermark: 1 });
    expect((await line.acknowledge()).map(({ seq }) => seq)).toEqual([2, 3]);
    await until(session, (state) => saveStatus(state) === 'saved');
  });

  it('has no key any more once the attempt is closed, even while answers wait to be sent', async () => {
    const { line, sent } = await workedPage();
    sent.fail();
    line.say({ state: 'closed' });
    await bookmarked(({ paperKey, phase }) => phase === 'closed' && paperKey === null);
    expect(await findInterrupted()).toMatchObject({ hasPaper: false });
    expect(await countUnsent()).toBe(1);
  });

  it('has no key while another device has the attempt, and has it again after taking it back', async () => {
    const { line, sent } = await workedPage();
    sent.fail();
    line.events?.onSuperseded();
    await bookmarked(({ paperKey, phase }) => phase === 'superseded' && paperKey === null);
    line.join({ epoch: 3, nextSeq: 5, watermark: 4 });
    const { lease } = await bookmarked(({ paperKey }) => paperKey !== null);
    expect(lease).toEqual({ epoch: 3, nextSeq: 5 });
  });

  it('is not touched by a tab from which another one has taken over', async () => {
    const { session } = await workedPage();
    const before = await bookmarked(() => true);
    session.dispatch({ type: 'superseded', by: 'tab' });
    session.dispatch({ type: 'flag', slot: 0 });
    session.answer(0, { x: 'bốn' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(await bookmarked(() => true)).toEqual(before);
  });

  it('is nothing at all when everything has been sent and the attempt is closed', async () => {
    const { line, sent } = await workedPage();
    sent.answer({ ok: true, watermark: 2, at: 1 });
    line.say({ state: 'closed' });
    await vi.waitFor(async () => expect(await dump()).toBe('[[],[],[]]'), PATIENCE);
    expect(await findInterrupted()).toBeNull();
  });
});

describe('somebody else at this device', () => {
  it('finds no paper of who has left, whose unsent work stays', async () => {
    const { vault } = await workedPage();
    await vault?.leave();
    expect(await findInterrupted()).toBeNull();
    expect((await bookmarked(() => true)).paperKey).toBeNull();
    expect(await countUnsent()).toBe(1);
  });

  it('finds none either when the session of the other has ended', async () => {
    await workedPage();
    await leaveAll();
    expect(await findInterrupted()).toBeNull();
    expect((await leftovers())[0]).toMatchObject({ number: SEAT.number, unsent: [{ seq: 2 }] });
  });

  it('takes the place: what was finished goes, what was not sent stays without its key', async () => {
    await workedPage();
    const done = { ...SEAT, attempt: newId() };
    await openVault(done);
    await openVault(OTHER);
    await clearOthers(OTHER.attempt);
    const records = await recordsOfAttempts();
    expect(new Set(records.map(({ attempt }) => attempt))).toEqual(new Set([ATTEMPT, OTHER.attempt]));
    expect(await findInterrupted()).toMatchObject({ seat: OTHER, hasPaper: false });
    expect((await bookmarked(() => true)).paperKey).toBeNull();
  });

  it('is not brought back by a page that notes something after the wipe', async () => {
    const { vault } = await workedPage();
    const mark = await bookmarked(() => true);
    await vault?.wipe();
    await vault?.mark(mark);
    await vault?.leave();
    expect(await dump()).toBe('[[],[],[]]');
  });
});
