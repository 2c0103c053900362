import type { mongo } from 'mongoose';
import { randomKey } from '#bank/vault';
import { createMongoJournal } from '#server/storage';
import { CannotRun, journalCases, storeCases } from '#server/storage/contract';
import type { Check } from './check.ts';
import { surviveLosses } from './primary-loss.ts';
import type { Facts } from './report.ts';
import { stepDown } from './step-down.ts';
import type { Scratch } from './scratch.ts';
import { playTakeovers } from './takeovers.ts';
import { createWorkplace, passingKeys, type Workplace } from './workplace.ts';

export interface CheckOptions {
  client: mongo.MongoClient;
  facts: Facts;
  scratch: Scratch;
  /** The primary is left alone, and the report says so. */
  keepPrimary: boolean;
}

const TAKEOVER_ROUNDS = 4;
const TAKEOVER_LEASE_MS = 3000;
const LOSSES = 2;
/** With three, a majority is left when one is lost. */
const MEMBERS = 3;

/** Everything that a database is held to, in the order of the report. */
export function checksOf(options: CheckOptions): Check[] {
  const within = async (signal: AbortSignal, work: (place: Workplace) => Promise<unknown>): Promise<void> => {
    const place = createWorkplace(options.scratch, options.facts);
    // a case whose time is over fails at what it does next, instead of going on beside the others
    signal.addEventListener('abort', () => void place.clear());
    try {
      await work(place);
    } finally {
      await place.clear();
    }
  };
  return [
    ...storeCases.map(({ name, run }): Check => ({
      part: 'store',
      name,
      run: (signal) => within(signal, ({ store }) => run(store)),
    })),
    ...journalCases.map(({ name, run }): Check => ({
      part: 'journal',
      name,
      run: (signal) => within(signal, ({ journal }) => run(journal)),
    })),
    {
      part: 'owners',
      name: 'two owners of one journal lose and double nothing when one leaves in the middle of a batch',
      run: (signal) => within(signal, (place) => takeovers(place, signal)),
    },
    {
      part: 'primary',
      name: 'appends and commits that were acknowledged are all there after the primary stepped down',
      run: (signal) => within(signal, (place) => losses(options, place, signal)),
    },
  ];
}

function takeovers(place: Workplace, signal: AbortSignal): Promise<number> {
  return playTakeovers({
    url: place.newUrl(),
    rounds: TAKEOVER_ROUNDS,
    leaseMs: TAKEOVER_LEASE_MS,
    // Windows pauses no process
    ways: process.platform === 'win32' ? ['killed'] : ['killed', 'paused'],
    signal,
  });
}

async function losses(options: CheckOptions, place: Workplace, signal: AbortSignal): Promise<void> {
  requireMembers(options);
  const journal = await createMongoJournal({ url: place.newUrl(), keys: passingKeys(randomKey()) });
  try {
    const store = await place.store.open();
    const losePrimary = () => stepDown(options.client.db('admin'), signal);
    await surviveLosses({ journal, store, losePrimary }, LOSSES, signal);
  } finally {
    await journal.close();
  }
}

/** @throws CannotRun where no primary can be lost */
function requireMembers({ facts, keepPrimary }: CheckOptions): void {
  if (keepPrimary) throw new CannotRun('the primary was to be kept (--keep-primary)');
  if (facts.setName === null) throw new CannotRun('this server is no replica set');
  if (facts.dataMembers >= MEMBERS) return;
  throw new CannotRun(
    `this replica set has ${facts.dataMembers} of the ${MEMBERS} members with data that outlive the loss of one`,
  );
}
