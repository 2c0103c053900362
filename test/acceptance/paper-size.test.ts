import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AccessSlips, SealedPaper } from '#bank/protocol';
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

interface Travelled {
  /** Bytes of the body on the wire. */
  bytes: number;
  encoding: string | undefined;
  paper: SealedPaper;
}

let stage: RunningSchool;
let travelled: Travelled[];

beforeAll(async () => {
  stage = await openSchool();
  const slips = await sealedDemoExam();
  travelled = await Promise.all(slips.slips.map((slip) => fetchPaper(slips.exam, slip)));
}, 200_000);

describe('the sealed papers of the demo', () => {
  it('come compressed, in one answer that a slow line carries in a second', () => {
    expect(travelled).toHaveLength(42);
    expect(new Set(travelled.map(({ encoding }) => encoding))).toEqual(new Set(['gzip']));
    const sizes = travelled.map(({ bytes }) => bytes);
    expect(Math.max(...sizes)).toBeLessThan(LARGEST);
    expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeLessThan(AVERAGE);
  });

  it('hold a box for each question, in steps of 256 bytes', () => {
    for (const { paper } of travelled) {
      expect(paper.views.length).toBeGreaterThanOrEqual(QUESTIONS);
      const lengths = paper.views.map(({ box }) => Buffer.from(box, 'base64').length);
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
  const headers = { cookie: api.cookie, 'accept-encoding': 'gzip, deflate, br' };
  const request = get(`${stage.url}/api/v1/candidate/boxes`, { headers });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const body = Buffer.concat(await response.toArray());
  const encoding = response.headers['content-encoding'];
  const json = encoding === 'gzip' ? gunzipSync(body) : body;
  return { bytes: body.length, encoding, paper: JSON.parse(json.toString()) as SealedPaper };
}
