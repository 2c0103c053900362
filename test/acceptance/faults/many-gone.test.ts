import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { SOCKET_PATH } from '#bank/protocol';
import { dataPaths } from '#server';
import type { Seat } from '../../../load/devices/device.ts';
import { SLOTS } from '../../../load/devices/answers.ts';
import { fileDescriptorLimit } from '../../../load/measure/machine.ts';
import { prepareExam } from '../../../load/stage/exam.ts';
import { signEverybodyIn } from '../../../load/stage/sessions.ts';
import { freePort } from '../../../scripts/process/free-port.ts';
import { presentIn } from '../../support/closed-exam.ts';
import { filledBank } from '../../support/exam.ts';
import { answerNext, expectNothingLost, openRoom, whileSaving } from '../../support/room.ts';
import { openSchool, type RunningSchool } from '../../support/server.ts';

const SAVERS = 20;
const WANTED = 8_000;
/** Open files of a process that are no connections of the crowd. */
const SPARE = 200;
/** Connections that one attempt may have at once. */
const OF_EACH = 4;
const SEATS = Math.floor(Math.min(WANTED, fileDescriptorLimit() - SPARE) / OF_EACH);
const SOCKETS = SEATS * OF_EACH;
const AS_MANY_AS_MAY_BE = SOCKETS < WANTED ? ` (not ${WANTED}: no more files may be open)` : '';
/** Answers of everybody who stays, after the others are gone. */
const AFTERWARDS = 20;

let stage: RunningSchool;
let crowdExam: string;
let seats: Seat[];

beforeAll(async () => {
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
  const { school, server, place } = stage;
  const bank = await filledBank(school, ['Sóng'], questions());
  const exam = await prepareExam({ school, bank }, SEATS);
  crowdExam = exam.id;
  await server.stop();
  seats = await signEverybodyIn(dataPaths(place.data).store, crowdExam);
  await server.start();
  await school.proctor.api.post(`/exams/${crowdExam}/start`);
}, 300_000);

describe(`${SOCKETS} connections that are gone at once${AS_MANY_AS_MAY_BE}`, () => {
  it('keep nobody from being acknowledged and leave nothing behind', async () => {
    const { candidates } = await openRoom(stage, { candidates: SAVERS });
    await whileSaving(candidates, async () => {
      const before = countSockets(0);
      const crowd = await arrive(seats);
      expect(await countConnected()).toBe(SEATS);
      expect(countSockets(SOCKETS)).toBeGreaterThanOrEqual(SOCKETS);
      const gone = once(crowd, 'exit');
      crowd.kill('SIGKILL');
      await gone;
      for (let i = 0; i < AFTERWARDS; i++) await Promise.all(candidates.map(answerNext));
      await expect.poll(countConnected, { timeout: 60_000 }).toBe(0);
      // one more may be that of the proctor who looks
      await expect.poll(() => countSockets(0), { timeout: 60_000 }).toBeLessThanOrEqual(before + 1);
      await arrive(seats.slice(0, SAVERS));
      expect(await countConnected()).toBe(SAVERS);
    });
    for (const { joins } of candidates) expect(joins).toBe(1);
    await expectNothingLost(candidates);
    for (const candidate of candidates) candidate.close();
  }, 240_000);
});

/** A process with all connections of these seats, once all of them are open. */
async function arrive(coming: readonly Seat[]): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('./crowd-child.mjs', import.meta.url)), { execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const { hostname: host, port, host: authority } = new URL(stage.url);
  const target = { host, port: Number(port), authority, path: `${SOCKET_PATH}/` };
  child.send({ target, seats: coming, more: OF_EACH - 1 });
  const code = await Promise.race([once(child, 'message').then(() => null), once(child, 'exit')]);
  if (code) throw new Error(`The crowd did not come: ${code.join(' ')}`);
  return child;
}

/** Who of the crowd's exam has the attempt on an open connection. */
async function countConnected(): Promise<number> {
  const present = await presentIn(stage, crowdExam);
  return [...present.values()].filter(({ connected }) => connected).length;
}

/** Sockets that the server has open; `elsewhere` where the system does not tell. */
function countSockets(elsewhere: number): number {
  if (process.platform !== 'linux') return elsewhere;
  const dir = `/proc/${stage.server.pid}/fd`;
  return readdirSync(dir).filter((name) => isSocket(join(dir, name))).length;
}

/** A file may be closed while the list is read. */
function isSocket(path: string): boolean {
  try {
    return readlinkSync(path).startsWith('socket:');
  } catch {
    return false;
  }
}

/** Enough for papers that all differ. */
function questions() {
  return Array.from({ length: SLOTS + 20 }, (_, i) => ({
    'Mã câu': `S-${i}`,
    'Dạng câu': 'Một lựa chọn',
    'Chủ đề': 'Sóng',
    'Mức độ': 'Biết',
    'Nội dung': `Câu hỏi ${i} về sóng.`,
    'Phương án A': 'một',
    'Phương án B': 'hai',
    'Đáp án': 'A',
  }));
}
