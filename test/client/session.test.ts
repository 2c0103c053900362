import 'fake-indexeddb/auto';
import * as noble from '@noble/hashes/utils.js';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FetchedPaper } from '#bank/protocol';
import { randomKey } from '#bank/vault';
import type { Api } from '../../client/candidate/device/api.ts';
import { concatBytes, utf8ToBytes } from '../../client/candidate/device/noble-bytes.ts';
import { paperSource } from '../../client/candidate/device/download.ts';
import { importKey, openPaper } from '../../client/candidate/device/open-paper.ts';
import { leftovers } from '../../client/candidate/device/leftovers.ts';
import { openVault } from '../../client/candidate/device/vault.ts';
import { canEdit, countKept, saveStatus, unsentSlots } from '../../client/core/index.ts';
import {
  dump,
  NEVER,
  PATIENCE,
  SEAT,
  sealPaper,
  sealSections,
  startSession,
  until,
  VIEW,
} from './support/session-world.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('a session of the candidate page', () => {
  it('puts an answer on the device, encrypted, before it travels', async () => {
    const { line, session } = await startSession();
    line.join();
    session.answer(3, { x: 'câu trả lời bí mật' });
    const { body } = await line.question();
    expect(body).toEqual({
      epoch: 1,
      entries: [{ seq: 1, slot: 3, response: { x: 'câu trả lời bí mật' } }],
    });
    const stored = await dump();
    expect(stored).toContain('"seq":1');
    expect(stored).not.toContain('bí mật');
    expect(stored).not.toContain('110042');
    expect((await leftovers())[0]).toMatchObject({ number: '110042', unsent: [{ seq: 1, slot: 3 }] });
  });

  it('sends one batch at a time, and what was given meanwhile after it', async () => {
    const { line, session } = await startSession();
    line.join();
    session.answer(0, { x: '1' });
    const first = await line.question();
    session.answer(0, { x: '2' });
    session.answer(1, { x: '3' });
    expect(line.asked).toEqual([]);
    first.answer({ ok: true, watermark: 1, at: 1 });
    expect(await line.acknowledge()).toEqual([
      { seq: 2, slot: 0, response: { x: '2' } },
      { seq: 3, slot: 1, response: { x: '3' } },
    ]);
    expect(saveStatus(await until(session, (state) => saveStatus(state) === 'saved'))).toBe('saved');
  });

  it('goes on after a reload with the same numbers', async () => {
    const before = await startSession();
    before.line.join();
    before.session.answer(0, { x: 'a' });
    await before.line.acknowledge();
    before.session.answer(1, { x: 'b' });
    await before.line.question();
    before.session.dispatch({ type: 'flag', slot: 1 });
    await vi.waitFor(async () => expect(await dump()).toContain('"flags":[1]'), PATIENCE);

    const after = await startSession();
    expect(after.session.state()).toMatchObject({ flags: [1], hasJoined: false });
    expect(saveStatus(after.session.state())).not.toBe('saved');
    after.line.join({ nextSeq: 2, watermark: 1, answers: [{ slot: 0, seq: 1, response: { x: 'a' } }] });
    expect(after.session.state().answers).toEqual({ 0: { x: 'a' }, 1: { x: 'b' } });
    expect(await after.line.acknowledge()).toEqual([{ seq: 2, slot: 1, response: { x: 'b' } }]);
  });

  it('sends again what was not answered, when the line is back', async () => {
    const { line, session } = await startSession();
    line.join();
    session.answer(0, { x: 'a' });
    (await line.question()).fail();
    await until(session, (state) => state.outbox.sending === null);
    line.events?.onOffline();
    expect(saveStatus(session.state())).toBe('offline');
    line.join();
    expect(await line.acknowledge()).toEqual([{ seq: 1, slot: 0, response: { x: 'a' } }]);
  });

  it('keeps typing together and settles it with a pause, or at once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { line, session } = await startSession();
      line.join();
      session.answer(0, { x: 'c' }, true);
      session.answer(0, { x: 'câ' }, true);
      session.answer(0, { x: 'câu' }, true);
      expect(session.state().outbox.log).toEqual([]);
      vi.advanceTimersByTime(500);
      expect(session.state().outbox.log).toMatchObject([{ seq: 1, response: { x: 'câu' } }]);
      session.answer(0, { x: 'câu 1' }, true);
      session.settle();
      expect(session.state().outbox.log).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('hands in only when everything has arrived, and then leaves nothing behind', async () => {
    const { line, session } = await startSession();
    line.join();
    session.answer(0, { x: 'a' });
    session.dispatch({ type: 'submitting', isSubmitting: true });
    await line.acknowledge();
    const { event, body, answer } = await line.question();
    expect({ event, body }).toEqual({ event: 'submit', body: { epoch: 1, lastSeq: 1 } });
    const proof = { jws: 'j', salt: 's' };
    answer({ ok: true, receipt: '7K3M9QX2VB4D', proof });
    await until(session, (state) => state.phase === 'submitted');
    expect(session.state()).toMatchObject({ receipt: '7K3M9QX2VB4D', proof });
    await vi.waitFor(async () => expect(await dump()).toBe('[[],[],[]]'), PATIENCE);
  });

  it('does not hand in while an answer is refused', async () => {
    const { line, session } = await startSession();
    line.join();
    session.answer(0, { x: 'a' });
    session.dispatch({ type: 'submitting', isSubmitting: true });
    (await line.question()).answer({ ok: false, code: 'unavailable' });
    await until(session, (state) => state.refusal !== null);
    await new Promise((resolve) => setImmediate(resolve));
    expect(line.asked).toEqual([]);
    expect(session.state()).toMatchObject({ isSubmitting: true, phase: 'running' });
  });

  it('takes answers that the server holds for a decision as delivered, and says how many', async () => {
    const { line, session } = await startSession();
    line.join();
    session.answer(0, { x: 'a' });
    session.answer(1, { x: 'b' });
    const { answer } = await line.question();
    line.say({ state: 'closed' });
    answer({ ok: false, code: 'after-deadline', values: { watermark: 0 } });
    await until(session, (state) => state.outbox.held === 2);
    await vi.waitFor(async () => expect(await dump()).toBe('[[],[],[]]'), PATIENCE);
  });

  it('sends what is given next in one later message when the server is behind', async () => {
    let now = 0;
    const { line, session } = await startSession(NEVER, true, undefined, () => now);
    line.join();
    session.answer(0, { x: '1' });
    (await line.question()).answer({ ok: true, watermark: 1, at: 1, slow: true });
    await until(session, (state) => saveStatus(state) === 'saved');
    session.answer(0, { x: '2' });
    session.answer(1, { x: '3' });
    await until(session, (state) => countKept(state.outbox, state.kept) === 2);
    expect(line.asked).toEqual([]);
    now = 10_000;
    session.answer(2, { x: '4' });
    expect(await line.acknowledge()).toEqual([
      { seq: 2, slot: 0, response: { x: '2' } },
      { seq: 3, slot: 1, response: { x: '3' } },
      { seq: 4, slot: 2, response: { x: '4' } },
    ]);
  });

  it('shows a refusal, asks for a fresh word, and does not hammer', async () => {
    const { line, session } = await startSession();
    line.join();
    session.answer(0, { x: 'a' });
    (await line.question()).answer({ ok: false, code: 'unavailable' });
    await until(session, (state) => saveStatus(state) === 'refused');
    expect(line.refreshes).toBe(1);
    session.answer(1, { x: 'b' });
    line.join();
    expect(line.asked).toEqual([]);
    expect(session.state().refusal).toEqual({ code: 'unavailable', of: 'save' });
  });

  it('keeps what meets a stopped clock, without a word of refusal, and sends it when the clock goes on', async () => {
    const { line, session } = await startSession();
    line.join();
    session.answer(0, { x: 'a' });
    (await line.question()).answer({ ok: false, code: 'attempt-paused' });
    await vi.waitFor(() => expect(line.refreshes).toBe(1), PATIENCE);
    line.join({ state: 'paused', left: 60_000 });
    const { phase, left, refusal } = session.state();
    expect({ phase, left, refusal }).toEqual({ phase: 'paused', left: 60_000, refusal: null });
    expect(line.asked).toEqual([]);
    session.answer(1, { x: 'b' });
    expect(session.state().answers[1]).toBeUndefined();
    line.say({ state: 'running', endsAt: 9_000_000 });
    expect(await line.acknowledge()).toEqual([{ seq: 1, slot: 0, response: { x: 'a' } }]);
  });

  it('says that an answer is kept on the device when it is, and not while it is being typed', async () => {
    const { session } = await startSession();
    session.dispatch({ type: 'offline' });
    session.hear({ state: 'running', now: 1_000_000, endsAt: 4_600_000 });
    session.dispatch({
      type: 'restored',
      log: [],
      floors: {},
      lease: { epoch: 1, nextSeq: 1 },
      flags: [],
      slot: 0,
    });
    session.answer(0, { x: 'a' }, true);
    const typing = session.state();
    expect([unsentSlots(typing.outbox).size, countKept(typing.outbox, typing.kept)]).toEqual([1, 0]);
    session.settle();
    const settled = session.state();
    expect(countKept(settled.outbox, settled.kept)).toBe(0);
    const kept = await until(session, (state) => state.kept === 1);
    expect(countKept(kept.outbox, kept.kept)).toBe(1);
    expect(await dump()).toContain('"seq":1');
  });

  it('works in memory where the browser refuses storage, and says so', async () => {
    const { line, session } = await startSession(NEVER, false);
    expect(session.state().isStorageFailed).toBe(true);
    line.join();
    session.answer(0, { x: 'a' });
    expect(await line.acknowledge()).toHaveLength(1);
  });

  it('opens the paper with the key of the server', async () => {
    const key = randomKey();
    const { session, line } = await startSession(Promise.resolve(sealPaper(key)));
    line.join({ sectionKey: Buffer.from(key).toString('base64url') });
    await until(session, (state) => state.paper !== null);
    expect(session.paper()?.slots[0]?.view).toEqual(VIEW);
    expect(session.state().paper?.slots).toEqual([{ kind: 'tfCluster', part: 0, points: 100, wanted: 1 }]);
  });

  it('opens the same boxes where the browser cannot inflate by itself', async () => {
    const key = randomKey();
    const sealed = sealPaper(key);
    const opens = await importKey(Buffer.from(key).toString('base64url'));
    const today = await openPaper(sealed, opens);
    vi.stubGlobal('DecompressionStream', undefined);
    try {
      expect(await openPaper(sealed, opens)).toEqual(today);
      expect(today.slots[0]?.view).toEqual(VIEW);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('shows the paper and the answers of this device before the line is up, to read only', async () => {
    const before = await startSession();
    before.line.join();
    before.session.answer(0, { x: 'a' });
    await before.line.acknowledge();
    const key = randomKey();
    const { session, line } = await startSession(Promise.resolve(sealPaper(key)));
    line.say({ sectionKey: Buffer.from(key).toString('base64url') });
    const state = await until(session, ({ paper }) => paper !== null);
    expect(state.answers).toEqual({ 0: { x: 'a' } });
    expect([canEdit(state), saveStatus(state)]).toEqual([false, 'connecting']);
    line.join({ nextSeq: 2, watermark: 1 });
    expect(canEdit(session.state())).toBe(true);
  });

  it('refuses a paper with a changed box as a whole, and tries again with the next key', async () => {
    const key = randomKey();
    const sealed = sealPaper(key);
    const { session, line } = await startSession(Promise.resolve(sealed));
    line.join({ sectionKey: Buffer.from(randomKey()).toString('base64url') });
    await until(session, (state) => state.refusal?.of === 'paper');
    expect(session.paper()).toBeNull();
    line.say({ sectionKey: Buffer.from(key).toString('base64url') });
    await until(session, (state) => state.paper !== null);
    expect(session.state().refusal).toBeNull();
  });
});

describe('the bytes of the bundle', () => {
  it('are joined as the library joins them, so that boxes open alike', () => {
    const parts = [utf8ToBytes('niem/box/1 – ẬỄ'), new Uint8Array(), Uint8Array.of(0, 255)];
    expect(utf8ToBytes('Đề thi ẬỄ 🎓')).toEqual(noble.utf8ToBytes('Đề thi ẬỄ 🎓'));
    expect(concatBytes(...parts)).toEqual(noble.concatBytes(...parts));
  });
});

describe('where the sealed paper comes from', () => {
  const away = api(() => Promise.reject(new Error('nothing is asked')));
  const ignore = () => {};
  const noMedia = () => Promise.reject(new Error('this paper has no recordings'));
  const sorted = (texts: (string | undefined)[]) => [...texts].sort();

  function api(get: (path: string) => Promise<unknown>): Api {
    return { get: get as Api['get'], post: () => Promise.reject(new Error('not used')) };
  }

  /** Gives a paper and its boxes, and keeps what was asked for. */
  function giving(paper: FetchedPaper, asked: string[] = []): Api {
    const { boxes, ...index } = paper;
    return api(async (path) => {
      asked.push(path);
      return path === 'paper' ? index : boxes.get(path.replace('boxes/', ''));
    });
  }

  /** A paper of six questions. */
  const paper = sealSections(Array.from({ length: 6 }, () => randomKey()));
  const paths = paper.addresses.map((address) => `boxes/${address}`);

  it('is the server at first and this device after that, still sealed', async () => {
    const vault = await openVault(SEAT);
    const onBytes = vi.fn<(bytes: number, isDone: boolean) => void>();
    expect(await paperSource(giving(paper), vault, onBytes, noMedia)(false)).toEqual(paper);
    expect(await paperSource(away, vault, onBytes, noMedia)(false)).toEqual(paper);
    const bytes = [...paper.boxes.values()].reduce((sum, box) => sum + box.length, 0);
    expect(onBytes).toHaveBeenLastCalledWith(bytes, true);
    expect(await dump()).toContain(paper.index);
    await vault.wipe();
    await vault.keepPaper(paper);
    expect(await dump()).toBe('[[],[],[]]');
  });

  it('is the server for what is missing, when an earlier page has fetched a part', async () => {
    const vault = await openVault(SEAT);
    const whole = giving(paper);
    const breaking = api((path) => (paths.slice(4).includes(path) ? NEVER : whole.get(path)));
    void paperSource(breaking, vault, ignore, noMedia)(false);
    await vi.waitFor(async () => expect((await vault.paper())?.boxes?.size).toBe(4), PATIENCE);
    const asked: string[] = [];
    expect(await paperSource(giving(paper, asked), vault, ignore, noMedia)(false)).toEqual(paper);
    expect(sorted(asked)).toEqual(sorted([...paths.slice(4), 'paper']));
  });

  it('is asked again for a box in whose place something else came, and for no other', async () => {
    const whole = giving(paper);
    const asked: string[] = [];
    const portal = api(async (path) => {
      const isFirst = !asked.includes(path);
      asked.push(path);
      if (path === paths[1] && isFirst) throw new Error('the line broke');
      return path === paths[0] && isFirst ? undefined : whole.get(path);
    });
    expect(await paperSource(portal, null, ignore, noMedia)(false)).toEqual(paper);
    expect(sorted(asked)).toEqual(sorted([...paths, paths[0], paths[1], 'paper', 'paper']));
  });

  it('is the server again when what was kept does not open', async () => {
    const vault = await openVault(SEAT);
    const fresh = sealPaper(randomKey());
    await vault.keepPaper(paper);
    const source = paperSource(giving(fresh), vault, ignore, noMedia);
    expect(await source(true)).toEqual(fresh);
    expect(await source(false)).toEqual(fresh);
  });

  it('is the server when what was kept is of an earlier build', async () => {
    const vault = await openVault(SEAT);
    const { boxes: _boxes, addresses: _addresses, ...old } = paper;
    await vault.keepPaper(old as FetchedPaper);
    expect(await paperSource(giving(paper), vault, ignore, noMedia)(false)).toEqual(paper);
  });
});
