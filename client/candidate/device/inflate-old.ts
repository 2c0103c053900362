import { Inflate } from 'fflate';

/** Bytes that go in at once; DEFLATE makes at most 1,032 times as many of them, so little is held over the limit. */
const STEP = 1024;

/** Inflates where the browser cannot. Loaded there only. */
export function inflateWithoutBrowser(deflated: Uint8Array, limit: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let length = 0;
  const inflater = new Inflate((part) => {
    if ((length += part.length) > limit) throw new Error('too long');
    parts.push(part);
  });
  for (let at = 0; at < deflated.length; at += STEP) {
    inflater.push(deflated.subarray(at, at + STEP), at + STEP >= deflated.length);
  }
  return parts;
}
