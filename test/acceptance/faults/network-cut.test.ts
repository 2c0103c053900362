import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal, type PlayedCandidate } from '../../../scripts/steps/candidate.ts';
import { reached } from '../../../scripts/steps/exam.ts';
import { Cable, type Cut } from '../../support/cable.ts';
import { expectSheets, presentIn } from '../../support/closed-exam.ts';
import {
  answerNext,
  expectNothingLost,
  giveNext,
  openRoom,
  whileSaving,
  type Room,
} from '../../support/room.ts';
import { openSchool, type RunningSchool } from '../../support/server.ts';

const IN_EACH_ROOM = 15;
/** Answers of everybody in the other room while the network of the first is cut. */
const MEANWHILE = 40;
/** Answers that are given in the cut room meanwhile, and fit in one message. */
const QUEUED = 12;
const SHORT_SECONDS = 15;

let stage: RunningSchool;

beforeAll(async () => {
  stage = await openSchool();
});

describe.each<Cut>(['silent', 'reset'])('when the network of one room is cut (%s)', (how) => {
  it('for a part of the exam, its answers are acknowledged afterwards, and the other room goes on', async () => {
    const { room, cable, here, there } = await openRooms(600);
    await whileSaving(room.candidates, async () => {
      cable.cut(how);
      for (const candidate of here) giveNext(candidate, QUEUED);
      for (let i = 0; i < MEANWHILE; i++) await Promise.all(there.map(answerNext));
      for (const { given, acknowledged } of here)
        expect(given.length - acknowledged).toBeGreaterThanOrEqual(QUEUED);
      cable.mend();
      await Promise.all(here.map(answerNext));
    });
    for (const { joins } of there) expect(joins).toBe(1);
    for (const { joins } of here) expect(joins).toBeGreaterThan(1);
    const present = await presentIn(stage, room.exam);
    for (const { number, given } of room.candidates)
      expect(present.get(number)).toMatchObject({ watermark: given.length, devices: 1, held: 0 });
    await expectNothingLost(room.candidates);
    for (const candidate of room.candidates) candidate.close();
  }, 240_000);

  it('beyond the deadline, its late answers are held, and neither counted nor dropped', async () => {
    const { room, cable, here, there } = await openRooms(SHORT_SECONDS);
    await Promise.all(room.candidates.map(answerNext));
    cable.cut(how);
    for (const candidate of here) giveNext(candidate, QUEUED);
    const late = here.map(outcomeOfNext);
    await Promise.all(there.map(answerNext));
    await reached(stage.school.teacher.api, room.exam, 'closed');
    cable.mend();
    expect(await Promise.all(late)).toEqual(here.map(() => 'after-deadline'));
    const present = await presentIn(stage, room.exam);
    for (const { number } of here)
      expect(present.get(number)).toMatchObject({ watermark: 1, answered: 1, held: QUEUED + 1 });
    for (const { number } of there)
      expect(present.get(number)).toMatchObject({ watermark: 2, answered: 2, held: 0 });
    await expectSheets(stage, room);
    for (const candidate of room.candidates) candidate.close();
  }, 240_000);
});

interface Rooms {
  /** Everybody, in one exam. */
  room: Room;
  cable: Cable;
  /** Behind the cable. */
  here: PlayedCandidate[];
  there: PlayedCandidate[];
}

async function openRooms(durationSeconds: number): Promise<Rooms> {
  const cable = await Cable.to(stage.url);
  const room = await openRoom(stage, {
    candidates: 2 * IN_EACH_ROOM,
    durationSeconds,
    baseOf: (index) => (index < IN_EACH_ROOM ? cable.url : stage.url),
  });
  const { candidates } = room;
  return { room, cable, here: candidates.slice(0, IN_EACH_ROOM), there: candidates.slice(IN_EACH_ROOM) };
}

/** The code with which the next answer is refused; `acknowledged` when it is not. */
async function outcomeOfNext(candidate: PlayedCandidate): Promise<string> {
  return answerNext(candidate).then(
    () => 'acknowledged',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    },
  );
}
