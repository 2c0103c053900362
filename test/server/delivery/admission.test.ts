import { describe, expect, it } from 'vitest';
import { runningExam, seat, type World } from './world.ts';

const ORIGIN = 'http://localhost';
const HALL = 40;

/** Everybody of a hall asks for a ticket in the same moment. */
async function hallComing() {
  const world = await runningExam(HALL);
  const { delivery, sitting } = world;
  const ask = (place: number) =>
    delivery.ticket({ actor: seat(sitting, place), session: String(place), origin: ORIGIN });
  // what an attempt needs from the disk is in memory from here on
  for (let place = 0; place < HALL; place++) await ask(place);
  const entered: number[] = [];
  const asked = Array.from({ length: HALL }, async (_, place) => {
    await ask(place);
    entered.push(place);
  });
  return { world, entered, asked };
}

/** How many had entered at each turn of the event loop, until the last has. */
async function countTurns(entered: readonly number[]): Promise<number[]> {
  const counts: number[] = [];
  while (entered.length < HALL) {
    await new Promise(setImmediate);
    counts.push(entered.length);
  }
  return counts;
}

describe('a hall that comes in at once', () => {
  it('is let in one by one, in the order in which it came, with turns for all others between', async () => {
    const { entered, asked } = await hallComing();
    const counts = await countTurns(entered);
    await Promise.all(asked);
    const steps = counts.map((count, index) => count - (counts[index - 1] ?? 0));
    expect(Math.max(...steps)).toBe(1);
    expect(entered).toEqual(Array.from({ length: HALL }, (_, place) => place));
  });

  it('is told when to come back if its turn comes later than a page waits, and then gets in', async () => {
    const { world, asked } = await hallComing();
    world.clock.time += 10_001;
    for (const outcome of await Promise.allSettled(asked)) {
      expect(outcome).toMatchObject({
        reason: { code: 'joining-busy', status: 503, values: { seconds: 5 } },
      });
    }
    await expect(ticketOf(world)).resolves.toMatch(/^[\w-]{22}$/);
  });
});

function ticketOf({ delivery, sitting }: World & { sitting: Parameters<typeof seat>[0] }): Promise<string> {
  return delivery.ticket({ actor: seat(sitting), session: 'again', origin: ORIGIN });
}
