import { beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../scripts/process/free-port.ts';
import { reached } from '../../../scripts/steps/exam.ts';
import { expectSheets } from '../../support/closed-exam.ts';
import { answerNext, expectNothingLost, openRoom, whileSaving, type Room } from '../../support/room.ts';
import { openSchool, restartTime, type RunningSchool } from '../../support/server.ts';

const SAVERS = 40;
const RESTARTS = 3;

interface Stop {
  code: number | null;
  /** Answers that had been given and not acknowledged when the server had ended. */
  inFlight: number;
}

let stage: RunningSchool;
let room: Room;
const stops: Stop[] = [];

beforeAll(async () => {
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
  const restart = await restartTime(stage.server);
  const durationSeconds = Math.ceil((RESTARTS * (3 * restart + 2_000)) / 1_000) + 10;
  room = await openRoom(stage, { candidates: SAVERS, durationSeconds });
  await whileSaving(room.candidates, async () => {
    while (stops.length < RESTARTS) {
      const code = await stage.server.stop();
      stops.push({ code, inFlight: countInFlight() });
      await stage.server.start();
      await Promise.all(room.candidates.map(answerNext));
    }
  });
  await reached(stage.school.teacher.api, room.exam, 'closed');
}, 300_000);

describe('a server that is told to stop and started again while forty candidates save', () => {
  it('leaves in order each time, with answers in flight', () => {
    expect(stops.map(({ code }) => code)).toEqual(Array.from({ length: RESTARTS }, () => 0));
    for (const { inFlight } of stops) expect(inFlight).toBeGreaterThan(0);
  });

  it('says goodbye to everybody, and everybody comes back', () => {
    for (const { farewells, joins } of room.candidates) {
      expect(farewells).toBe(RESTARTS);
      expect(joins).toBeGreaterThan(RESTARTS);
    }
  });

  it('acknowledges in the end every answer that was given, and shows it', async () => {
    expect(room.candidates).toHaveLength(SAVERS);
    await expectNothingLost(room.candidates);
  });

  it('has everything acknowledged once in the final sheets, from the same device', async () => {
    expect(room.candidates).toHaveLength(SAVERS);
    await expectSheets(stage, room);
  });
});

function countInFlight(): number {
  return room.candidates.reduce((sum, { given, acknowledged }) => sum + given.length - acknowledged, 0);
}
