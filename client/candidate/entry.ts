import type { CandidateCaller, CandidateResult } from '#bank/protocol';
import type { Api } from './device/api.ts';
import type { Leftover } from './device/leftovers.ts';
import { pause } from './device/pause.ts';
import type { ExamPage } from './exam-page.tsx';
import type { Exam, ExamEvents } from './open-exam.ts';

/** Where the person at this device stands. */
type Stage =
  | { name: 'loading'; isAlone: boolean; unsent: number }
  | { name: 'sign-in'; hasEnded: boolean; leftover: Leftover | null }
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

/** The way into the exam and out of it. */
export function createEntry(api: Api, events: EntryEvents): Entry {
  let stage: Stage = { name: 'loading', isAlone: false, unsent: 0 };
  let download = { bytes: 0, isDone: false };
  const listeners = new Set<() => void>();

  function show(next: Stage): void {
    stage = next;
    for (const listener of listeners) listener();
  }

  async function askToSignIn(hasEnded: boolean): Promise<void> {
    const { findLeftover, leaveAll } = await loadExam();
    await leaveAll().catch(() => {});
    show({ name: 'sign-in', hasEnded, leftover: await findLeftover() });
  }

  const examEvents: ExamEvents = {
    onDownload(bytes, isDone) {
      download = { bytes, isDone };
      if (stage.name === 'exam') show({ ...stage, download });
    },
    onSignedOut: () => void askToSignIn(true),
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
        await pause(tries);
      }
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
      await api.post('sign-in', credentials);
      await enter();
    },
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
