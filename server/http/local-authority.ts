import { hostname, networkInterfaces } from 'node:os';
import type { LocalCertificate } from './x509.ts';

export type { LocalCertificate } from './x509.ts';

/**
 * Opens or makes the authority kept in `file` (mode 0400, outside the data folder) and signs a fresh server
 * certificate for every address and name of this computer. Its code is loaded for that alone.
 */
export async function localCertificate(
  file: string,
  extraNames: readonly string[] = [],
): Promise<LocalCertificate> {
  const { signLocally } = await import('./x509.ts');
  return signLocally(file, [...new Set([...ownNames(), ...extraNames])]);
}

/**
 * A certificate for one of two servers that know each other (primary and standby), good for both ends of a
 * connection, by the authority kept in `file`.
 */
export async function peerCertificate(file: string, names: string[]): Promise<LocalCertificate> {
  const { signLocally } = await import('./x509.ts');
  return signLocally(file, names, { peer: true });
}

/** Host name and IPv4 addresses under which others on the network reach this computer. */
function ownNames(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((address) => address.family === 'IPv4')
    .map((address) => address.address);
  return [
    ...addresses.filter((address) => !address.startsWith('127.')),
    hostname(),
    'localhost',
    '127.0.0.1',
  ];
}
