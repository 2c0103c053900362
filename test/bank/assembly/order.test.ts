import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { byUtf8 } from '#bank/assembly';

it('orders texts as their UTF-8 bytes', () => {
  const unit = fc.constantFrom(
    'a',
    'b',
    '-',
    'ế',
    '\u{ffff}',
    '\u{e000}',
    '\u{d7ff}',
    '\u{10000}',
    '\u{1f600}',
  );
  const text = fc.oneof(fc.string({ unit }), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(byUtf8(a, b))).toBe(bytes);
    }),
    { numRuns: 2_000 },
  );
});
