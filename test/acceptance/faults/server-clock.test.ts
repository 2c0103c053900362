import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePort } from '../../../scripts/process/free-port.ts';
import { reached } from '../../../scripts/steps/exam.ts';
import { answerNext, expectNothingLost, openRoom, whileSaving, type Room } from '../../support/room.ts';
import { openSchool, type RunningSchool } from '../../support/server.ts';
import { tempDir } from '../../support/temp-dir.ts';

const SAVERS = 10;
const SECONDS = 15;

const library = fakeTime();

/** The clock of the server's machine, as that process sees it, and a room that saves. */
async function open(): Promise<{ stage: RunningSchool; room: Room; step(hours: number): void }> {
  const file = join(tempDir(), 'clock');
  const step = (hours: number) => writeFileSync(file, `${hours * 3600 >= 0 ? '+' : ''}${hours * 3600}\n`);
  step(0);
  const stage = await openSchool({
    NIEM_PORT: String(await freePort()),
    LD_PRELOAD: library ?? '',
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  });
  return { stage, room: await openRoom(stage, { candidates: SAVERS, durationSeconds: SECONDS }), step };
}

it.for([1, -1])(
  'an exam ends when its time has passed, though the clock is set by %i h',
  async (hours, context) => {
    if (library === null) context.skip('faketime is not installed');
    const { stage, room, step } = await open();
    await whileSaving(room.candidates, async () => {
      step(hours);
      await Promise.all(room.candidates.map(answerNext));
    });
    for (const { joins } of room.candidates) expect(joins).toBe(1);
    await reached(stage.school.teacher.api, room.exam, 'closed');
    await expectNothingLost(room.candidates);
    for (const candidate of room.candidates) candidate.close();
  },
);

it('a server that starts again on a clock set back by an hour goes on where its record ends', async (context) => {
  if (library === null) context.skip('faketime is not installed');
  const { stage, room, step } = await open();
  await whileSaving(room.candidates, async () => {
    await stage.server.kill();
    step(-1);
    await stage.server.start();
    expect(stage.server.log).toContain('the clock of this machine is behind the record');
  });
  for (const { joins } of room.candidates) expect(joins).toBeGreaterThan(1);
  await reached(stage.school.teacher.api, room.exam, 'closed');
  await expectNothingLost(room.candidates);
  for (const candidate of room.candidates) candidate.close();
});

/** Debian's package `faketime`; null where it is not installed. */
function fakeTime(): string | null {
  try {
    const files = execFileSync('dpkg', ['-L', 'libfaketime'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return files.split('\n').find((file) => file.endsWith('/libfaketimeMT.so.1')) ?? null;
  } catch {
    return null;
  }
}
