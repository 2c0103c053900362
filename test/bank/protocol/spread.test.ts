import { expect, it } from 'vitest';
import { spreadOf } from '#bank/protocol';

it('a room is spread by its size: a class not at all, ten thousand over seconds, nobody for long', () => {
  expect([0, 40, 10_000, 20_000].map(spreadOf)).toEqual([0, 20, 5_000, 10_000]);
  expect(spreadOf(1_000_000)).toBe(10_000);
});
