import { timingSafeEqual } from 'node:crypto';
import { hmac, newId } from '#bank/vault';
import { DEVICE_COOKIE, networkOf, type Origin } from '#server/http';
import type { Guesses } from './guesses.ts';

const MAX_AGE_SECONDS = 12 * 60 * 60;

/**
 * Gives each device a name when its page is opened, so that who guesses codes is told from the others behind the same
 * address. The name opens nothing. Whoever throws it away, or opens pages only to get new ones, counts as a stranger
 * with all strangers of the address; who has opened the page before goes on unhindered.
 */
export interface KnownDevices {
  /** The device that this name was given to; null for a stranger. */
  read(name: string | null): string | null;
  /** The header that names a device which has no name yet; null when it has, or its address has had too many. */
  nameFor(origin: Pick<Origin, 'device' | 'ip' | 'baseUrl'>): string | null;
}

export function createKnownDevices(key: Uint8Array, names: Pick<Guesses, 'take'>): KnownDevices {
  const proofOf = (id: string) => Buffer.from(hmac(key, Buffer.from(id)));

  function read(name: string | null): string | null {
    const [id = '', proof = ''] = (name ?? '').split('.');
    const given = Buffer.from(proof, 'base64url');
    const right = proofOf(id);
    return given.length === right.length && timingSafeEqual(given, right) ? id : null;
  }

  return {
    read,
    nameFor({ device, ip, baseUrl }) {
      if (read(device) !== null) return null;
      try {
        names.take(networkOf(ip));
      } catch {
        return null;
      }
      const id = newId();
      const name = `${id}.${proofOf(id).toString('base64url')}`;
      const secure = baseUrl.startsWith('https:') ? '; Secure' : '';
      return `${DEVICE_COOKIE}=${name}; Max-Age=${MAX_AGE_SECONDS}; Path=/api/v1/candidate; HttpOnly; SameSite=Strict${secure}`;
    },
  };
}
