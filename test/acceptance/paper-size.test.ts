import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AccessSlips, FetchedPaper, SealedPaper } from '#bank/protocol';
import {
  MATRIX_TOTAL,
  QUESTION_FILE,
  readClassList,
  readMatrices,
  TOPICS,
} from '../../scripts/demo/content.ts';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import { importQuestions, reviewAll, sharedBank } from '../../scripts/steps/bank.ts';
import { createExam, enrol, seal, setMatrix } from '../../scripts/steps/exam.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';

/** Of the matrix; a reading adds a box of its own. */
const QUESTIONS = 28;
const KB = 1024;
/** Measured over 126 papers: 25 to 42 KB, 29 KB in the middle; pictures make the large ones. */
const LARGEST = 60 * KB;
const AVERAGE = 34 * KB;
/** Of the head of one answer. */
const HEAD = 400;

interface Travelled {
  /** Bytes of the bodies on the wire. */
  bytes: number;
  /** Bytes of the heads of the answers. */
  heads: number;
  paper: FetchedPaper;
}

let stage: RunningSchool;
let travelled: Travelled[];

beforeAll(async () => {
  stage = await openSchool();
  const slips = await sealedDemoExam();
  travelled = await Promise.all(slips.slips.map((slip) => fetchPaper(slips.exam, slip)));
}, 200_000);

describe('the sealed papers of the demo', () => {
  it('come in so few bytes that a slow line carries them in a second', () => {
    expect(travelled).toHaveLength(42);
    const sizes = travelled.map(({ bytes }) => bytes);
    expect(Math.max(...sizes)).toBeLessThan(LARGEST);
    expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeLessThan(AVERAGE);
    for (const { heads, paper } of travelled) expect(heads / (1 + paper.boxes.size)).toBeLessThan(HEAD);
  });

  it('hold a box for each question, in steps of 256 bytes', () => {
    for (const { paper } of travelled) {
      expect(paper.boxes.size).toBeGreaterThanOrEqual(QUESTIONS);
      const lengths = [...paper.boxes.values()].map((box) => box.length);
      expect(new Set(lengths.map((length) => length % 256)).size).toBe(1);
    }
  });
});

async function sealedDemoExam(): Promise<AccessSlips> {
  const { teacher, reviewer } = stage.school;
  const bank = await sharedBank(teacher.api, reviewer.api, 'Vật lí 11', TOPICS);
  await importQuestions(teacher.api, bank.id, QUESTION_FILE);
  await reviewAll(teacher.api, reviewer.api, bank.id);
  const plan = { title: 'Vật lí 11', bank: bank.id, durationSeconds: 600, profile: 'P1' } as const;
  const exam = await createExam(teacher.api, plan);
  await setMatrix(teacher.api, exam.id, (await readMatrices()).A.blueprint, MATRIX_TOTAL);
  const slips = await enrol(teacher.api, exam.id, await readClassList());
  await seal(teacher.api, exam.id);
  return slips;
}

async function fetchPaper(exam: string, { number, code }: AccessSlips['slips'][number]): Promise<Travelled> {
  const api = new ApiClient(stage.url);
  await api.post('/candidate/sign-in', { exam, number, code });
  const travelled = { bytes: 0, heads: 0 };
  const ask = async (path: string) => {
    const request = get(`${stage.url}/api/v1/candidate/${path}`, { headers: { cookie: api.cookie } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const body = Buffer.concat(await response.toArray());
    travelled.bytes += body.length;
    travelled.heads += response.rawHeaders.join(': ').length;
    return body;
  };
  const paper = JSON.parse((await ask('paper')).toString()) as SealedPaper;
  const boxes = new Map<string, Uint8Array>();
  for (const address of paper.addresses) boxes.set(address, await ask(`boxes/${address}`));
  return { ...travelled, paper: { ...paper, boxes } };
}
