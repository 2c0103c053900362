import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { ClockEventList } from '#bank/protocol';
import { clockRoutes, createTimekeeper, openClock } from '#server/timekeeping';
import { leavesOf, openPorts, type Ports } from '../../support/ports.ts';
import { serveRoutes } from '../../support/serve-routes.ts';
import { staff } from '../../support/staff.ts';

const HOUR = 3_600_000;
const T = Date.UTC(2026, 5, 10, 1);
const log = pino({ level: 'silent' });

/** The clocks of one computer, moved by hand. */
function computer() {
  const set = { wall: T, sinceMs: HOUR, boot: 'a' };
  vi.spyOn(performance, 'now').mockImplementation(() => set.sinceMs);
  onTestFinished(() => void vi.restoreAllMocks());
  return {
    clocks: { wall: () => set.wall, uptime: () => ({ boot: set.boot, sinceMs: set.sinceMs }) },
    pass(ms: number) {
      set.wall += ms;
      set.sinceMs += ms;
    },
    setClock(byMs: number) {
      set.wall += byMs;
    },
    reboot() {
      set.boot += 'b';
      set.sinceMs = 1000;
    },
  };
}

async function start({ store, audit }: Ports, { clocks }: ReturnType<typeof computer>) {
  const opened = await openClock(store, 0, clocks);
  const timekeeper = await createTimekeeper({ store, audit, log, opened }, clocks);
  onTestFinished(() => timekeeper.stop());
  return { clock: opened.clock, timekeeper };
}

const told = async ({ audit }: Ports) =>
  (await leavesOf(audit)).filter(({ action }) => action === 'server.clock').map(({ data }) => data);

it('a clock that is set is seen once, on the record and by who asks, whether the server runs or is down', async () => {
  const ports = await openPorts();
  const machine = computer();
  const first = await start(ports, machine);
  machine.pass(4000);
  machine.setClock(HOUR);
  await first.timekeeper.mark();
  machine.pass(4000);
  await first.timekeeper.mark();
  expect(first.clock.now()).toBe(T + 8000);
  await first.timekeeper.stop();

  machine.pass(60_000);
  machine.setClock(-HOUR);
  const second = await start(ports, machine);
  await second.timekeeper.mark();

  const running = { kind: 'set', from: T, at: T + 4000, byMs: HOUR };
  const down = { kind: 'set', from: T + 8000, at: T + 68_000, byMs: -HOUR };
  expect(await told(ports)).toEqual([running, down]);
  expect(await second.timekeeper.events(T, T + HOUR)).toEqual([down, running]);
  expect(await second.timekeeper.events(T + 4001, T + 67_999)).toEqual([]);

  const admin = staff('admin');
  const { call } = await serveRoutes(clockRoutes(second), () => admin);
  const lately = () => call<ClockEventList>('admin', 'GET', '/clock/events');
  expect((await lately()).body).toEqual({ events: [down, running] });
  machine.pass(8 * 24 * HOUR);
  expect((await lately()).body).toEqual({ events: [] });
});

it('a clock behind the record after the computer was off is on the record at each start', async () => {
  const ports = await openPorts();
  const machine = computer();
  await start(ports, machine);
  for (let i = 0; i < 2; i++) {
    machine.reboot();
    machine.setClock(-HOUR);
    expect((await start(ports, machine)).clock.now()).toBe(T);
  }
  const behind = (byMs: number) => ({ kind: 'behind', from: T, at: T, byMs });
  expect(await told(ports)).toEqual([behind(-HOUR), behind(-2 * HOUR)]);
});

it('what could not be written down is seen again', async () => {
  const ports = await openPorts();
  const machine = computer();
  const { timekeeper } = await start(ports, machine);
  machine.setClock(HOUR);
  const commit = vi.spyOn(ports.store, 'commit').mockRejectedValueOnce(new Error('no room'));
  await expect(timekeeper.mark()).rejects.toThrow('no room');
  expect(commit).toHaveBeenCalledOnce();
  await timekeeper.mark();
  expect(await told(ports)).toEqual([{ kind: 'set', from: T, at: T, byMs: HOUR }]);
});
