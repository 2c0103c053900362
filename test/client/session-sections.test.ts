import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { randomKey } from '#bank/vault';
import { announcement, slotStatuses, type ExamState } from '../../client/core/index.ts';
import { sealSections, startSession, until } from './support/session-world.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const text = (key: Uint8Array) => Buffer.from(key).toString('base64url');

/** A page in the first of three sections, of one question each. */
async function firstSection() {
  const keys = [randomKey(), randomKey(), randomKey()];
  const sealed = sealSections(keys);
  const word = (number: number, endsAt = 2_000_000) => ({
    section: { number, count: 3, endsAt },
    endsAt: 9_000_000,
    sectionKey: text(keys[number] ?? randomKey()),
  });
  const page = await startSession(Promise.resolve(sealed));
  page.line.join(word(0));
  await until(page.session, ({ paper }) => paper !== null);
  return { ...page, sealed, word };
}
const opened = (section: number) => (state: ExamState) => state.paper?.before.slots === section;
const slots = (state: ExamState) => slotStatuses(state).map(({ slot, number, part }) => [slot, number, part]);

describe('a page in an exam with sections', () => {
  it('shows the questions of the section and its own time, and no others', async () => {
    const { session } = await firstSection();
    const state = session.state();
    expect(slots(state)).toEqual([[0, 1, 0]]);
    expect(state.endsAt).toBe(2_000_000);
    session.dispatch({ type: 'go', slot: 2 });
    expect(session.state().slot).toBe(0);
  });

  it('finishes a section once everything is sent, and opens the next with the key of the answer', async () => {
    const { session, line, word } = await firstSection();
    const told: unknown[] = [];
    session.subscribe((after, before) => told.push(announcement(before, after)));
    session.answer(0, { x: 'a' });
    session.dispatch({ type: 'submitting', isSubmitting: true });
    await line.acknowledge();
    const { event, body, answer } = await line.question();
    expect([event, body]).toEqual(['next', { epoch: 1, lastSeq: 1, section: 0 }]);
    answer({ ok: true, state: 'running', now: 1_000_000, ...word(1, 3_000_000) });
    const state = await until(session, opened(1));
    expect(slots(state)).toEqual([[1, 2, 1]]);
    expect(state).toMatchObject({ slot: 1, view: 'question', isSubmitting: false, endsAt: 3_000_000 });
    expect(state.timeChange).toBeNull();
    expect(told).toContainEqual({ key: 'section', isUrgent: true, number: 1, count: 3 });
    session.answer(1, { x: 'b' });
    expect(await line.acknowledge()).toEqual([{ seq: 2, slot: 1, response: { x: 'b' } }]);
  });

  it('waits for the next when its time is over, and counts what the server holds of the last', async () => {
    const { session, line, word } = await firstSection();
    session.dispatch({ type: 'offline' });
    session.answer(0, { x: 'a' });
    session.dispatch({ type: 'submitting', isSubmitting: true });
    const before = session.state();
    session.dispatch({ type: 'tick', monotonic: 1_000_000 });
    expect(session.state().phase).toBe('over');
    expect(announcement(before, session.state())).toEqual({ key: 'sectionOver', isUrgent: true });
    line.join({ now: 2_000_000, ...word(1, 4_000_000) });
    const { event, answer } = await line.question();
    expect(event).toBe('save');
    answer({ ok: false, code: 'section-over', values: { watermark: 1, held: 1 } });
    const state = await until(session, ({ outbox }) => outbox.held === 1);
    expect(state).toMatchObject({ phase: 'running', isSubmitting: false, refusal: null });
    await until(session, opened(1));
    expect(line.asked).toEqual([]);
  });

  it('hands in from the last section', async () => {
    const { session, line, word } = await firstSection();
    line.say(word(2));
    await until(session, opened(2));
    session.dispatch({ type: 'submitting', isSubmitting: true });
    expect(await line.question()).toMatchObject({ event: 'submit', body: { epoch: 1, lastSeq: 0 } });
  });

  it('opens nothing with the key of a section before, kept on the device', async () => {
    const { session, sealed, word, line } = await firstSection();
    line.say(word(1));
    await until(session, opened(1));
    session.stop();
    const again = await startSession(Promise.resolve(sealed), true, {
      state: 'running',
      now: 1_000_000,
      section: { number: 2, count: 3, endsAt: 4_000_000 },
    });
    again.line.join(word(2));
    const state = await until(again.session, ({ paper }) => paper !== null);
    expect(state.paper?.before.slots).toBe(2);
    expect(state.refusal).toBeNull();
  });
});
