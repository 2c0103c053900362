import type { Logger } from 'pino';
import type { Audit } from '#server/audit';
import type { Clock } from '#server/http';
import { createJwsSigner, type Keyring } from '#server/keys';
import type { Journal, SecondDisk, Store } from '#server/storage';
import { createAttempts } from './attempts.ts';
import { createChanges } from './changes.ts';
import { closeDue } from './closing.ts';
import { createConfirming } from './confirming.ts';
import { createConnections } from './connections.ts';
import { createDeadline } from './deadline.ts';
import { createDue, earliest } from './due.ts';
import { sectionEndOf } from './fair-time.ts';
import { createHttpDevices } from './http-devices.ts';
import type { AttemptContext } from './joining.ts';
import { createLines } from './lines.ts';
import type { CandidateRates } from './rates.ts';
import { createReceipts } from './receipts.ts';
import { newestSheet } from './sheets.ts';
import { createSittings } from './sittings.ts';
import { stateWord, type SectionKeys } from './state-word.ts';
import { createTailer } from './tailer.ts';

export interface DeliveryDeps {
  store: Store;
  journal: Journal;
  secondDisk: SecondDisk;
  /** Lines `attempts/*`, `identity` and `receipts`. */
  keyring: Keyring;
  audit: Audit;
  custody: SectionKeys;
  clock: Clock;
  tenant: string;
  /** How often one attempt may send each event. */
  rates: CandidateRates;
  /** How often one attempt may change its device. */
  devices: number;
  isSessionLive(id: string): Promise<boolean>;
  log: Logger;
}

/** What waits longer than this for the disk shows that it is behind. */
const BEHIND_MS = 250;

export async function createParts(deps: DeliveryDeps) {
  const { store, journal, keyring, audit, custody, clock, rates, devices, log } = deps;
  const sittings = await createSittings({ store });
  const confirming = createConfirming(sittings, deps.secondDisk);
  const attempts = createAttempts({
    store,
    journal,
    rates,
    sheetOf: async (exam, attempt) => (await newestSheet(deps, exam, attempt))?.sheet ?? null,
  });
  const signer = await createJwsSigner(await keyring.derive('receipts', 'signing'));
  const receipts = createReceipts(signer);
  const tailer = await createTailer({ store, journal, audit, log });
  const due = createDue();
  const changes = createChanges((attempt) => attempts.inMemory(attempt)?.paper.exam);
  const now = () => clock.now();
  const context: AttemptContext = {
    devices,
    now,
    isBehind: () => journal.pressure().oldestMs > BEHIND_MS,
    sittings,
    async word(attempt, sitting, at) {
      if (attempt.state.receipt) await confirming.confirmed(sitting);
      return stateWord(attempt, sitting, at, custody);
    },
    async playKey(exam, media) {
      await custody.open(exam);
      return custody.mediaKey(exam, media);
    },
    onTransition(attempt) {
      tailer.poke();
      changes.tell(attempt);
    },
    tell: async (attempt, sitting) =>
      connections.push(attempt.id, await context.word(attempt, sitting, now())),
    onSection(attempt, sitting) {
      const end = sectionEndOf(attempt.state, sitting);
      if (end === null) return;
      due.expect(sitting, end);
      deadline.arm();
    },
  };
  const lines = createLines({ attempts, context, log });
  const connections = createConnections({
    lost(attempt) {
      lines.lost(attempt, now(), 'line');
      changes.tell(attempt);
    },
    regained(attempt) {
      httpDevices.left(attempt);
      lines.regained(attempt);
      changes.tell(attempt);
    },
  });
  const httpDevices = createHttpDevices({ attempts, lines, now, onChange: changes.tell });
  const closing = {
    ...deps,
    gapOf: (attempt: string) => lines.gapOf(attempt) ?? httpDevices.gapOf(attempt),
    attempts,
    sittings,
    due,
    receipts,
    signer,
    context,
    confirming,
    transitionsRecorded: tailer.caughtUp,
  };
  const next = () => earliest(sittings.open().map(due.at));
  const deadline = createDeadline({ now, next, work: () => closeDue(closing), log });
  return {
    sittings,
    due,
    attempts,
    changes,
    signer,
    receipts,
    tailer,
    lines,
    httpDevices,
    connections,
    context,
    confirming,
    deadline,
  };
}

export type Parts = Awaited<ReturnType<typeof createParts>>;
