import { openCandidate } from '../devices/candidate-device.ts';
import { onlyBox, onlyPaper, onlyTicket, openGuesser } from '../devices/http-devices.ts';
import type { Device, DeviceSpec } from '../devices/device.ts';
import { openSocketEcho, openWebSocketEcho } from '../devices/echo-devices.ts';
import { Latencies } from '../measure/latencies.ts';
import type { Opened, Pace } from './messages.ts';

/** Opens clients at a pace and hands each over when it is ready. */
export async function openDevices(
  specs: readonly DeviceSpec[],
  pace: Pace,
  onOpen: (client: Device) => void,
): Promise<Opened> {
  const latencies = new Latencies();
  const failures: Record<string, number> = {};
  const begin = performance.now();

  async function one(spec: DeviceSpec, due: number): Promise<void> {
    try {
      onOpen(await openOne(spec));
      latencies.add(performance.now() - due);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      failures[why] = (failures[why] ?? 0) + 1;
    }
  }

  if ('atOnce' in pace) await inTurns(specs, pace.atOnce, (spec) => one(spec, performance.now()));
  else await onTime(specs, pace.perSecond, one);
  return {
    opened: latencies.count,
    failures,
    seconds: (performance.now() - begin) / 1000,
    latencies: latencies.take(),
  };
}

function openOne(spec: DeviceSpec): Promise<Device> {
  switch (spec.kind) {
    case 'ws':
      return openWebSocketEcho(spec.target);
    case 'io':
      return openSocketEcho(spec.target);
    case 'seat':
      return openCandidate(spec.target, spec.seat);
    case 'ticket':
      return onlyTicket(spec.target, spec.seat);
    case 'paper':
      return onlyPaper(spec.target, spec.seat);
    case 'box':
      return onlyBox(spec.target, spec.seat, spec.address);
    case 'guess':
      return Promise.resolve(openGuesser(spec.target, spec.exam, spec.number));
  }
}

async function inTurns<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items].reverse();
  const worker = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Begins each at its moment, whether or not the ones before are done. */
async function onTime<T>(
  items: readonly T[],
  perSecond: number,
  work: (item: T, due: number) => Promise<void>,
): Promise<void> {
  const begin = performance.now();
  const running: Promise<void>[] = [];
  for (const [index, item] of items.entries()) {
    const due = begin + (index * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(work(item, due));
  }
  await Promise.all(running);
}
