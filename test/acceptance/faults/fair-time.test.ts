import { beforeAll, describe, expect, it } from 'vitest';
import type { DecisionTaken, OutagesPage, PresentCandidate } from '#bank/protocol';
import { newId } from '#bank/vault';
import { freePort } from '../../../scripts/process/free-port.ts';
import type { PlayedCandidate } from '../../../scripts/steps/candidate.ts';
import { presentIn } from '../../support/closed-exam.ts';
import { answerNext, expectNothingLost, openRoom, type Room } from '../../support/room.ts';
import { openSchool, type RunningSchool } from '../../support/server.ts';

/** The server notes a lost line by a timer of its own. */
const PATIENCE = { timeout: 90_000, interval: 200 };

let stage: RunningSchool;
let room: Room;
let one: PlayedCandidate;

beforeAll(async () => {
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
  room = await openRoom(stage, { candidates: 6 });
  [one] = room.candidates as [PlayedCandidate];
  await Promise.all(room.candidates.map(answerNext));
});

function decide(act: string, body: object = {}): Promise<DecisionTaken> {
  const path = `/exams/${room.exam}/${act}`;
  return stage.school.proctor.api.post<DecisionTaken>(path, { decision: newId(), ...body });
}

async function standings(): Promise<PresentCandidate[]> {
  return [...(await presentIn(stage, room.exam)).values()];
}

async function standing(candidate: PlayedCandidate): Promise<PresentCandidate | undefined> {
  return (await presentIn(stage, room.exam)).get(candidate.number);
}

async function killAndStart(): Promise<void> {
  await stage.server.kill();
  await stage.server.start();
}

describe('a clock that a proctor has stopped', () => {
  it('stays stopped when the server is killed, with as much time left, and goes on afterwards', async () => {
    expect(await decide('pause', { reason: 'alarm' })).toMatchObject({ changed: 6, over: 0 });
    const before = await standings();
    expect(before.map(({ state }) => state)).toEqual(before.map(() => 'paused'));
    await killAndStart();
    const after = await standings();
    expect(after.map(({ state, left }) => ({ state, left }))).toEqual(
      before.map(({ left }) => ({ state: 'paused', left })),
    );
    await expect(answerNext(one)).rejects.toMatchObject({ code: 'attempt-paused' });
    expect(await decide('resume')).toMatchObject({ changed: 6 });
    await Promise.all(room.candidates.map(answerNext));
    for (const { because } of await standings()) expect(because).toMatchObject([{ reason: 'alarm' }]);
    await expectNothingLost(room.candidates);
  });
});

describe('time that was lost without a line', () => {
  it('stands on the record when the server is killed, and is given back by a person for good', async () => {
    await answerNext(one);
    one.close();
    await expect.poll(async () => (await standing(one))?.state, PATIENCE).toBe('disconnected');
    await killAndStart();
    expect((await standing(one))?.state).toBe('disconnected');
    await one.connect();
    await answerNext(one);

    const path = `/exams/${room.exam}/outages`;
    const lost = (await stage.school.proctor.api.get<OutagesPage>(path)).candidates;
    const own = lost.find(({ number }) => number === one.number);
    expect(own?.proposedMs).toBeGreaterThan(0);
    const before = await standing(one);
    expect(await decide('outages', { candidates: [own?.candidate] })).toMatchObject({ changed: 1 });
    await killAndStart();
    const after = await standing(one);
    expect(after?.because.at(-1)).toMatchObject({ reason: 'outage', ms: own?.proposedMs });
    expect((after?.endsAt ?? 0) - (before?.endsAt ?? 0)).toBe(own?.proposedMs);
    await expectNothingLost(room.candidates);
    for (const candidate of room.candidates) candidate.close();
  });
});
