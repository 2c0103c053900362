import { serverTime, type Entry, type ExamState } from '../../core/index.ts';
import type { Bookmark, Vault } from './vault.ts';

export interface KeeperParts {
  /** Null where the browser refuses storage. */
  vault: Vault | null;
  monotonic(): number;
  /** The wall clock of the device, in ms since 1970; only its distance from the server's clock is kept. */
  wall(): number;
  onFailed(): void;
}

/** Brings the state of a session to the device, one write after the other. */
interface Keeper {
  /** What an earlier page has left; null where nothing can be kept. */
  load(): Promise<(Bookmark & { log: Entry[] }) | null>;
  /** `paperKey` is what opened the paper of this page. */
  keep(state: ExamState, before: ExamState, paperKey: CryptoKey | null): void;
  /** Resolves when everything given so far is on the device, what came while waiting included. */
  settled(): Promise<void>;
  wipe(): Promise<void>;
}

const MARKED = ['flags', 'slot', 'phase', 'startsAt', 'endsAt', 'section', 'paper'] as const;

/**
 * Whether a later page of this device has to know of a change. What was kept is not overwritten before it was read, nor
 * by a tab that another one has taken over from.
 */
function isMarked(state: ExamState, before: ExamState): boolean {
  if (state.phase === 'joining' || state.elsewhere === 'tab') return false;
  const { epoch, floors } = state.outbox;
  const isOutboxMoved = epoch !== before.outbox.epoch || floors !== before.outbox.floors;
  return isOutboxMoved || MARKED.some((key) => state[key] !== before[key]);
}

export function createKeeper({ vault, monotonic, wall, onFailed }: KeeperParts): Keeper {
  let stored = 0;
  let storing: Promise<void> = Promise.resolve();

  function bookmark(state: ExamState, paperKey: CryptoKey | null): Bookmark {
    const { flags, slot, phase, startsAt, endsAt, section, clock, outbox } = state;
    const { epoch, nextSeq, floors } = outbox;
    return {
      floors,
      lease: epoch === null ? null : { epoch, nextSeq },
      flags,
      slot,
      phase,
      startsAt,
      endsAt,
      section,
      ahead: clock && serverTime(clock, monotonic()) - wall(),
      paperKey: phase === 'running' ? paperKey : null,
    };
  }

  return {
    async load() {
      const kept = await vault?.load().catch(() => null);
      stored = kept?.log.length ?? 0;
      return kept ?? null;
    },
    keep(state, before, paperKey) {
      if (!vault) return;
      const { log } = state.outbox;
      const fresh = log.slice(stored);
      stored = log.length;
      if (fresh.length > 0) storing = storing.then(() => vault.put(fresh));
      if (isMarked(state, before)) {
        const mark = bookmark(state, paperKey);
        storing = storing.then(() => vault.mark(mark));
      }
      storing = storing.catch(onFailed);
    },
    async settled() {
      let awaited: Promise<void>;
      do {
        awaited = storing;
        await awaited;
      } while (awaited !== storing);
    },
    wipe: async () => vault?.wipe().catch(() => {}),
  };
}
