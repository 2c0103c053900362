import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OutagesPage, PresencePage } from '#bank/protocol';
import { freePort } from '../../../scripts/process/free-port.ts';
import { reached } from '../../../scripts/steps/exam.ts';
import { ledgerActs } from '../../support/ledger.ts';
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

it.for([1, -1])(
  'a server that starts again on a clock set by %i h goes on by the time that has really passed, and says so',
  async (hours, context) => {
    if (library === null) context.skip('faketime is not installed');
    const { stage, room, step } = await open();
    const { proctor, teacher } = stage.school;
    await whileSaving(room.candidates, async () => {
      await stage.server.kill();
      step(hours);
      await stage.server.start();
    });
    for (const { joins } of room.candidates) expect(joins).toBeGreaterThan(1);
    const event = expect.objectContaining({
      kind: 'set',
      byMs: expect.toSatisfy(isAbout(hours * 3_600_000)),
    });
    const {
      clock,
      now,
      startsAt = NaN,
    } = await proctor.api.get<PresencePage>(`/exams/${room.exam}/presence`);
    expect(clock).toEqual([event]);
    expect(now - startsAt).toBeLessThan(SECONDS * 1000);
    const { candidates } = await proctor.api.get<OutagesPage>(`/exams/${room.exam}/outages`);
    for (const { lostMs } of candidates) expect(lostMs).toBeLessThan(SECONDS * 1000);
    await reached(teacher.api, room.exam, 'closed');
    await expectNothingLost(room.candidates);
    for (const candidate of room.candidates) candidate.close();
    await stage.server.stop();
    const told = ledgerActs(stage.place.data).filter(({ action }) => action === 'server.clock');
    expect(told.map(({ data }) => data)).toEqual([event]);
  },
);

const isAbout = (ms: number) => (value: number) => Math.abs(value - ms) < 2000;

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
