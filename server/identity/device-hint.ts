import { isIPv4 } from 'node:net';
import type { DeviceHint } from '#bank/protocol';

/** The first that fits: the later names also stand in what the earlier ones send. */
const SYSTEMS: readonly [name: string, mark: RegExp][] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['ChromeOS', /CrOS/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh/],
  ['Linux', /Linux/],
];

/**
 * By what a proctor finds a device in the room: its kind, and the network that it is in. Kept in memory for as long as
 * the device waits, and never logged.
 */
export function deviceHint(userAgent: string, ip: string): DeviceHint {
  const isTablet = /iPad|Tablet|Android(?!.*Mobile)/.test(userAgent);
  const isPhone = /Mobile|iPhone/.test(userAgent);
  return {
    kind: isTablet ? 'tablet' : isPhone ? 'phone' : 'computer',
    system: SYSTEMS.find(([, mark]) => mark.test(userAgent))?.[0] ?? '',
    network: networkHint(ip),
  };
}

function networkHint(ip: string): string {
  const plain = ip.replace(/^::ffff:/, '');
  return isIPv4(plain)
    ? plain.replace(/\d+$/, '*')
    : `${plain.split(':').slice(0, 4).filter(Boolean).join(':')}:*`;
}
