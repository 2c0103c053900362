import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePort } from '../../../scripts/process/free-port.ts';
import { Refusal, type PlayedCandidate } from '../../../scripts/steps/candidate.ts';
import { countUnknown, expectReceipts } from '../../support/closed-exam.ts';
import { answerNext, expectNothingLost, openRoom } from '../../support/room.ts';
import { openSchool } from '../../support/server.ts';
import { smallDisk } from '../../support/small-disk.ts';

const SAVERS = 20;
const MEBIBYTES = 96;
/** Long answers, sent together, so that the journal soon needs more room than it has set aside. */
const AT_ONCE = 19;
const LONG = 500;

it('a server whose disk fills up acknowledges nothing more and ends, and goes on once there is room', async (context) => {
  const disk = smallDisk(MEBIBYTES);
  if (!disk) return context.skip('no file system can be mounted here: that takes root on Linux');
  const stage = await openSchool({
    NIEM_PORT: String(await freePort()),
    NIEM_DATA: join(disk.dir, 'data'),
  });
  const { server } = stage;
  const { exam, candidates } = await openRoom(stage, { candidates: SAVERS });

  disk.fill();
  const over = new AbortController();
  const saving = Promise.all(candidates.map((candidate) => saveUntil(over.signal, candidate)));
  expect(await server.ended()).toBe(1);
  over.abort();
  expect(server.log).toContain('no answer is accepted until a restart');
  for (const { acknowledged, given } of candidates) {
    expect(acknowledged).toBeGreaterThan(0);
    expect(acknowledged).toBeLessThan(given.length);
  }
  await expect(server.start()).rejects.toThrow(/No space left on device|Is the disk full/);

  disk.makeRoom();
  await server.start();
  await saving;
  await Promise.all(candidates.map(answerNext));
  await expectNothingLost(candidates);
  await Promise.all(candidates.map((candidate) => candidate.submit()));
  await expectReceipts(exam, candidates);
  expect(await Promise.all(candidates.map(countUnknown))).toEqual(candidates.map(() => 0));
  for (const candidate of candidates) candidate.close();
}, 240_000);

async function saveUntil(over: AbortSignal, candidate: PlayedCandidate): Promise<void> {
  while (!over.aborted) {
    for (let i = 0; i < AT_ONCE; i++) candidate.give(0, { x: `${candidate.given.length}`.padEnd(LONG, '0') });
    await answerNext(candidate).catch(onlyUnavailable);
  }
}

/** Before it ends, the server may still say that it cannot write; what it refused so is sent again. */
function onlyUnavailable(error: unknown): void {
  if (!(error instanceof Refusal && error.code === 'unavailable')) throw error;
}
