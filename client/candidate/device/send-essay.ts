import { CHUNK_CHARACTERS, INLINE_BYTES, type ChunkReply, type Saved, type SaveReply } from '#bank/protocol';
import type { Batch } from '../../core/index.ts';
import type { Link } from './link.ts';

/** Pieces of at most so many characters, none of them cut apart. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    let to = Math.min(from + CHUNK_CHARACTERS, text.length);
    if (to < text.length && /[\uD800-\uDBFF]/.test(text.charAt(to - 1))) to--;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}

/** Sends the essay that is alone in its batch: in one piece where that fits into a message, else its chunks one after the other and then its summary. */
export async function sendEssay(
  link: Pick<Link, 'ask'>,
  { epoch, entries: [entry] }: Batch,
): Promise<SaveReply> {
  const { seq = 0, slot = 0, response = null } = entry ?? {};
  const save = (sent: object | null) =>
    link.ask<Saved>('save', { epoch, entries: [{ seq, slot, response: sent }] });
  const json = new TextEncoder().encode(JSON.stringify(response));
  if (!response || !('e' in response) || json.length <= INLINE_BYTES) return save(response);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', json));
  const hash = btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace('=', '');
  const pieces = piecesOf(response.e);
  const whole = { count: pieces.length, bytes: json.length, hash };
  for (const [index, text] of pieces.entries()) {
    const reply = await link.ask<ChunkReply>('chunk', { epoch, seq, slot, index, ...whole, text });
    if (!reply.ok) return reply;
  }
  return save({ k: whole });
}
