// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { HomeClock } from '../../../client/staff/home/home-clock.tsx';
import { answerCalls, mount } from './mount.tsx';

const at = new Date(2026, 10, 24, 9, 41).getTime();

it('tells who looks after the server what was done to its clock, with the day', async () => {
  const events = [{ kind: 'set', from: at - 4_000, at, byMs: 3_600_000 }];
  const calls = answerCalls(() => ({ status: 200, body: { events } }));
  await mount(<HomeClock />);
  await expect.poll(() => document.body.textContent).toContain('Lúc 24/11/2026 09:41');
  expect(document.body.textContent).toContain('bị chỉnh 1 giờ');
  expect(calls).toMatchObject([{ method: 'GET', path: '/clock/events' }]);
});
