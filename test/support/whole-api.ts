import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Actor } from '#bank/protocol';
import { createBanks, banksRoutes } from '#server/banks';
import { createCustody } from '#server/custody';
import {
  CANDIDATE_RATES,
  createDelivery,
  deliveryRoutes,
  DEVICES_PER_ATTEMPT,
  type Delivery,
} from '#server/delivery';
import { createExams, createItemUses, examsRoutes } from '#server/exams';
import { jobRoutes } from '#server/http';
import { createMarking, markingRoutes } from '#server/marking';
import { createProctoring, proctoringRoutes } from '#server/proctoring';
import { createSegmentJournal, NO_SECOND_DISK, segmentKeys } from '#server/storage';
import { openPorts, type Ports } from './ports.ts';
import { serveRoutes, type ServedRoutes } from './serve-routes.ts';

const TENANT = 'main';
type SignedIn = Extract<Actor, { kind: 'staff' | 'candidate' }>;

export interface WholeApi extends Ports {
  delivery: Delivery;
  served: ServedRoutes;
  /** Who is signed in, by session token. */
  signedIn: Map<string, SignedIn>;
}

/** All modules but sign-in, on a clock that the test moves, behind their own routes. Closed after the test. */
export async function openWholeApi(): Promise<WholeApi> {
  const ports = await openPorts();
  const { store, keyring, audit, clock, jobs, log, folder } = ports;
  const journal = await createSegmentJournal({
    dir: join(folder, 'journal'),
    keys: segmentKeys(keyring, TENANT),
    segmentBytes: 1024 * 1024,
  });
  const shared = { store, audit, clock, tenant: TENANT };
  const uses = createItemUses({ store, tenant: TENANT, keyring: keyring.onlyLines('exam/*/marking') });
  const banks = createBanks({ ...shared, jobs, uses, keyring: keyring.onlyLines('bank/*/*', 'import') });
  const custody = createCustody({ store, tenant: TENANT, clock, keyring: keyring.onlyLines('exam/*/paper') });
  const means = { database: 'embedded', hasStandby: false } as const;
  const exams = createExams({
    ...shared,
    jobs,
    banks,
    custody,
    means,
    uses,
    replacing: {
      isReplaceable: (attempt) => delivery.mayBeSuperseded(attempt),
      replaced: (_actor, { from, to }) => delivery.supersede(from, to),
    },
    hashAccessCode: (code) => Promise.resolve(`hash of ${code}`),
    keyring: keyring.onlyLines('exam/*/marking', 'exam/*/codes', 'identity'),
  });
  const delivery: Delivery = await createDelivery({
    ...shared,
    journal,
    secondDisk: NO_SECOND_DISK,
    custody,
    rates: CANDIDATE_RATES,
    devices: DEVICES_PER_ATTEMPT,
    isSessionLive: () => Promise.resolve(true),
    log,
    keyring: keyring.onlyLines('attempts/*', 'identity', 'receipts'),
  });
  const proctoring = createProctoring({
    ...shared,
    delivery,
    devices: { waiting: () => [] },
    means,
    timekeeper: { events: async () => [] },
    custody,
    keyring: keyring.onlyLines('identity'),
  });
  const marking = createMarking({
    ...shared,
    jobs,
    late: delivery.late,
    keyring: keyring.onlyLines(
      'attempts/*',
      'bank/*/content',
      'bank/*/marking',
      'exam/*/marking',
      'identity',
    ),
  });
  const signedIn = new Map<string, SignedIn>();
  const served = await serveRoutes(
    [
      ...jobRoutes(jobs),
      ...banksRoutes(banks),
      ...examsRoutes(exams),
      ...deliveryRoutes(delivery, () => null),
      ...proctoringRoutes(proctoring),
      ...markingRoutes(marking),
    ],
    (token) => signedIn.get(token),
  );
  onTestFinished(async () => {
    await delivery.stop();
    await journal.close();
  });
  return { ...ports, delivery, served, signedIn };
}
