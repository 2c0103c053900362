import type { CandidateMe } from '#bank/protocol';
import type { ExamState } from '../core/index.ts';
import { paperSource } from './device/download.ts';
import type { Api } from './device/api.ts';
import { clearOthers, findInterrupted } from './device/leftovers.ts';
import { createLink } from './device/link.ts';
import { loadMathStyle } from './device/math-style.ts';
import { spreadLength } from './device/pause.ts';
import { keepPage } from './device/page-worker.ts';
import { openBox } from './device/open-paper.ts';
import { seatOf } from './device/seat.ts';
import type { SittingMedia } from './device/sitting-media.ts';
import type { CandidateSocket, SocketEvents } from './device/socket.ts';
import { openVault } from './device/vault.ts';
import { randomText } from './device/bytes.ts';
import { createSession, type Session } from './session.ts';

export interface Exam {
  me: CandidateMe;
  session: Session;
  /** The recordings of the paper; loaded when it has any. */
  media(): Promise<SittingMedia>;
  /** Ends what this tab does for the exam; `isLeaving` also removes it from the device when all has been sent. */
  close(isLeaving: boolean): Promise<void>;
}

export interface ExamEvents {
  onDownload(bytes: number, isDone: boolean): void;
  onSignedOut(refusal?: unknown): void;
}

async function openSocket(ticket: string, events: SocketEvents): Promise<CandidateSocket> {
  const transport = await import('./device/socket.ts');
  return transport.openSocket(ticket, events);
}

const monotonic = () => performance.now();
const wall = () => Date.now();
/** A device whose wall clock and monotonic clock part by more than this has slept, or its clock was set; in ms. */
const DRIFT = 2000;

/** One tab per attempt: the newest one takes over, the older one hears of it. */
function holdTab(attempt: string, onTaken: () => void): () => void {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  navigator.locks?.request(`niem-${attempt}`, { steal: true }, () => held).catch(onTaken);
  return release;
}

/** Brings device, paper, line and clock together; nothing is sent before the session is connected. */
async function prepare(api: Api, me: CandidateMe, events: ExamEvents): Promise<Exam> {
  const openedAt = monotonic();
  loadMathStyle();
  const vault = await openVault(seatOf(me)).catch(() => null);
  let loading: Promise<SittingMedia> | undefined;
  const media = () =>
    (loading ??= import('./device/sitting-media.ts').then(({ sittingMedia }) =>
      sittingMedia(api, session, openBox),
    ));
  const session: Session = createSession({
    vault,
    fetchPaper: paperSource(api, vault, events.onDownload, media),
    monotonic,
    wall,
    onSignedOut: (refusal) => void close(false).then(() => events.onSignedOut(refusal)),
    makeLink: (linkEvents) =>
      createLink({
        api,
        device: vault?.device ?? randomText(16),
        events: linkEvents,
        openSocket,
        monotonic,
        spread: () => spreadLength(session.state(), me.spreadMs),
      }),
  });
  session.dispatch({ type: 'tick', monotonic: openedAt });
  session.dispatch({ type: 'clock', sample: { now: me.now, sentAt: openedAt, receivedAt: openedAt } });
  const quiet = watchDevice(session);
  const release = holdTab(me.attempt, () => {
    session.stop();
    session.dispatch({ type: 'superseded', by: 'tab' });
  });
  async function close(isLeaving: boolean): Promise<void> {
    quiet();
    session.stop();
    release();
    if (isLeaving) await (hasSentAll(session.state()) ? vault?.wipe() : vault?.leave())?.catch(() => {});
  }
  await session.start(me);
  return { me, session, media, close };
}

/** Starts the exam of a signed-in candidate. */
export async function openExam(api: Api, me: CandidateMe, events: ExamEvents): Promise<Exam> {
  await clearOthers(me.attempt).catch(() => {});
  const exam = await prepare(api, me, events);
  exam.session.connect();
  const unsubscribe = exam.session.subscribe(({ hasJoined, paper, phase }) => {
    if (!hasJoined || (!paper && phase === 'running')) return;
    unsubscribe();
    void keepPage();
  });
  return exam;
}

/**
 * The exam as the last page of this browser left it, for a page that reaches no server; null when there is nothing to
 * go on with: nobody was at work, the time is up, or the paper is not here.
 */
export async function reopenExam(api: Api, events: ExamEvents): Promise<Exam | null> {
  const kept = await findInterrupted();
  if (!kept) return null;
  const { phase, ahead, startsAt, endsAt, section } = kept.bookmark;
  const now = wall() + (ahead ?? 0);
  const isRunning = phase === 'running' && kept.hasPaper && endsAt !== null && now < endsAt;
  const isStanding = phase === 'waiting' || phase === 'paused';
  if (ahead === null || !(isStanding || isRunning)) return null;
  const times = {
    ...(startsAt !== null && { startsAt }),
    ...(endsAt !== null && { endsAt }),
    ...(section && { section }),
  };
  const exam = await prepare(api, { ...kept.seat, state: phase, now, ...times }, events);
  exam.session.dispatch({ type: 'offline' });
  return exam;
}

function hasSentAll({ outbox }: ExamState): boolean {
  return outbox.log.every((entry) => entry.seq <= (outbox.floors[entry.epoch] ?? 0));
}

/** Passes on what the device does: time goes by, the network returns, the page is left. */
function watchDevice(session: Session): () => void {
  let apart = Date.now() - monotonic();
  const timer = setInterval(() => {
    const now = Date.now() - monotonic();
    if (Math.abs(now - apart) > DRIFT) session.refresh();
    apart = now;
    session.dispatch({ type: 'tick', monotonic: monotonic() });
  }, 1000);
  const stay = (event: BeforeUnloadEvent) => {
    session.settle();
    const { isStorageFailed, outbox } = session.state();
    if (isStorageFailed && !hasSentAll(session.state()) && outbox.log.length > 0) event.preventDefault();
  };
  addEventListener('online', session.wake);
  addEventListener('beforeunload', stay);
  return () => {
    clearInterval(timer);
    removeEventListener('online', session.wake);
    removeEventListener('beforeunload', stay);
  };
}
