import { describe, expect, it, vi } from 'vitest';
import { newId } from '#bank/vault';
import { timePolicyAt, type AttemptPhase } from '#bank/protocol';
import { connect, join } from './sockets.ts';
import { DURATION_MS, openSheet, proctor, runningExam, seat, serve, startOn } from './world.ts';

const { httpSilenceMs } = timePolicyAt(Date.now());
/** Silence is looked for by a timer of the server. */
const PATIENCE = { timeout: 60_000, interval: 50 };

/** One candidate who writes on a device that speaks HTTP only. */
async function writing() {
  const world = await runningExam();
  const { exam } = world.sitting;
  const candidate = seat(world.sitting);
  const { attempt } = candidate;
  const joinHttp = () => world.delivery.joinWithoutSocket(candidate, { device: 'http' });
  const save = (seq: number, x: string) =>
    world.delivery.save(candidate, { epoch: 1, entries: [{ seq, slot: 5, response: { x } }] });
  const presence = () => world.delivery.presence(attempt);
  const becomes = (state: AttemptPhase) =>
    vi.waitFor(async () => expect((await presence()).state).toBe(state), PATIENCE);
  const late = async (seq: number) =>
    expect(save(seq, 'muộn')).rejects.toMatchObject({ code: 'after-deadline' });
  const mayCount = async () => {
    const [page] = await world.delivery.late.undecided([attempt]);
    return page?.mayCount;
  };
  await joinHttp();
  await save(1, 'kịp');
  return { world, exam, candidate, attempt, joinHttp, save, presence, becomes, late, mayCount };
}

describe('a device that speaks HTTP only', () => {
  it('is there as long as it is heard, whatever it asks', async () => {
    const { world, candidate, presence, joinHttp, save } = await writing();
    const requests = [
      joinHttp,
      () => save(2, 'hai'),
      () => world.delivery.page(candidate),
      () => world.delivery.ticket({ actor: candidate, session: 's', origin: 'http://127.0.0.1' }),
      joinHttp,
    ];
    for (const request of requests) {
      world.clock.time += httpSilenceMs - 1;
      expect(await presence()).toMatchObject({ state: 'running', connected: true });
      await request();
    }
    const { candidates } = await world.proctoring.outages(proctor, world.sitting.exam);
    expect(candidates).toEqual([]);
  });

  it('is missed when it is silent, and what it has lost since it was heard is proposed', async () => {
    const { world, exam, attempt, joinHttp, presence, becomes } = await writing();
    const changed: string[] = [];
    world.delivery.watch(exam, (id) => changed.push(id));
    world.clock.time += httpSilenceMs;
    await becomes('disconnected');
    expect(await presence()).toMatchObject({ connected: false });
    expect(changed).toContain(attempt);
    world.clock.time += 10_000;
    expect(await joinHttp()).toMatchObject({ state: 'running' });
    const lostMs = httpSilenceMs + 10_000;
    expect((await world.proctoring.outages(proctor, exam)).candidates).toMatchObject([
      { lostMs, proposedMs: lostMs },
    ]);
    await becomes('running');
    expect(await presence()).toMatchObject({ connected: true });
  });

  it('that is silent at the end is gone on the sheet, and its late answers can count', async () => {
    const { world, attempt, late, mayCount } = await writing();
    world.clock.time += DURATION_MS - httpSilenceMs - 5000;
    const from = world.clock.time;
    await world.delivery.page(seat(world.sitting));
    world.clock.time += httpSilenceMs + 5000;
    await world.delivery.closeDue();
    expect((await openSheet(world, attempt))?.outages).toEqual([{ from, to: null, cause: 'line' }]);
    await late(2);
    expect(await mayCount()).toBe(true);
  });

  it('that was heard shortly before the end is not, and its late answers cannot', async () => {
    const { world, candidate, attempt, late, mayCount } = await writing();
    world.clock.time += DURATION_MS - httpSilenceMs + 1;
    await world.delivery.page(candidate);
    world.clock.time += httpSilenceMs - 1;
    await world.delivery.closeDue();
    expect((await openSheet(world, attempt))?.outages).toBeUndefined();
    await late(2);
    expect(await mayCount()).toBe(false);
  });

  it('loses nothing while the clock is stopped', async () => {
    const { world, exam, joinHttp } = await writing();
    await world.proctoring.pauseTime(proctor, exam, { decision: newId(), reason: 'alarm' });
    world.clock.time += 600_000;
    await world.proctoring.resumeTime(proctor, exam, { decision: newId() });
    world.clock.time += httpSilenceMs - 1;
    await joinHttp();
    expect((await world.proctoring.outages(proctor, exam)).candidates).toEqual([]);
  });

  it('is missed by a server that was away, like any other', async () => {
    const { world, exam, candidate } = await writing();
    await world.delivery.stop();
    await world.journal.close();
    world.clock.time += 30_000;
    const again = await startOn(world);
    await again.delivery.joinWithoutSocket(candidate, { device: 'http' });
    const { candidates } = await vi.waitFor(async () => {
      const outages = await again.proctoring.outages(proctor, exam);
      expect(outages.candidates).toHaveLength(1);
      return outages;
    }, PATIENCE);
    expect(candidates).toMatchObject([{ lostMs: 30_000 }]);
  });

  it('that gets a socket through is judged by the socket from then on', async () => {
    const { world, exam, presence } = await writing();
    const { url } = await serve(world, world.sitting);
    await join(await connect({ ...world, url }), 'http');
    world.clock.time += 2 * httpSilenceMs;
    expect(await presence()).toMatchObject({ state: 'running', connected: true });
    await world.proctoring.pauseTime(proctor, exam, { decision: newId(), reason: 'alarm' });
    expect((await world.proctoring.outages(proctor, exam)).candidates).toEqual([]);
  });
});
