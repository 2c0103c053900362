import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { Response } from '#bank/protocol';

const fits = new Ajv({ strict: true, ownProperties: true }).compile(Response);

describe('a response on the wire', () => {
  it.each([
    null,
    { c: 'tokenAAA' },
    { m: [] },
    { t: { tokenAAA: true } },
    { x: '3,14' },
    { p: { tokenAAA: 'tokenBBB' } },
  ])('may be %j', (response) => {
    expect(fits(response)).toBe(true);
  });

  it.each([
    undefined,
    'tokenAAA',
    { c: 'short' },
    { c: 'tokenAAA', x: '1' },
    { t: { short: true } },
    { t: { tokenAAA: 'yes' } },
    { t: { 'a longer key than a token': { any: 'thing' } } },
    { p: { tokenAAA: 'short' } },
    { m: ['tokenAAA', 'tokenAAA'] },
    { x: 'x'.repeat(501) },
    {},
  ])('may not be %j', (response) => {
    expect(fits(response)).toBe(false);
  });
});
