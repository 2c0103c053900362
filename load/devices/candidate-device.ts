import { admit } from './admission.ts';
import { saveBody } from './answers.ts';
import type { Device, Seat } from './device.ts';
import type { Target } from './web-socket.ts';

/** A candidate who has joined and saves one answer after the other, each with the next number. */
export async function openCandidate(target: Target, seat: Seat): Promise<Device> {
  let cutOff: string | null = null;
  let pushed = 0;
  const { line, joined } = await admit(target, seat, {
    pushed: () => {
      pushed++;
    },
    closed: (why) => {
      cutOff = why;
    },
  });
  let seq = joined.nextSeq - 1;
  return {
    say(answered) {
      seq++;
      line.ask('save', saveBody(joined.epoch, seq), (text) => answered(text.startsWith('[{"ok":true')));
    },
    end: () => line.end(),
    get cutOff() {
      return cutOff;
    },
    get pushed() {
      return pushed;
    },
  };
}
