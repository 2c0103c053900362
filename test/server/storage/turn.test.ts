import { expect, it } from 'vitest';
import { turn } from '#server/storage';

it('bulk work of several kinds gets one piece done in each turn of the event loop, each kind in its turn', async () => {
  const done: string[] = [];
  const pieces = async (kind: string) => {
    for (let piece = 0; piece < 5; piece++) {
      await turn();
      done.push(kind);
    }
  };
  const all = Promise.all(['walk', 'commit', 'ledger'].map(pieces));
  const counts: number[] = [];
  while (done.length < 15) {
    await new Promise(setImmediate);
    counts.push(done.length);
  }
  await all;
  const steps = counts.map((count, index) => count - (counts[index - 1] ?? 0));
  expect(Math.max(...steps)).toBe(1);
  expect(done).toEqual(Array.from({ length: 5 }, () => ['walk', 'commit', 'ledger']).flat());
});
