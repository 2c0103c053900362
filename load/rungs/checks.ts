import type { TallyOfAll } from '../generator/generator.ts';
import type { Opened } from '../generator/messages.ts';

/** Above this part of a processor a generator process may itself be what is slow. */
export const BUSY = 0.9;

/** @throws Error when clients could not be opened: what would be measured then is something else */
export function opened(result: Opened, wanted: number): Opened {
  if (result.opened === wanted) return result;
  const reasons = Object.entries(result.failures).map(([why, count]) => `${count} × ${why}`);
  throw new Error(
    `${wanted - result.opened} of ${wanted} clients could not be opened: ${reasons.join('; ')}`,
  );
}

/** @throws Error when messages were refused, never answered or never sent, or lines were cut off */
export function requireHonest(what: string, tally: TallyOfAll, unanswered: number): void {
  const faults = [
    tally.refused > 0 && `${tally.refused} refused`,
    tally.cutOff > 0 && `${tally.cutOff} connections ended by the server`,
    unanswered > 0 && `${unanswered} never answered`,
    tally.answered === 0 && 'none answered',
  ].filter(Boolean);
  if (faults.length > 0) throw new Error(`The load of "${what}" went wrong: ${faults.join(', ')}.`);
}

/** @throws Error when a schedule was not kept, or a generator process was itself too busy to tell latencies */
export function requireOnTime(what: string, { offered, sent, busiest }: TallyOfAll): void {
  const behind = Math.abs(offered - sent);
  if (behind > 1 + offered / 100)
    throw new Error(`The load of "${what}" sent ${sent} of ${offered} messages.`);
  if (busiest > BUSY) {
    throw new Error(
      `A generator of "${what}" was ${Math.round(busiest * 100)} % busy: its latencies tell nothing.`,
    );
  }
}
