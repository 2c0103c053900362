import { indexBoxContext, viewBoxContext, type FetchedPaper, type StateWord } from '#bank/protocol';
import { newId, packJson, randomKey, sealBox } from '#bank/vault';
import type { Seat } from '../../../client/candidate/device/seat.ts';
import { openVault } from '../../../client/candidate/device/vault.ts';
import { createSession, type Session } from '../../../client/candidate/session.ts';
import type { ExamState } from '../../../client/core/index.ts';
import { vi } from 'vitest';
import { FakeLine } from './fake-line.ts';

export const ATTEMPT = newId();
export const SEAT: Seat = {
  attempt: ATTEMPT,
  exam: newId(),
  title: 'Vật lí 11',
  name: 'Nguyễn Thị Ánh Nguyệt',
  number: '110042',
  durationSeconds: 2_700,
  spreadMs: 0,
  language: 'vi',
};
/** Far more than the browser's database needs on a busy computer. */
export const PATIENCE = { timeout: 20_000, interval: 10 };
export const NEVER = new Promise<FetchedPaper>(() => {});

/** A page of the candidate on this device, with a line that the test plays. */
export async function startSession(
  sealed: Promise<FetchedPaper> = NEVER,
  hasVault = true,
  word: StateWord = { state: 'waiting', now: 0 },
  monotonic = () => 0,
) {
  const line = new FakeLine();
  const onSignedOut = vi.fn<() => void>();
  const vault = hasVault ? await openVault(SEAT) : null;
  const session = createSession({
    vault,
    fetchPaper: () => sealed,
    makeLink: line.make,
    monotonic,
    wall: () => 900_000,
    onSignedOut,
  });
  await session.start(word);
  return { line, session, vault, onSignedOut };
}

/** Resolves when the state of a session is as wanted. */
export function until(session: Session, test: (state: ExamState) => boolean): Promise<ExamState> {
  return new Promise((resolve) => {
    const check = (state: ExamState) => {
      if (test(state)) resolve(state);
      return test(state);
    };
    if (!check(session.state())) session.subscribe(check);
  });
}

/** Everything in the browser's database, as one text. */
export async function dump(): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('niem', 1);
    request.addEventListener('success', () => resolve(request.result));
  });
  const stores = [...database.objectStoreNames];
  const found = await Promise.all(
    stores.map(
      (name) =>
        new Promise<unknown[]>((resolve) => {
          const request = database.transaction(name).objectStore(name).getAll();
          request.addEventListener('success', () => resolve(request.result));
        }),
    ),
  );
  database.close();
  const asText = (_: string, value: unknown) => {
    if (value instanceof ArrayBuffer) return Buffer.from(value).toString('latin1');
    return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;
  };
  return JSON.stringify(found, asText);
}

export const VIEW = {
  kind: 'tfCluster',
  stem: [[{ t: 'text', v: 'Xét' }]],
  statements: [{ token: 'aaaaaaaa', text: [] }],
};

/** A paper of one slot for each of these section keys. */
export function sealSections(keys: readonly Uint8Array[]): FetchedPaper {
  const papers = keys.map((key, section) => sealPaper(key, section));
  const [first] = papers;
  if (!first) throw new Error('a paper has a section');
  const later = papers.slice(1).map(({ index }) => index);
  const boxes = new Map(papers.flatMap((paper) => [...paper.boxes]));
  return { ...first, later, addresses: [...boxes.keys()].sort(), boxes };
}

/** A paper of one slot under this section key. */
export function sealPaper(key: Uint8Array, section = 0): FetchedPaper {
  const tenant = 'niem';
  const address = newId();
  const viewKey = randomKey();
  const base64 = (box: Uint8Array) => Buffer.from(box).toString('base64');
  const index = {
    parts: ['Phần I', 'Phần II', 'Phần III'].slice(0, section + 1).map((title) => ({ title })),
    ...(section > 0 && { before: { slots: section, questions: section } }),
    slots: [
      {
        address,
        key: Buffer.from(viewKey).toString('base64url'),
        kind: 'tfCluster',
        part: section,
        points: 100,
        order: ['aaaaaaaa'],
      },
    ],
  };
  return {
    tenant,
    exam: newId(),
    attempt: ATTEMPT,
    index: base64(sealBox(key, 'section', indexBoxContext(tenant, ATTEMPT, section), packJson(index))),
    addresses: [address],
    boxes: new Map([[address, sealBox(viewKey, 'view', viewBoxContext(tenant, address), packJson(VIEW))]]),
  };
}
