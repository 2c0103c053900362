import { expect, it } from 'vitest';
import { RUNGS } from '../../load/assembly/rungs/index.ts';

it.each(['b2', 'b3'])('the rung %s of marking holds', async (name) => {
  const result = await RUNGS[name]?.run(() => undefined);
  expect(result).toMatchObject({ holds: true });
});
