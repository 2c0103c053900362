import { observeClock } from './clock.ts';
import type { ExamEvent, ServerWord } from './events.ts';
import * as outbox from './outbox.ts';
import { canEdit, isFinal, nearestSlot, timeLeft, TIME_WARNINGS, type ExamState } from './state.ts';

type EventOf<T extends ExamEvent['type']> = Extract<ExamEvent, { type: T }>;
type Handlers = { [T in ExamEvent['type']]: (state: ExamState, event: EventOf<T>) => ExamState };

/** Takes over what the server says of the attempt. The deadline comes from here and from nowhere else. */
function heed(state: ExamState, word: ServerWord): ExamState {
  if (isFinal(state) && !isFinal({ phase: word.state })) return state;
  const isPaused = word.state === 'paused';
  const section = word.section ?? state.section;
  const isNext = section?.number !== state.section?.number;
  const endsAt = isPaused ? null : (word.section?.endsAt ?? word.endsAt ?? state.endsAt);
  const isMoved = !isNext && state.endsAt !== null && endsAt !== null && state.endsAt !== endsAt;
  const next: ExamState = {
    ...state,
    phase: word.state,
    startsAt: word.startsAt ?? state.startsAt,
    endsAt,
    section,
    left: isPaused ? (word.section?.left ?? word.left ?? null) : null,
    because: word.because ?? state.because,
    receipt: word.receipt ?? state.receipt,
    proof: word.proof ?? state.proof,
    timeChange:
      isMoved && state.phase !== 'waiting'
        ? Math.round((endsAt - (state.endsAt ?? 0)) / 60_000)
        : state.timeChange,
  };
  const heeded = pastDeadline({ ...next, warned: isMoved || isNext ? null : next.warned });
  if (isNext && state.section)
    return { ...settled(heeded), view: 'question', isSubmitting: false, timeChange: null };
  return isPaused ? settled(heeded) : heeded;
}

/** Notices warnings and the end of the time by the server's clock. */
function pastDeadline(state: ExamState): ExamState {
  const left = timeLeft(state);
  if (left === null || state.phase !== 'running') return state;
  if (left === 0) return { ...settled(state), phase: 'over', view: 'question' };
  const due = TIME_WARNINGS.find((minutes) => left <= minutes * 60_000) ?? null;
  return due === state.warned ? state : { ...state, warned: due };
}

/** Keeps `unsentSince` and `resent` true to the outbox after anything that touches it. */
function withOutbox(state: ExamState, next: outbox.Outbox): ExamState {
  return outbox.isEmpty(next)
    ? { ...state, outbox: next, unsentSince: null, resent: 0 }
    : { ...state, outbox: next, unsentSince: state.unsentSince ?? state.monotonic };
}

/** The list without `item` if it has it, else with it at the end. */
function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

function settled(state: ExamState): ExamState {
  const next = outbox.settle(state.outbox);
  return next === state.outbox ? state : { ...state, outbox: next };
}

const handlers: Handlers = {
  tick: (state, { monotonic }) => pastDeadline({ ...state, monotonic }),

  restored(state, { log, floors, lease, flags, slot }) {
    const answers = Object.fromEntries(log.map((entry) => [entry.slot, entry.response]));
    return withOutbox(
      { ...state, kept: log.length, flags, slot, answers },
      outbox.restored(log, floors, lease),
    );
  },

  paper(state, { paper }) {
    const refusal = state.refusal?.of === 'paper' ? null : state.refusal;
    return { ...state, paper, refusal, slot: nearestSlot(paper, state.slot) };
  },

  joined(state, event) {
    const next = outbox.joined(state.outbox, event, event.watermark);
    const server = Object.fromEntries(event.answers.map(({ slot, response }) => [slot, response]));
    const met: ExamState = {
      ...withOutbox(state, next),
      hasJoined: true,
      link: 'online',
      resent: state.link === 'online' ? state.resent : outbox.unsentSlots(next).size,
      refusal: state.refusal?.of === 'join' ? null : state.refusal,
      elsewhere: null,
      clock: observeClock(state.clock, event.sample),
      monotonic: Math.max(state.monotonic, event.sample.receivedAt),
      answers: { ...server, ...outbox.localAnswers(next) },
    };
    return heed(met, event.word);
  },

  server: (state, { word }) => heed(state, word),
  clock: (state, { sample }) => ({ ...state, clock: observeClock(state.clock, sample) }),

  offline(state) {
    return { ...state, link: 'offline', outbox: outbox.undelivered(state.outbox) };
  },

  superseded(state, { by }) {
    return isFinal(state) ? state : { ...state, phase: 'superseded', elsewhere: by };
  },

  answer(state, { slot, response }) {
    if (!canEdit(state)) return state;
    const answers = { ...state.answers, [slot]: response };
    return withOutbox({ ...state, answers }, outbox.draft(state.outbox, slot, response));
  },

  settle: settled,
  sent: (state, { batch }) => ({ ...state, outbox: outbox.sent(state.outbox, batch) }),

  acknowledged(state, { epoch, watermark, at }) {
    const next = outbox.acknowledged(state.outbox, epoch, watermark);
    return { ...withOutbox(state, next), savedAt: Math.max(state.savedAt ?? 0, at), refusal: null };
  },

  held: (state, { epoch, last, count }) =>
    withOutbox(state, outbox.heldBack(state.outbox, epoch, last, count)),
  refused: (state, { refusal }) => ({ ...state, refusal, outbox: outbox.undelivered(state.outbox) }),
  undelivered: (state) => ({ ...state, outbox: outbox.undelivered(state.outbox) }),
  kept: (state, { entries }) => ({ ...state, kept: Math.max(state.kept, entries) }),
  'storage-failed': (state) => ({ ...state, isStorageFailed: true }),

  flag: (state, { slot }) => ({ ...state, flags: toggled(state.flags, slot) }),

  strike(state, { slot, token }) {
    return { ...state, struck: { ...state.struck, [slot]: toggled(state.struck[slot] ?? [], token) } };
  },

  go(state, { slot }) {
    return { ...settled(state), view: 'question', slot: nearestSlot(state.paper, slot) };
  },

  view: (state, { view }) => ({ ...settled(state), view }),
  'note-read': (state) => ({ ...state, timeChange: null }),
  submitting: (state, { isSubmitting }) => ({ ...settled(state), isSubmitting }),
};

/** The whole behaviour of an exam page: pure, so that its promises can be tested on any order of events. */
export function reduce(state: ExamState, event: ExamEvent): ExamState {
  const handle = handlers[event.type] as (state: ExamState, event: ExamEvent) => ExamState;
  return handle(state, event);
}
