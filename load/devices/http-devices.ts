import { randomBytes } from 'node:crypto';
import { fetchAs, fetchPaper, fetchTicket } from './admission.ts';
import type { Device, Seat } from './device.ts';
import { ask } from './http.ts';
import type { Target } from './web-socket.ts';

/** Has nothing more to say. */
const DONE: Device = { say: () => undefined, end: () => undefined, cutOff: null, pushed: 0 };

export async function onlyTicket(target: Target, seat: Seat): Promise<Device> {
  await fetchTicket(target, seat);
  return DONE;
}

export async function onlyPaper(target: Target, seat: Seat): Promise<Device> {
  await fetchPaper(target, seat);
  return DONE;
}

export async function onlyBox(target: Target, seat: Seat, address: string): Promise<Device> {
  await fetchAs(target, seat, `/candidate/boxes/${address}`, null);
  return DONE;
}

/**
 * Somebody who tries codes, each from another address of the loopback so that nothing but the queue of hashes holds them
 * up. Told to come again, they wait as long as they are told to.
 */
export function openGuesser(target: Target, exam: string, number: string): Device {
  let hasEnded = false;
  return {
    say(onAnswer) {
      const [a, b] = randomBytes(2);
      const from = `127.77.${a}.${Math.max(1, b ?? 1)}`;
      const body = JSON.stringify({ exam, number, code: randomBytes(4).toString('hex') });
      const answered = (ok: boolean, seconds = 0) =>
        setTimeout(() => hasEnded || onAnswer(ok), seconds * 1000);
      ask({ ...target, from }, '/candidate/sign-in', body).then(
        ({ status, retryAfter }) => answered(status === 401, retryAfter ?? 0),
        () => answered(false, 1),
      );
    },
    end() {
      hasEnded = true;
    },
    cutOff: null,
    pushed: 0,
  };
}
