import { deepEqual, equal } from 'node:assert/strict';
import { randomKey } from '#bank/vault';
import { createMongoJournal, type Journal } from '#server/storage';
import { collect } from '#server/storage/contract';
import { startOwner, type Owner } from './owner-process.ts';
import { passingKeys } from './workplace.ts';

export interface TakeoverOptions {
  /** Address of a database with nothing in it. */
  url: string;
  rounds: number;
  /** Long enough for an owner to renew it on a busy computer: one that cannot is overtaken before its round. */
  leaseMs: number;
  /** How owners leave, in turn: ended at once, or paused for so long that another takes over. */
  ways: readonly ('killed' | 'paused')[];
  signal?: AbortSignal;
}

/** What an owner that was overtaken must say, once it may go on. */
const OVERTAKEN = { lost: 'lost Overtaken', refused: `refused${' Unavailable'.repeat(8)}` };

/**
 * Owners of one journal, each a process of its own, which leave in the middle of a batch while the next one waits.
 * Nothing that was acknowledged may be lost, nothing doubled, and who was overtaken acknowledges nothing more.
 * Gives the number of records that were acknowledged.
 *
 * @throws AssertionError for a broken promise
 */
export async function playTakeovers(options: TakeoverOptions): Promise<number> {
  const root = randomKey();
  const owners: Owner[] = [];
  const end = () => owners.forEach((owner) => owner.signal('SIGKILL'));
  options.signal?.addEventListener('abort', end);
  try {
    const start = () => {
      const name = `p${owners.length}`;
      const orders = {
        url: options.url,
        root: Buffer.from(root).toString('hex'),
        name,
        leaseMs: options.leaseMs,
      };
      const owner = startOwner(orders);
      owners.push(owner);
      return owner;
    };
    let owner = start();
    await owner.line('open');
    for (let round = 1; round <= options.rounds; round++) {
      const next = start();
      const way = options.ways[round % options.ways.length] ?? 'killed';
      await takeOver(owner, next, way, 60 + round * 7);
      owner = next;
    }
    owner.signal('SIGKILL');
    await owner.ended();
  } finally {
    end();
  }
  const acknowledged = owners.flatMap(({ lines }) => acknowledgements(lines));
  const { url, leaseMs } = options;
  const journal = await createMongoJournal({ url, keys: passingKeys(root), leaseMs });
  try {
    await requireAll(journal, acknowledged);
  } finally {
    await journal.close();
  }
  return acknowledged.length;
}

/** `owner` leaves after so many lines, and `next` takes over. */
async function takeOver(owner: Owner, next: Owner, way: 'killed' | 'paused', lines: number): Promise<void> {
  await next.line('waiting');
  await owner.said(lines);
  owner.signal(way === 'paused' ? 'SIGSTOP' : 'SIGKILL');
  const head = Number((await next.line('open')).split(' ')[1]);
  await next.said(30);
  if (way === 'paused') owner.signal('SIGCONT');
  equal(await owner.ended(), way === 'paused' ? 3 : null);
  if (way === 'paused') {
    deepEqual({ lost: await owner.line('lost'), refused: await owner.line('refused') }, OVERTAKEN);
  }
  deepEqual(
    acknowledgements(owner.lines).filter(([position]) => position > head),
    [],
    'an owner acknowledged what the next one did not find',
  );
}

/** @throws AssertionError when a record is missing, doubled, or not at the position it was acknowledged with */
export async function requireAll(
  journal: Journal,
  acknowledged: readonly (readonly [position: number, id: string])[],
): Promise<void> {
  const records = await collect(journal.replay(1));
  const found = new Map(records.map(({ position, data }) => [position, (data as { id: string }).id]));
  deepEqual(
    [...found.keys()],
    records.map((_, i) => i + 1),
    'the positions are not dense',
  );
  equal(new Set(found.values()).size, found.size, 'a record is there twice');
  deepEqual(
    acknowledged.filter(([position, id]) => found.get(position) !== id),
    [],
    'acknowledged records are missing',
  );
}

function acknowledgements(lines: readonly string[]): [position: number, id: string][] {
  return lines.flatMap((line) => {
    const [word, position, id = ''] = line.split(' ');
    return word === 'ack' ? [[Number(position), id] as [number, string]] : [];
  });
}
