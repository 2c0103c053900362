import {
  HELD_CODES,
  type FetchedPaper,
  type Refused,
  type Response as Answer,
  type Saved,
  type SectionLeft,
  type StateWord,
  type Submitted,
} from '#bank/protocol';
import {
  hasNextSection,
  INITIAL,
  isEmpty,
  isEssay,
  isFinal,
  nextBatch,
  reduce,
  type ExamEvent,
  type ExamState,
} from '../core/index.ts';
import { createKeeper, type KeeperParts } from './device/keeper.ts';
import type { Link, LinkEvents } from './device/link.ts';
import { importKey, openPaper, type OpenPaper } from './device/open-paper.ts';

/** A typed answer gets its place in the outbox after this pause of the typist, in ms. */
const TYPING_PAUSE = 500;
/** After a refusal the same answers are offered again, but not faster than this, in ms. */
const REFUSAL_PAUSE = 5000;
/** Between two messages to a server whose disk is behind, in ms; what is given meanwhile goes with the second. */
const SLOW_PAUSE = 3000;

interface SessionParts extends Omit<KeeperParts, 'onFailed'> {
  /** Gives the sealed paper; `isFresh` leaves out what this device has kept of it. */
  fetchPaper(isFresh: boolean): Promise<FetchedPaper>;
  makeLink(events: LinkEvents): Link;
  onSignedOut(refusal?: unknown): void;
}

/** One exam in one tab: runs the state machine and does what its states call for. */
export interface Session {
  state(): ExamState;
  paper(): OpenPaper | null;
  subscribe(listener: (state: ExamState, before: ExamState) => void): () => void;
  dispatch(event: ExamEvent): void;
  /** Sends an event by what is there; rejects when no answer came. */
  ask: Link['ask'];
  /**
   * Records an answer. `typing` waits before it gets its place in the outbox: for a pause of the typist, or so many
   * milliseconds whatever is typed.
   */
  answer(slot: number, response: Answer, typing?: boolean | number): void;
  /** Gives what is being typed its place now. */
  settle(): void;
  /**
   * Begins with what rests on this device and with the word of the server, which may already open the paper; or with
   * the server's last word to an earlier page, whose key of the paper then serves again.
   */
  start(word: StateWord): Promise<void>;
  /** Takes in a word of the server that came outside of the line. */
  hear(word: StateWord): void;
  /** Joins, and stays in touch from now on. */
  connect(): void;
  /** Takes the attempt back from another device or tab. */
  takeOver(): void;
  /** Tries to reach the server now. */
  wake(): void;
  /** Joins again for a fresh word of the server. */
  refresh(): void;
  stop(): void;
}

export function createSession(parts: SessionParts): Session {
  const { fetchPaper, makeLink, monotonic, onSignedOut } = parts;
  const keeper = createKeeper({ ...parts, onFailed: () => dispatch({ type: 'storage-failed' }) });
  let sealed = fetchPaper(false);
  let state = INITIAL;
  let paper: OpenPaper | null = null;
  let paperKey: CryptoKey | null = null;
  /** The section whose paper is open or being opened. */
  let opened: number | null = null;
  let isSending = false;
  let isFinished = false;
  let retryAt = 0;
  /** Nothing is sent until the server has said where the attempt stands. */
  let needsWord = false;
  let typing: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<(state: ExamState, before: ExamState) => void>();
  const link = makeLink({
    onJoined(reply, sample) {
      const { epoch, nextSeq, watermark, answers } = reply;
      needsWord = false;
      dispatch({ type: 'joined', epoch, nextSeq, watermark, answers, word: reply, sample });
      useKey(reply);
    },
    onWord: hear,
    onOffline: () => dispatch({ type: 'offline' }),
    onRefused: (code) => dispatch({ type: 'refused', refusal: { code, of: 'join' } }),
    onSuperseded: () => dispatch({ type: 'superseded', by: 'device' }),
    onSignedOut,
  });

  function hear(word: StateWord): void {
    needsWord = false;
    dispatch({ type: 'server', word });
    useKey(word);
  }

  function dispatch(event: ExamEvent): void {
    const before = state;
    state = reduce(state, event);
    if (state === before) return;
    for (const listener of listeners) listener(state, before);
    if (!state.isStorageFailed && !isFinished) keeper.keep(state, before, paperKey);
    const entries = state.outbox.log.length;
    if (entries > before.outbox.log.length)
      void keeper.settled().then(() => dispatch({ type: 'kept', entries }));
    void send();
  }

  /** What this device has kept may be of an earlier sealing: then the server is asked once more. */
  async function openWith(key: CryptoKey, section: number): Promise<OpenPaper> {
    try {
      return await openPaper(await sealed, key, section);
    } catch {
      sealed = fetchPaper(true);
      return openPaper(await sealed, key, section);
    }
  }

  function useKey({ sectionKey, section }: StateWord): void {
    if (sectionKey) void open(section?.number ?? 0, () => importKey(sectionKey));
  }

  /** Opens the paper, or a section of it, with the first key that comes. */
  async function open(section: number, key: () => CryptoKey | Promise<CryptoKey>): Promise<void> {
    if (opened === section) return;
    opened = section;
    try {
      const imported = await key();
      const open = await openWith(imported, section);
      if (opened !== section) return;
      paper = open;
      paperKey = imported;
      dispatch({ type: 'paper', paper: paper.shape });
    } catch {
      if (opened !== section) return;
      opened = null;
      dispatch({ type: 'refused', refusal: { code: 'paper-unreadable', of: 'paper' } });
    }
  }

  /** Sends batch after batch while the line holds, then the hand-in, then cleans up after the end. */
  async function send(): Promise<void> {
    if (isSending || isFinished || state.link !== 'online' || state.phase === 'paused') return;
    if (needsWord || monotonic() < retryAt) return;
    isSending = true;
    try {
      let isMoving = true;
      while (isMoving) isMoving = await sendBatch();
      if (state.isSubmitting && isEmpty(state.outbox)) await handIn();
      if (isFinal(state) && isEmpty(state.outbox)) await finish();
    } catch {
      dispatch({ type: 'undelivered' });
    } finally {
      isSending = false;
    }
  }

  /** One batch, on the device before it travels; whether the outbox got shorter by it. */
  async function sendBatch(): Promise<boolean> {
    await keeper.settled();
    const batch = nextBatch(state.outbox);
    if (!batch) return false;
    dispatch({ type: 'sent', batch });
    const { epoch } = batch;
    const entries = batch.entries.map(({ seq, slot, response }) => ({ seq, slot, response }));
    const sentAt = monotonic();
    const reply = batch.entries.some(isEssay)
      ? await (await import('./device/send-essay.ts')).sendEssay(link, batch)
      : await link.ask<Saved>('save', { epoch, entries });
    if (reply.ok) {
      const { watermark, at, slow } = reply;
      if (slow) retryAt = sentAt + SLOW_PAUSE;
      dispatch({ type: 'acknowledged', epoch, watermark, at });
      dispatch({ type: 'clock', sample: { now: at, sentAt, receivedAt: monotonic() } });
      return !slow && entries.every(({ seq }) => seq <= watermark);
    }
    if (isHeld(reply.code)) {
      const recorded = Number(reply.values?.['watermark'] ?? 0);
      const count = Number(reply.values?.['held'] ?? entries.filter(({ seq }) => seq > recorded).length);
      dispatch({ type: 'held', epoch, last: entries.at(-1)?.seq ?? 0, count });
      return true;
    }
    if (reply.code === 'attempt-paused') waitForWord();
    else refuse(reply);
    return false;
  }

  /** The pause came before its word: what was sent stays here until the clock goes on. */
  function waitForWord(): void {
    needsWord = true;
    dispatch({ type: 'undelivered' });
    link.refresh();
  }

  /** Shows the refusal and asks for a fresh word of the server before the next try. */
  function refuse({ code }: Refused): void {
    retryAt = monotonic() + REFUSAL_PAUSE;
    dispatch({ type: 'refused', refusal: { code, of: 'save' } });
    link.refresh();
  }

  function settle(): void {
    clearTimeout(typing);
    typing = undefined;
    dispatch({ type: 'settle' });
  }

  async function handIn(): Promise<void> {
    const { epoch, nextSeq } = state.outbox;
    const body = { epoch, lastSeq: nextSeq - 1 };
    if (hasNextSection(state)) return leaveSection(body);
    const reply = await link.ask<Submitted>('submit', body);
    dispatch({ type: 'submitting', isSubmitting: false });
    if (reply.ok)
      dispatch({ type: 'server', word: { state: 'submitted', receipt: reply.receipt, proof: reply.proof } });
    else refuse(reply);
  }

  /** Finishes the section; the answer has the key of the next. */
  async function leaveSection(body: object): Promise<void> {
    const section = state.section?.number ?? 0;
    const reply = await link.ask<SectionLeft>('next', { ...body, section });
    dispatch({ type: 'submitting', isSubmitting: false });
    if (reply.ok) hear(reply);
    else refuse(reply);
  }

  /** The server has everything and has closed the attempt: nothing stays on the device. */
  async function finish(): Promise<void> {
    isFinished = true;
    await keeper.settled();
    await keeper.wipe();
  }

  return {
    state: () => state,
    paper: () => paper,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch,
    ask: link.ask,
    answer(slot, response, pause = false) {
      dispatch({ type: 'answer', slot, response });
      if (pause && typing && pause !== true) return;
      clearTimeout(typing);
      if (pause) typing = setTimeout(settle, pause === true ? TYPING_PAUSE : pause);
      else settle();
    },
    settle,
    async start(word) {
      const kept = await keeper.load();
      if (kept) {
        const { log, floors, lease, flags, slot } = kept;
        dispatch({ type: 'restored', log, floors, lease, flags, slot });
      } else dispatch({ type: 'storage-failed' });
      hear(word);
      const key = kept?.paperKey;
      const section = state.section?.number;
      if (key && state.phase === 'running' && kept.section?.number === section)
        void open(section ?? 0, () => key);
    },
    hear,
    connect: () => link.start(),
    takeOver: () => (state.elsewhere === 'tab' ? location.reload() : link.start()),
    wake: () => link.wake(),
    refresh: () => link.refresh(),
    stop() {
      clearTimeout(typing);
      link.stop();
    },
  };
}

/** On the server's record, held for a decision: need not be sent again. */
function isHeld(code: string): boolean {
  return (HELD_CODES as readonly string[]).includes(code);
}
