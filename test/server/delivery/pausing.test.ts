import { describe, expect, it } from 'vitest';
import { newId } from '#bank/vault';
import { timePolicyAt, type Response } from '#bank/protocol';
import { leavesOf } from '../../support/ports.ts';
import {
  DURATION_MS,
  ledger,
  openSheet,
  proctor,
  runningExam,
  seat,
  startOn,
  type Candidate,
  type World,
} from './world.ts';

const TEN_MINUTES = 10 * 60_000;

const decision = (candidates?: string[]) => ({ decision: newId(), ...(candidates && { candidates }) });

async function answer({ delivery }: World, candidate: Candidate, x: string) {
  const { epoch, nextSeq } = await delivery.join(candidate, { device: 'A' });
  const response: Response = { x };
  return delivery.save(candidate, { epoch, entries: [{ seq: nextSeq, slot: 5, response }] });
}

async function stateOf(world: World, exam: string) {
  return (await world.store.get('exams', exam))?.state;
}

describe('a stopped clock', () => {
  it('covers the paper, takes no answer, and moves the end by just as long as it stood', async () => {
    const world = await runningExam(2);
    const { exam } = world.sitting;
    const [stopped, usual] = [seat(world.sitting, 0), seat(world.sitting, 1)];
    const before = await world.delivery.join(stopped, { device: 'A' });
    await answer(world, usual, 'một');
    world.clock.time += 10_000;
    const pause = { ...decision([stopped.candidate]), reason: 'health' as const };
    expect(await world.proctoring.pauseTime(proctor, exam, pause)).toMatchObject({ changed: 1, over: 0 });

    const told = await world.delivery.join(stopped, { device: 'A' });
    expect(told).toMatchObject({ state: 'paused', left: DURATION_MS - 10_000 });
    expect(told).not.toHaveProperty('endsAt');
    expect(told).not.toHaveProperty('sectionKey');
    await expect(answer(world, stopped, 'trong lúc dừng')).rejects.toMatchObject({ code: 'attempt-paused' });
    await expect(world.delivery.submit(stopped, { epoch: 1, lastSeq: 0 })).rejects.toMatchObject({
      code: 'attempt-paused',
    });
    await answer(world, usual, 'hai');

    world.clock.time += TEN_MINUTES;
    await world.delivery.closeDue();
    expect(await stateOf(world, exam)).toBe('open');
    await expect(answer(world, usual, 'muộn')).rejects.toMatchObject({ code: 'after-deadline' });
    await world.proctoring.resumeTime(proctor, exam, decision([stopped.candidate]));
    expect(await world.delivery.join(stopped, { device: 'A' })).toMatchObject({
      state: 'running',
      endsAt: (before.endsAt ?? 0) + TEN_MINUTES,
      because: [{ decision: pause.decision, ms: TEN_MINUTES, reason: 'health' }],
    });
    await answer(world, stopped, 'sau khi tiếp tục');

    world.clock.time += DURATION_MS - 10_000;
    await world.delivery.closeDue();
    expect(await stateOf(world, exam)).toBe('closed');
    const sheet = await openSheet(world, stopped.attempt);
    expect(sheet?.answers.map(({ response }) => response)).toEqual([{ x: 'sau khi tiếp tục' }]);
    expect(sheet?.times).toMatchObject([{ ms: TEN_MINUTES, reason: 'health', by: proctor.user }]);
    expect(sheet?.transitions.map(({ to }) => to)).toEqual(['started', 'paused', 'resumed', 'closed']);
  });

  it('is for the whole room, also for who comes while it stands, and outlives a crash', async () => {
    const world = await runningExam(3);
    const { exam } = world.sitting;
    const [writes, comesLate, never] = [0, 1, 2].map((place) => seat(world.sitting, place)) as [
      Candidate,
      Candidate,
      Candidate,
    ];
    await answer(world, writes, 'một');
    await world.proctoring.pauseTime(proctor, exam, { ...decision(), reason: 'alarm' });
    expect(await world.delivery.join(comesLate, { device: 'B' })).toMatchObject({ state: 'paused' });
    await world.journal.close();

    const again = await startOn(world);
    again.clock.time += TEN_MINUTES;
    await again.delivery.closeDue();
    const { candidates } = await again.proctoring.presence(proctor, exam);
    expect(candidates.map(({ state, left }) => [state, left])).toEqual(
      [writes, comesLate, never].map(() => ['paused', DURATION_MS]),
    );
    expect(await again.proctoring.resumeTime(proctor, exam, decision())).toMatchObject({ changed: 3 });
    expect(await again.delivery.join(comesLate, { device: 'B' })).toMatchObject({ state: 'running' });
    const states = (await again.proctoring.presence(proctor, exam)).candidates.map(({ state }) => state);
    expect(states).toEqual(['running', 'running', 'admitted']);
  });

  it('is decided once, however often it is sent, and a late repetition does not undo what came after', async () => {
    const world = await runningExam();
    const { exam } = world.sitting;
    const candidate = seat(world.sitting);
    await answer(world, candidate, 'một');
    const first = { ...decision(), reason: 'disturbance' as const };
    await world.proctoring.pauseTime(proctor, exam, first);
    const goOn = decision();
    await world.proctoring.resumeTime(proctor, exam, goOn);
    await world.proctoring.pauseTime(proctor, exam, first);
    expect(await world.delivery.join(candidate, { device: 'A' })).toMatchObject({ state: 'running' });
    await world.proctoring.pauseTime(proctor, exam, { ...decision(), reason: 'disturbance' });
    await world.proctoring.resumeTime(proctor, exam, goOn);
    expect(await world.delivery.join(candidate, { device: 'A' })).toMatchObject({ state: 'paused' });
  });
});

describe('a clock that nobody starts again', () => {
  const { name: policy, pauseLimitMs } = timePolicyAt(Date.UTC(2026, 5, 1));

  it('is closed by the policy with what was saved, so that the exam can close, and says so everywhere', async () => {
    const world = await runningExam(3);
    const { exam } = world.sitting;
    const [stopped, never, usual] = [0, 1, 2].map((place) => seat(world.sitting, place)) as [
      Candidate,
      Candidate,
      Candidate,
    ];
    await answer(world, stopped, 'đã lưu');
    await answer(world, usual, 'một');
    const pausedAt = world.clock.time;
    const pause = { ...decision([stopped.candidate, never.candidate]), reason: 'alarm' as const };
    await world.proctoring.pauseTime(proctor, exam, pause);
    const closesAt = pausedAt + DURATION_MS + pauseLimitMs;
    const { candidates } = await world.proctoring.presence(proctor, exam);
    expect(candidates.map(({ paused }) => paused?.since)).toEqual([pausedAt, pausedAt, undefined]);

    world.clock.time = closesAt - 1;
    await world.delivery.closeDue();
    expect(await stateOf(world, exam)).toBe('open');
    world.clock.time = candidates[0]?.paused?.closesAt ?? NaN;
    expect(world.clock.time).toBe(closesAt);
    await world.delivery.closeDue();
    expect(await stateOf(world, exam)).toBe('closed');

    expect(await world.delivery.join(stopped, { device: 'A' })).toMatchObject({
      state: 'closed',
      receipt: expect.any(String),
    });
    const sheet = await openSheet(world, stopped.attempt);
    expect(sheet?.answers.map(({ response }) => response)).toEqual([{ x: 'đã lưu' }]);
    expect(sheet?.closedBy).toMatchObject({ policy });
    expect(payloadOf(sheet?.closedBy?.jws)).toMatchObject({
      act: 'close',
      by: policy,
      pause: pause.decision,
    });
    expect((await openSheet(world, never.attempt))?.receipt).toBeUndefined();
    expect((await openSheet(world, usual.attempt))?.closedBy).toBeUndefined();
    const closings = (await leavesOf(world.audit)).filter(({ action }) => action === 'attempt.close');
    expect(
      closings
        .filter(({ data }) => data?.['policy'] === policy)
        .map(({ object }) => object)
        .sort(),
    ).toEqual([stopped, never].map(({ attempt }) => `attempt:${attempt}`).sort());
  });

  it('counts from the moment at which it was stopped where that was after the end, also over a restart', async () => {
    const world = await runningExam();
    const { exam } = world.sitting;
    const candidate = seat(world.sitting);
    await answer(world, candidate, 'một');
    const more = { ...decision(), minutes: 60, reason: 'alarm' as const };
    await world.proctoring.extendTime(proctor, exam, more);
    world.clock.time += DURATION_MS + TEN_MINUTES;
    await world.proctoring.pauseTime(proctor, exam, { ...decision(), reason: 'alarm' });
    await world.journal.close();

    world.clock.time += pauseLimitMs - 1;
    const again = await startOn(world);
    expect(await stateOf(again, exam)).toBe('open');
    again.clock.time += 1;
    await again.delivery.closeDue();
    expect(await stateOf(again, exam)).toBe('closed');
  });
});

const payloadOf = (jws = '') =>
  JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as object;

describe('an attempt that a proctor ends', () => {
  it('takes nothing more, keeps what was saved with a receipt, and holds what comes afterwards', async () => {
    const world = await runningExam(2);
    const { exam } = world.sitting;
    const candidate = seat(world.sitting);
    await answer(world, candidate, 'đã lưu');
    const end = { decision: newId(), candidates: [candidate.candidate], reason: 'rule-breach' as const };
    expect(await world.proctoring.terminate(proctor, exam, end)).toMatchObject({ changed: 1 });
    expect(await world.proctoring.terminate(proctor, exam, end)).toMatchObject({ changed: 1 });
    const word = await world.delivery.join(candidate, { device: 'A' });
    expect(word).toMatchObject({ state: 'terminated', receipt: expect.any(String) });
    expect(word).not.toHaveProperty('sectionKey');
    await expect(answer(world, candidate, 'sau đó')).rejects.toMatchObject({ code: 'attempt-terminated' });
    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    const sheet = await openSheet(world, candidate.attempt);
    expect(sheet).toMatchObject({ receipt: word.receipt, late: [{ response: { x: 'sau đó' } }] });
    expect(sheet?.answers.map(({ response }) => response)).toEqual([{ x: 'đã lưu' }]);
    expect(await ledger(world)).toEqual(
      expect.arrayContaining([
        `attempt.terminate attempt:${candidate.attempt}`,
        `exam.terminate exam:${exam}`,
      ]),
    );
  });
});

describe('time lost without a line', () => {
  const { outageFromMs, outageCapMs } = timePolicyAt(Date.now());

  /** The server is away for so long, then the candidate is back. */
  async function serverAway(world: World, candidate: Candidate, ms: number): Promise<World> {
    await world.delivery.stop();
    await world.journal.close();
    world.clock.time += ms;
    const again = await startOn(world);
    await again.delivery.joinWithoutSocket(candidate, { device: 'A' });
    await again.delivery.join(candidate, { device: 'A' });
    return again;
  }

  it('is noted by the server, proposed, and given back only when a person confirms it, once', async () => {
    const world = await runningExam(2);
    const { exam } = world.sitting;
    const candidate = seat(world.sitting);
    const before = await world.delivery.join(candidate, { device: 'A' });
    await answer(world, candidate, 'một');
    const again = await serverAway(world, candidate, 20_000);
    const { candidates } = await again.proctoring.outages(proctor, exam);
    expect(candidates).toMatchObject([
      { candidate: candidate.candidate, lostMs: 20_000, creditedMs: 0, proposedMs: 20_000 },
    ]);
    expect(candidates[0]?.outages).toMatchObject([{ cause: 'server' }]);
    expect(await again.delivery.join(candidate, { device: 'A' })).toMatchObject({ endsAt: before.endsAt });

    const credit = { decision: newId(), candidates: [candidate.candidate] };
    expect(await again.proctoring.creditOutages(proctor, exam, credit)).toMatchObject({ changed: 1 });
    const second = { ...credit, decision: newId() };
    expect(await again.proctoring.creditOutages(proctor, exam, second)).toMatchObject({
      changed: 0,
      over: 1,
    });
    expect(await again.delivery.join(candidate, { device: 'A' })).toMatchObject({
      endsAt: (before.endsAt ?? 0) + 20_000,
      because: [{ decision: credit.decision, ms: 20_000, reason: 'outage' }],
    });
  });

  it('is not noted when a page bridges it, and is given back up to the cap of the policy', async () => {
    const world = await runningExam(1);
    const { exam } = world.sitting;
    const candidate = seat(world.sitting);
    await answer(world, candidate, 'một');
    const short = await serverAway(world, candidate, outageFromMs - 1);
    expect((await short.proctoring.outages(proctor, exam)).candidates).toEqual([]);
    const more = { decision: newId(), minutes: 240, reason: 'late-start' as const };
    await short.proctoring.extendTime(proctor, exam, more);
    const long = await serverAway(short, candidate, outageCapMs + 60_000);
    expect((await long.proctoring.outages(proctor, exam)).candidates).toMatchObject([
      { lostMs: outageCapMs + 60_000, proposedMs: outageCapMs },
    ]);
  });
});
