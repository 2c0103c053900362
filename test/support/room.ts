import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import { gather } from '../../scripts/steps/gather.ts';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import type { PlayedCandidate } from '../../scripts/steps/candidate.ts';
import type { AccessSlips, Response } from '#bank/protocol';
import { filledBank, sealedExam } from './exam.ts';
import type { RunningSchool } from './server.ts';

/** Many more than a paper has, so that there is another paper for everybody. */
const IN_BANK = 12;
const QUESTIONS = 4;
const POINTS = 250;
const RIGHT = '2';

/** A running exam with candidates who have opened their papers, and the slips of some who have not come. */
export interface Room {
  exam: string;
  candidates: PlayedCandidate[];
  others: AccessSlips;
}

interface RoomSetting {
  candidates: number;
  others?: number;
  durationSeconds?: number;
  /** Where each of them finds the server, when it is not the address of the server itself. */
  baseOf?: (index: number) => string;
}

export async function openRoom(stage: RunningSchool, setting: RoomSetting): Promise<Room> {
  const { candidates: count, others = 0, durationSeconds = 600, baseOf = () => stage.url } = setting;
  const { school } = stage;
  const rows = Array.from({ length: IN_BANK }, (_, i) => ({
    'Mã câu': `S${i}`,
    'Dạng câu': 'Trả lời số',
    'Chủ đề': 'Sóng',
    'Mức độ': 'Biết',
    'Nội dung': `Câu ${i}: một cộng một bằng bao nhiêu?`,
    'Đáp án': RIGHT,
  }));
  const { exam, slips } = await sealedExam(school, {
    bank: await filledBank(school, ['Sóng'], rows),
    durationSeconds,
    cells: [{ id: 'c1', count: QUESTIONS, points: POINTS, topic: 'Sóng', level: 'KNOW', kind: 'numeric' }],
    pupils: Array.from({ length: count + others }, (_, i) => ({
      number: `${1001 + i}`,
      name: 'Nguyễn Văn Bình',
    })),
  });
  const coming = slips.slips.slice(0, count);
  const gathered = await Promise.all(coming.map((slip, i) => gather(baseOf(i), { ...slips, slips: [slip] })));
  const candidates = gathered.flat();
  await school.proctor.api.post(`/exams/${exam.id}/start`);
  await Promise.all(candidates.map((candidate) => candidate.opened()));
  return { exam: exam.id, candidates, others: { ...slips, slips: slips.slips.slice(count) } };
}

/** The next answer of a candidate; resolves when it is acknowledged. */
export function answerNext(candidate: PlayedCandidate): Promise<void> {
  return candidate.answer(...nextAnswer(candidate));
}

/** Answers that travel with the next one that is waited for. */
export function giveNext(candidate: PlayedCandidate, count: number): void {
  for (let i = 0; i < count; i++) candidate.give(...nextAnswer(candidate));
}

/** Right or wrong by chance, and no wrong one like another. */
function nextAnswer({ given }: PlayedCandidate): [number, Response] {
  return [given.length % QUESTIONS, { x: randomInt(2) === 0 ? RIGHT : `sai ${given.length}` }];
}

/** What a paper of the room with these answers is worth. */
export function pointsOf(responses: readonly Response[]): number {
  return responses.filter((response) => response && 'x' in response && response.x === RIGHT).length * POINTS;
}

/** Everybody saves without pause while something happens, and is acknowledged one answer more after it. */
export async function whileSaving<T>(
  candidates: readonly PlayedCandidate[],
  act: () => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  await Promise.all(candidates.map(answerNext));
  const savers = candidates.map(async (candidate) => {
    while (!over.signal.aborted) await answerNext(candidate);
    await answerNext(candidate);
  });
  try {
    return await act();
  } finally {
    over.abort();
    await Promise.all(savers);
  }
}

/** Every answer that was given is acknowledged, and the server holds it. */
export async function expectNothingLost(candidates: readonly PlayedCandidate[]): Promise<void> {
  for (const { acknowledged, given } of candidates) expect(acknowledged).toBe(given.length);
  expect(await Promise.all(candidates.map((candidate) => candidate.countLost()))).toEqual(
    candidates.map(() => 0),
  );
}

/** A candidate of the room who has signed in and not connected. */
export async function signedIn(
  base: string,
  { exam, slips }: AccessSlips,
  index: number,
): Promise<ApiClient> {
  const api = new ApiClient(base);
  const slip = slips[index];
  await api.post('/candidate/sign-in', { exam, number: slip?.number, code: slip?.code });
  return api;
}
