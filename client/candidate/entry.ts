import {
  ELSEWHERE,
  type CandidateCaller,
  type CandidateResult,
  type DeviceAsked,
  type DeviceStands,
} from '#bank/protocol';
import { ApiError, UNREACHABLE, type Api } from './device/api.ts';
import type { Leftover } from './device/leftovers.ts';
import { pause, spreadLength } from './device/pause.ts';
import type { ExamPage } from './exam-page.tsx';
import type { Exam, ExamEvents } from './open-exam.ts';

/** Where the person at this device stands. */
type Stage =
  | { name: 'loading'; isAlone: boolean; unsent: number }
  | { name: 'sign-in'; hasEnded: boolean; leftover: Leftover | null; refusal: unknown }
  /** Another device has the attempt, and the proctor has not decided yet. */
  | { name: 'approval' }
  | { name: 'exam'; exam: Exam; download: { bytes: number; isDone: boolean }; Page: typeof ExamPage };

interface Credentials {
  exam: string;
  number: string;
  code: string;
}

export interface Entry {
  stage(): Stage;
  subscribe(listener: () => void): () => void;
  /** Goes on with the session that the browser still has, or asks to sign in. */
  enter(): Promise<void>;
  signIn(credentials: Credentials): Promise<void>;
  /** Waits for the proctor no longer. */
  giveUp(): Promise<void>;
  /** Saves unsent work of an earlier candidate to a file and removes it; the name of the file. */
  exportLeftover(leftover: Leftover): Promise<string>;
  loadResult(): Promise<CandidateResult>;
  leave(): Promise<void>;
}

interface EntryEvents {
  onLeft(): void;
}

const loadExam = () => import('./exam.ts');

/** When the server has said nothing for this long, the page goes on with what is on the device, in ms. */
const PATIENCE = 4000;

/** As after so many failed tries: every two to four seconds a waiting device asks what was decided. */
const APPROVAL_TRIES = 3;

function isUnreachable(error: unknown): boolean {
  return error instanceof ApiError && error.code === UNREACHABLE;
}

/** The way into the exam and out of it. */
export function createEntry(api: Api, events: EntryEvents): Entry {
  let stage: Stage = { name: 'loading', isAlone: false, unsent: 0 };
  let download = { bytes: 0, isDone: false };
  const listeners = new Set<() => void>();

  function show(next: Stage): void {
    stage = next;
    for (const listener of listeners) listener();
  }

  async function askToSignIn(hasEnded: boolean, refusal: unknown = null): Promise<void> {
    const { findLeftover, leaveAll } = await loadExam();
    await leaveAll().catch(() => {});
    show({ name: 'sign-in', hasEnded, leftover: await findLeftover(), refusal });
  }

  const examEvents: ExamEvents = {
    onDownload(bytes, isDone) {
      download = { bytes, isDone };
      if (stage.name === 'exam') show({ ...stage, download });
    },
    onSignedOut: (refusal) => void askToSignIn(!refusal, refusal),
  };

  /** No server answers: shows the exam as this device has kept it, or says what waits here to be sent. */
  async function goAlone(): Promise<Exam | null> {
    show({ name: 'loading', isAlone: true, unsent: 0 });
    try {
      const { countUnsent, ExamPage, reopenExam } = await loadExam();
      const exam = await reopenExam(api, examEvents);
      if (exam) show({ name: 'exam', exam, download, Page: ExamPage });
      else show({ name: 'loading', isAlone: true, unsent: await countUnsent() });
      return exam;
    } catch {
      return null;
    }
  }

  /** The server has said who is signed in; `reopened` is the exam that was shown without it. */
  async function goOn(me: CandidateCaller, reopened: Exam | null): Promise<void> {
    if (me && me.attempt === reopened?.me.attempt) {
      reopened.session.hear(me);
      reopened.session.connect();
      return;
    }
    await reopened?.close(false);
    if (!me) return askToSignIn(reopened !== null);
    const { openExam, ExamPage } = await loadExam();
    const exam = await openExam(api, me, examEvents);
    show({ name: 'exam', exam, download, Page: ExamPage });
  }

  /** An exam that is shown without the server may be one that all others of the room wait for as well. */
  function spread(): number {
    if (stage.name !== 'exam') return 0;
    const { me, session } = stage.exam;
    return spreadLength(session.state(), me.spreadMs);
  }

  async function enter(): Promise<void> {
    let alone: Promise<Exam | null> | null = null;
    const giveUp = () => {
      alone ??= goAlone();
    };
    const patience = setTimeout(giveUp, PATIENCE);
    for (let tries = 0; ; tries++) {
      try {
        const [me] = await Promise.all([api.get<CandidateCaller>('me'), loadExam()]);
        clearTimeout(patience);
        return await goOn(me, await alone);
      } catch {
        giveUp();
        await pause(tries, spread());
      }
    }
  }

  /** Goes on by itself once the proctor has approved this device; a decision against it is told. */
  async function waitForApproval(credentials: Credentials): Promise<void> {
    const { request } = await api.post<DeviceAsked>('device-requests', credentials);
    show({ name: 'approval' });
    while (stage.name === 'approval') {
      try {
        const { state } = await api.post<DeviceStands>('device-requests/claim', { request });
        if (state === 'approved') return await enter();
      } catch (error) {
        if (!isUnreachable(error)) return askToSignIn(false, error);
      }
      await pause(APPROVAL_TRIES);
    }
  }

  return {
    stage: () => stage,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    enter,
    async signIn(credentials) {
      try {
        await api.post('sign-in', credentials);
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== ELSEWHERE) throw error;
        return waitForApproval(credentials);
      }
      await enter();
    },
    giveUp: () => askToSignIn(false),
    async exportLeftover(leftover) {
      const file = await (await loadExam()).exportLeftover(leftover);
      await askToSignIn(false);
      return file;
    },
    loadResult: () => api.get<CandidateResult>('result'),
    async leave() {
      if (stage.name === 'exam') await stage.exam.close(true);
      await api.post('sign-out').catch(() => {});
      events.onLeft();
    },
  };
}
