import { describe, expect, it, vi } from 'vitest';
import { newId } from '#bank/vault';
import { timePolicyAt } from '#bank/protocol';
import { connect, join, next, served } from './sockets.ts';
import { DURATION_MS, ledger, openSheet, proctor, seat } from './world.ts';

const { outageFromMs } = timePolicyAt(Date.now());
/** A line that is gone is noted by a timer of the server. */
const PATIENCE = { timeout: 20 * outageFromMs, interval: 50 };

async function writing(count = 1) {
  const world = await served(count);
  const { exam } = world.sitting;
  await world.proctoring.startExam(proctor, exam);
  const socket = await connect(world);
  await join(socket);
  const { attempt } = seat(world.sitting);
  const presence = () => world.delivery.presence(attempt);
  /** Without a line the server has noticed. */
  const gone = () => vi.waitFor(async () => expect((await presence()).connected).toBe(false), PATIENCE);
  return { world, exam, socket, attempt, presence, gone };
}

describe('the line to a candidate', () => {
  it('is missed, noted when the page does not bridge it, and noted again when it is back', async () => {
    const { world, exam, socket, attempt, presence, gone } = await writing();
    socket.disconnect();
    await gone();
    world.clock.time += 30_000;
    await vi.waitFor(async () => expect((await presence()).state).toBe('disconnected'), PATIENCE);
    const again = await connect(world);
    expect(await join(again)).toMatchObject({ state: 'running' });
    expect((await presence()).state).toBe('running');
    const { candidates } = await world.proctoring.outages(proctor, exam);
    expect(candidates).toMatchObject([{ lostMs: 30_000, proposedMs: 30_000 }]);
    await world.delivery.stop();
    const lines = (await ledger(world)).filter((leaf) => leaf === `attempt.line attempt:${attempt}`);
    expect(lines).toHaveLength(2);
  });

  it('that is gone at the end stands on the sheet as gone', async () => {
    const { world, socket, attempt, gone } = await writing();
    world.clock.time += DURATION_MS - 1000;
    const from = world.clock.time;
    socket.disconnect();
    await gone();
    world.clock.time += 1000;
    await world.delivery.closeDue();
    expect((await openSheet(world, attempt))?.outages).toEqual([{ from, to: null, cause: 'line' }]);
  });

  it('costs nothing while the clock is stopped', async () => {
    const { world, exam, socket, gone } = await writing();
    await world.proctoring.pauseTime(proctor, exam, { decision: newId(), reason: 'alarm' });
    socket.disconnect();
    await gone();
    world.clock.time += 600_000;
    await world.proctoring.resumeTime(proctor, exam, { decision: newId() });
    world.clock.time += outageFromMs;
    await join(await connect(world));
    expect((await world.proctoring.outages(proctor, exam)).candidates).toMatchObject([
      { lostMs: outageFromMs },
    ]);
  });
});

describe('a decision', () => {
  it('is pushed to the page of everybody whom it is for', async () => {
    const { world, exam, socket } = await writing(2);
    const paused = next(socket, 'state');
    await world.proctoring.pauseTime(proctor, exam, { decision: newId(), reason: 'alarm' });
    expect(await paused).toMatchObject({ state: 'paused', left: DURATION_MS });
    const running = next(socket, 'state');
    await world.proctoring.resumeTime(proctor, exam, { decision: newId() });
    expect(await running).toMatchObject({ state: 'running', sectionKey: expect.any(String) });
    const ended = next(socket, 'state');
    const { candidate } = seat(world.sitting);
    const end = { decision: newId(), candidates: [candidate], reason: 'withdrawn' as const };
    await world.proctoring.terminate(proctor, exam, end);
    expect(await ended).toMatchObject({ state: 'terminated', receipt: expect.any(String) });
  });

  it('lets who waited through the pause begin when the clock goes on', async () => {
    const world = await served(1);
    const { exam } = world.sitting;
    await world.proctoring.startExam(proctor, exam);
    await world.proctoring.pauseTime(proctor, exam, { decision: newId(), reason: 'alarm' });
    const socket = await connect(world);
    expect(await join(socket)).toMatchObject({ state: 'paused' });
    const running = next(socket, 'state');
    await world.proctoring.resumeTime(proctor, exam, { decision: newId() });
    expect(await running).toMatchObject({ state: 'running', sectionKey: expect.any(String) });
  });
});
