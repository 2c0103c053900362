import { createHash, createHmac } from 'node:crypto';
import canonicalize from 'canonicalize';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { expect } from 'vitest';
import type {
  CandidateMe,
  GradeSummary,
  JobView,
  JoinReply,
  PresencePage,
  PresentCandidate,
  ReceiptProof,
  Response,
  ResultTable,
  SaveEntry,
  SaveReply,
} from '#bank/protocol';
import type { PlayedCandidate } from '../../scripts/steps/candidate.ts';
import { decideLate, lateOf } from './late.ts';
import { ledgerActs } from './ledger.ts';
import { pointsOf, type Room } from './room.ts';
import type { RunningSchool } from './server.ts';

/** Entries in one message when everything is sent once more. */
const LOT = 50;

/**
 * The sheets of a closed exam hold everything that was acknowledged, once, and nothing else: by what the server still
 * knows, by the receipts, by the marks and by the record.
 */
export async function expectSheets(stage: RunningSchool, { exam, candidates }: Room): Promise<void> {
  await expectReceipts(exam, candidates);
  expect(await Promise.all(candidates.map(countUnknown))).toEqual(candidates.map(() => 0));
  const { api } = stage.school.teacher;
  for (const late of await lateOf(api, exam)) await decideLate(api, exam, late, 'leave-out');
  await api.finished<GradeSummary>(await api.post<JobView>(`/exams/${exam}/grade`));
  const { rows } = await api.get<ResultTable>(`/exams/${exam}/results`);
  const present = await presentIn(stage, exam);
  const acts = ledgerActs(stage.place.data);
  for (const candidate of candidates) {
    const marked = rows.filter(({ number }) => number === candidate.number);
    expect(marked.map(({ marks }) => marks?.total)).toEqual([pointsOf(lastResponses(candidate))]);
    const row = present.get(candidate.number);
    expect(row).toMatchObject({ state: 'closed', watermark: candidate.acknowledged, devices: 1 });
    const own = acts.filter(({ object }) => object.includes(String(row?.attempt)));
    const steps = own.map(({ action }) => action).filter((action) => action.startsWith('attempt.'));
    expect(steps.filter((step) => step !== 'attempt.line').toSorted()).toEqual([
      'attempt.close',
      'attempt.start',
    ]);
  }
}

/** How the proctor sees each candidate, by number. */
export async function presentIn(
  { school }: RunningSchool,
  exam: string,
): Promise<Map<string, PresentCandidate>> {
  const present = new Map<string, PresentCandidate>();
  let after: string | undefined = '';
  while (after !== undefined) {
    const query: string = after && `?after=${encodeURIComponent(after)}`;
    const page = await school.proctor.api.get<PresencePage>(`/exams/${exam}/presence${query}`);
    for (const row of page.candidates) present.set(row.number, row);
    after = page.next;
  }
  return present;
}

/** Each receipt stands for exactly what was acknowledged to the candidate. */
export async function expectReceipts(exam: string, candidates: readonly PlayedCandidate[]): Promise<void> {
  for (const candidate of candidates) {
    const keys = createLocalJWKSet(await candidate.api.get<JSONWebKeySet>('/receipt-keys'));
    const { proof } = await candidate.api.get<CandidateMe>('/candidate/me');
    if (!proof) throw new Error('There is no receipt.');
    const { payload } = await compactVerify(proof.jws, keys);
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({
      exam,
      lastSeq: candidate.acknowledged,
      root: rootOf(proof, lastResponses(candidate)),
    });
  }
}

/** How many acknowledged answers the server does not know: after the close it takes nothing that is new to it. */
export async function countUnknown(candidate: PlayedCandidate): Promise<number> {
  let unknown = 0;
  for (let from = 0; from < candidate.acknowledged; from += LOT) {
    const entries = candidate.given.slice(from, Math.min(from + LOT, candidate.acknowledged));
    const reply = await saveAgain(candidate, entries);
    if (!reply.ok) unknown += entries.length;
  }
  return unknown;
}

export async function saveAgain({ api }: PlayedCandidate, entries: SaveEntry[]): Promise<SaveReply> {
  const joined = await api.post<JoinReply>('/candidate/join', { device: 'look-back' });
  if (!joined.ok) throw new Error(joined.code);
  return api.post<SaveReply>('/candidate/save', { epoch: joined.epoch, entries });
}

export function lastResponses({ paper, given, acknowledged }: PlayedCandidate): Response[] {
  const responses: Response[] = paper.map(() => null);
  for (const { slot, response } of given.slice(0, acknowledged)) responses[slot] = response;
  return responses;
}

/** RFC 6962 root over HMAC-SHA-256(salt, "niem/receipt-slot/1\0" slot) ‖ canonical JSON, as receipts describe it. */
function rootOf({ salt }: ReceiptProof, responses: readonly Response[]): string {
  const hash = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const leaves = responses.map((response, slot) => {
    const key = createHmac('sha256', Buffer.from(salt, 'base64url')).update(`niem/receipt-slot/1\0${slot}`);
    return hash(Buffer.of(0), key.digest(), Buffer.from(canonicalize(response) ?? ''));
  });
  const root = (list: readonly Buffer[]): Buffer => {
    if (list.length <= 1) return list[0] ?? hash();
    let left = 1;
    while (left * 2 < list.length) left *= 2;
    return hash(Buffer.of(1), root(list.slice(0, left)), root(list.slice(left)));
  };
  return root(leaves).toString('base64url');
}
