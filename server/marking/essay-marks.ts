import type { Hundredths } from '#bank/marks';
import type { BoxContext, SheetEntry } from '#bank/protocol';
import type { Keyring } from '#server/keys';
import type { Store, Stored, Write } from '#server/storage';
import { readable } from './readable.ts';

/** What a person gave for one answer. */
export interface EssayMark {
  /** The answer that was marked. */
  epoch: number;
  seq: number;
  /** By criterion, within the rubric. */
  points: Record<string, Hundredths>;
  comment?: string;
  by: string;
  /** Milliseconds since 1970, UTC. */
  at: number;
}

interface Deps {
  store: Store;
  keyring: Keyring;
  tenant: string;
}

/** Id of a mark in the collection `essayMarks`. */
export function essayMarkId(attempt: string, slot: number): string {
  return `${attempt}.${slot}`;
}

/** The text of an answer that somebody has to mark; null where there is nothing to mark. */
export function essayText(answer: Pick<SheetEntry, 'response'> | undefined): string | null {
  const response = answer?.response ?? null;
  return response && 'e' in response && response.e.trim() !== '' ? response.e : null;
}

/** The marks of these essays, in their order; null where there is none. */
export async function openMarks(
  deps: Deps,
  ids: readonly string[],
): Promise<({ mark: EssayMark; v: number } | null)[]> {
  const docs = await deps.store.getMany('essayMarks', ids);
  return Promise.all(docs.map(async (doc) => doc && { mark: await openMark(deps, doc), v: doc.v }));
}

function openMark({ keyring, tenant }: Deps, doc: Stored<'essayMarks'>): Promise<EssayMark> {
  return readable('essayMark', doc._id, async () => {
    const bytes = await keyring.open(`exam/${doc.exam}/marking`, markContext(tenant, doc._id), doc.mark);
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as EssayMark;
  });
}

/** The write of a mark that replaces the one of this version; the first has none before it. */
export async function markWrite(
  { keyring, tenant }: Deps,
  exam: string,
  id: string,
  mark: EssayMark,
  version: number,
): Promise<Write> {
  const plaintext = Buffer.from(JSON.stringify(mark));
  const sealed = await keyring.seal(`exam/${exam}/marking`, markContext(tenant, id), plaintext);
  const doc = { _id: id, exam, mark: sealed };
  return version === 0
    ? { op: 'insert', in: 'essayMarks', doc }
    : { op: 'replace', in: 'essayMarks', doc, ifVersion: version };
}

/** Whether a mark is of this answer and not of one that it has replaced. */
export function isOf(mark: EssayMark, answer: Pick<SheetEntry, 'epoch' | 'seq'>): boolean {
  return mark.epoch === answer.epoch && mark.seq === answer.seq;
}

function markContext(tenant: string, id: string): BoxContext {
  return { type: 'essayMark', tenant, object: id, version: 1, field: 'mark' };
}
