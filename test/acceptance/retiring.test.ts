import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GradeSummary, JobView, ResultTable, SaveEntry } from '#bank/protocol';
import { freePort } from '../../scripts/process/free-port.ts';
import { reached } from '../../scripts/steps/exam.ts';
import type { PlayedCandidate } from '../../scripts/steps/candidate.ts';
import { segmentFiles } from '../server/journal/support.ts';
import { countUnknown, expectReceipts, lastResponses, presentIn, saveAgain } from '../support/closed-exam.ts';
import { decideLate, lateOf } from '../support/late.ts';
import { answerNext, openRoom, pointsOf, type Room } from '../support/room.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';

const ANSWERS = 3;
/** Not answered in time: the first answers go to the slots before it. */
const LATE_SLOT = ANSWERS;

let stage: RunningSchool;
let room: Room;
let first: PlayedCandidate;
let before: string[];
let presence: Awaited<ReturnType<typeof presentIn>>;

const files = () => segmentFiles(join(stage.place.data, 'journal'));

/** A server retires at its start, and ends when that is done. */
async function restart(): Promise<void> {
  expect(await stage.server.stop()).toBe(0);
  await stage.server.start();
}

/** An exam of two, of whom the first lost the line to the end; then the server retired its journal and came again. */
beforeAll(async () => {
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
  room = await openRoom(stage, { candidates: 2, durationSeconds: 10 });
  first = room.candidates[0]!;
  for (const candidate of room.candidates)
    for (let answers = 0; answers < ANSWERS; answers++) await answerNext(candidate);
  first.close();
  await reached(stage.school.teacher.api, room.exam, 'closed');
  before = await files();
  presence = await presentIn(stage, room.exam);
  await restart();
  await restart();
}, 120_000);

describe('an exam whose journal is retired', () => {
  it('has none of its segment files left', async () => {
    expect(before.length).toBeGreaterThan(0);
    expect((await files()).filter((file) => before.includes(file))).toEqual([]);
  });

  it('gives everybody the same receipt, and acknowledges again what was saved in time', async () => {
    await expectReceipts(room.exam, room.candidates);
    expect(await Promise.all(room.candidates.map(countUnknown))).toEqual([0, 0]);
  });

  it('shows the proctor the same', async () => {
    const withoutLine = (found: typeof presence) =>
      [...found.values()].map((row) => ({ ...row, connected: false }));
    expect(withoutLine(await presentIn(stage, room.exam))).toEqual(withoutLine(presence));
  });

  it('holds what comes late, counts it where a person decides so, and is graded from its sheets', async () => {
    const { proctor, teacher } = stage.school;
    const late: SaveEntry = { seq: ANSWERS + 1, slot: LATE_SLOT, response: { x: '2' } };
    expect(await saveAgain(first, [late])).toMatchObject({ ok: false, code: 'after-deadline' });
    const [held] = await lateOf(proctor.api, room.exam);
    expect(held).toMatchObject({ number: first.number, slots: [LATE_SLOT], count: 1, mayCount: true });
    await restart();
    expect(await lateOf(proctor.api, room.exam)).toEqual([held]);
    expect(await decideLate(proctor.api, room.exam, held!, 'count')).toMatchObject({ answers: 1, sheet: 2 });
    await teacher.api.finished<GradeSummary>(await teacher.api.post<JobView>(`/exams/${room.exam}/grade`));
    const { rows } = await teacher.api.get<ResultTable>(`/exams/${room.exam}/results`);
    const wanted = room.candidates.map((candidate) => {
      const responses = lastResponses(candidate);
      return [
        candidate.number,
        pointsOf(candidate === first ? responses.with(LATE_SLOT, late.response) : responses),
      ];
    });
    expect(rows.map(({ number, marks }) => [number, marks?.total]).toSorted()).toEqual(wanted.toSorted());
  });
});
