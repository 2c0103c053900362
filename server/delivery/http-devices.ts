import { timePolicyAt, type Outage } from '#bank/protocol';
import type { Attempts } from './attempts.ts';
import type { Lines } from './lines.ts';
import { isFinal, isWriting } from './transitions.ts';

/** How often silence is looked for, in ms; what it says is judged by server time. */
const LOOK_MS = 1000;

/** Devices that no socket gets through to. Their requests are all that is known of their line. */
export interface HttpDevices {
  /** A device has taken its attempt over HTTP. */
  joined(attempt: string): void;
  /** A request of the attempt has come. */
  heard(attempt: string): void;
  /** Time goes on again: silence counts from now. */
  resumed(attempt: string): void;
  /** It has a socket now, or none of its requests is let in any more. Whether it was one of these. */
  left(attempt: string): boolean;
  /** Whether it has been heard lately. */
  has(attempt: string): boolean;
  /** Since when it is silent, if that is longer than its page ever is. */
  gapOf(attempt: string): Pick<Outage, 'from' | 'cause'> | null;
  stop(): void;
}

interface HttpDevice {
  heardAt: number;
  isMissed: boolean;
}

interface HttpDevicesDeps {
  attempts: Pick<Attempts, 'inMemory'>;
  lines: Pick<Lines, 'missed' | 'regained'>;
  now(): number;
  /** A device is there, or is not any more. */
  onChange(attempt: string): void;
}

export function createHttpDevices({ attempts, lines, now, onChange }: HttpDevicesDeps): HttpDevices {
  const devices = new Map<string, HttpDevice>();
  const looking = setInterval(look, LOOK_MS);
  looking.unref();

  const isSilent = ({ heardAt }: HttpDevice) => now() - heardAt >= timePolicyAt(heardAt).httpSilenceMs;

  /** Before the start and while the clock is stopped silence costs nothing. */
  function look(): void {
    for (const [id, device] of devices) {
      const phase = attempts.inMemory(id)?.state.phase;
      if (!phase || isFinal(phase)) devices.delete(id);
      else if (!device.isMissed && isWriting(phase) && isSilent(device)) miss(id, device);
    }
  }

  function miss(id: string, device: HttpDevice): void {
    device.isMissed = true;
    lines.missed(id, device.heardAt);
    onChange(id);
  }

  function joined(id: string): void {
    devices.set(id, { heardAt: now(), isMissed: false });
    lines.regained(id);
    onChange(id);
  }

  return {
    joined,
    heard(id) {
      const device = devices.get(id);
      if (device?.isMissed) joined(id);
      else if (device) device.heardAt = now();
    },
    resumed(id) {
      const device = devices.get(id);
      if (device) device.heardAt = now();
    },
    left: (id) => devices.delete(id),
    has(id) {
      const device = devices.get(id);
      return device !== undefined && !isSilent(device);
    },
    gapOf(id) {
      const device = devices.get(id);
      return device && isSilent(device) ? { from: device.heardAt, cause: 'line' } : null;
    },
    stop: () => clearInterval(looking),
  };
}
