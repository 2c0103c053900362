import { encodeKey, afterPrefix } from '../ordered-key.ts';
import type { Bounds } from '../bounds.ts';

/** Keys from `start` (inclusive) to `end` (exclusive); without `end` to the last one. */
export interface Span {
  start: Buffer;
  end: Buffer | undefined;
}

/** The keys of an index that a query covers. */
export function spanOf({ index, equals, low, high }: Bounds): Span {
  const prefix = encodeKey(index.types, equals);
  const rest = index.types.slice(equals.length);
  const at = (bound: NonNullable<typeof low>) => Buffer.concat([prefix, encodeKey(rest, [bound.value])]);
  const span: Span = { start: prefix, end: afterPrefix(prefix) };
  if (low) span.start = low.inclusive ? at(low) : (afterPrefix(at(low)) ?? at(low));
  if (high) span.end = high.inclusive ? afterPrefix(at(high)) : at(high);
  return span;
}

/** What of a span comes after this key, in the given direction. */
export function resumeAfter(span: Span, key: Buffer, descending: boolean): Span {
  if (descending) {
    const end = span.end && Buffer.compare(span.end, key) < 0 ? span.end : key;
    return { start: span.start, end };
  }
  const next = Buffer.concat([key, Buffer.from([0])]);
  return { start: Buffer.compare(span.start, next) > 0 ? span.start : next, end: span.end };
}

/** Whether no key can lie in the span. */
export function isEmpty({ start, end }: Span): boolean {
  return end !== undefined && Buffer.compare(start, end) >= 0;
}
