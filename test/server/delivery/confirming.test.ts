import { describe, expect, it } from 'vitest';
import { StandbyMissing, type SecondDisk } from '#server/storage';
import { openPorts } from '../../support/ports.ts';
import {
  DURATION_MS,
  openSheet,
  proctor,
  seat,
  seatExam,
  startOn,
  type Candidate,
  type Sitting,
  type World,
} from './world.ts';

/** A second disk that can be lost. */
function secondDisk() {
  const disk = {
    isLost: false,
    async caughtUp() {
      if (disk.isLost) throw new StandbyMissing();
    },
  };
  return disk satisfies SecondDisk;
}

/** A board exam and a school test side by side, on two disks. */
async function twoExams() {
  const other = secondDisk();
  const disk = await openPorts();
  const world = await startOn(disk, { secondDisk: other });
  const [board, school] = [
    await seatExam(world, 2, { profile: 'P2' }),
    await seatExam(world, 1, { profile: 'P1' }),
  ];
  for (const { exam } of [board, school]) await world.proctoring.startExam(proctor, exam);
  return { disk, other, world, board, school };
}

function text(seq: number, x: string) {
  return { epoch: 1, entries: [{ seq, slot: 5, response: { x } }] };
}

async function joined({ delivery }: World, sitting: Sitting, place = 0): Promise<Candidate> {
  const candidate = seat(sitting, place);
  await delivery.join(candidate, { device: 'A' });
  return candidate;
}

describe('an exam that demands two disks', () => {
  it('is acknowledged nothing while the second disk is lost, and another exam goes on', async () => {
    const { other, world, board, school } = await twoExams();
    const { delivery } = world;
    const [strict, plain] = [await joined(world, board), await joined(world, school)];
    expect(await delivery.save(strict, text(1, 'một'))).toMatchObject({ watermark: 1 });
    other.isLost = true;
    for (let times = 0; times < 2; times++)
      await expect(delivery.save(strict, text(2, 'hai'))).rejects.toBeInstanceOf(StandbyMissing);
    expect(await delivery.save(plain, text(1, 'một'))).toMatchObject({ watermark: 1 });
    other.isLost = false;
    expect(await delivery.save(strict, text(2, 'hai'))).toMatchObject({ watermark: 2 });
    const records = await world.journal.read(strict.attempt);
    expect(records.filter(({ type }) => type === 'answer')).toHaveLength(2);
  });

  it('is not told by a join, a hand-in, a held answer or the page either what only one disk has', async () => {
    const { other, world, board } = await twoExams();
    const { delivery } = world;
    const strict = await joined(world, board);
    await delivery.save(strict, text(1, 'một'));
    other.isLost = true;
    await expect(delivery.save(strict, text(2, 'hai'))).rejects.toBeInstanceOf(StandbyMissing);
    await expect(delivery.join(strict, { device: 'A' })).rejects.toBeInstanceOf(StandbyMissing);
    expect((await delivery.page(strict)).state).toBe('running');
    await expect(delivery.submit(strict, { epoch: 1, lastSeq: 2 })).rejects.toBeInstanceOf(StandbyMissing);
    await expect(delivery.page(strict)).rejects.toBeInstanceOf(StandbyMissing);
    await expect(delivery.save(strict, text(3, 'muộn'))).rejects.toBeInstanceOf(StandbyMissing);
    other.isLost = false;
    await expect(delivery.save(strict, text(3, 'muộn'))).rejects.toMatchObject({
      code: 'already-submitted',
    });
    expect((await delivery.join(strict, { device: 'A' })).receipt).toBeDefined();
  });

  it('is not told after a restart what the second disk may never have got', async () => {
    const { disk, other, world, board, school } = await twoExams();
    const [strict, plain] = [await joined(world, board), await joined(world, school)];
    other.isLost = true;
    await expect(world.delivery.save(strict, text(1, 'một'))).rejects.toBeInstanceOf(StandbyMissing);
    await world.delivery.save(plain, text(1, 'một'));
    await world.journal.close();
    const { delivery } = await startOn(disk, { secondDisk: other });
    await expect(delivery.save(strict, text(1, 'một'))).rejects.toBeInstanceOf(StandbyMissing);
    await expect(delivery.join(strict, { device: 'A' })).rejects.toBeInstanceOf(StandbyMissing);
    expect(await delivery.save(plain, text(1, 'một'))).toMatchObject({ watermark: 1 });
    other.isLost = false;
    expect(await delivery.save(strict, text(1, 'một'))).toMatchObject({ watermark: 1 });
  });

  it('is closed once the second disk is back, with what came in time; another is closed in time', async () => {
    const { disk, other, world, board, school } = await twoExams();
    const [strict, plain] = [await joined(world, board), await joined(world, school)];
    other.isLost = true;
    await expect(world.delivery.save(strict, text(1, 'một'))).rejects.toBeInstanceOf(StandbyMissing);
    await world.delivery.save(plain, text(1, 'một'));
    world.clock.time += DURATION_MS;
    await world.journal.close();
    const again = await startOn(disk, { secondDisk: other });
    expect(await openSheet(world, plain.attempt)).not.toBeNull();
    expect(await openSheet(world, strict.attempt)).toBeNull();
    await expect(again.delivery.closeDue()).rejects.toBeInstanceOf(StandbyMissing);
    other.isLost = false;
    await again.delivery.closeDue();
    expect((await openSheet(world, strict.attempt))?.answers).toMatchObject([{ seq: 1 }]);
  });

  it('tells staff of a decision only when both disks have it; repeating it changes nothing more', async () => {
    const { other, world, board } = await twoExams();
    const strict = await joined(world, board);
    other.isLost = true;
    const more = { decision: 'a'.repeat(22), minutes: 5, reason: 'alarm' as const };
    const give = () => world.proctoring.extendTime(proctor, board.exam, more);
    await expect(give()).rejects.toBeInstanceOf(StandbyMissing);
    other.isLost = false;
    expect(await give()).toMatchObject({ changed: 2 });
    const [change, ...others] = (await world.delivery.join(strict, { device: 'A' })).because ?? [];
    expect([change?.ms, others]).toEqual([300_000, []]);
  });

  it('is acknowledged nothing by a server that has been left without one', async () => {
    const { disk, world, board } = await twoExams();
    const strict = await joined(world, board);
    await world.journal.close();
    const { delivery } = await startOn(disk);
    await expect(delivery.save(strict, text(1, 'một'))).rejects.toBeInstanceOf(StandbyMissing);
  });

  it('is not started where there is no second disk', async () => {
    const world = await startOn(await openPorts());
    const { exam } = await seatExam(world, 1, { profile: 'P3' });
    await expect(world.proctoring.startExam(proctor, exam)).rejects.toMatchObject({
      code: 'profile-needs-standby',
    });
  });
});
