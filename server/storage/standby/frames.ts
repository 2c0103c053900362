import { ProtocolError } from './messages.ts';

/**
 * A frame on the wire, all integers big endian:
 *
 *   length of what follows u32 | number u32 | length of the message u32 | message, JSON | per part: its length u32,
 *   its bytes
 *
 * The questions of a connection are numbered from 0, and an answer bears the number of its question: one that is
 * repeated, left out or out of order is noticed by both sides.
 */
export interface Frame {
  number: number;
  message: string;
  parts: Buffer[];
}

/** What a commit of the Store may take at most; everything else is far smaller. */
export const LARGEST_FRAME_BYTES = 256 * 1024 * 1024;
/** Longest frame of somebody who has not said hello. */
export const FIRST_FRAME_BYTES = 64 * 1024;
const WORD_BYTES = 4;

export function encodeFrame(number: number, message: object, parts: readonly Uint8Array[] = []): Buffer {
  const json = Buffer.from(JSON.stringify(message));
  const pieces = [json, ...parts].flatMap((bytes) => [u32(bytes.length), bytes]);
  const body = pieces.reduce((sum, piece) => sum + piece.length, WORD_BYTES);
  return Buffer.concat([u32(body), u32(number), ...pieces]);
}

/**
 * The frames of a connection, one by one; no more than one and what came with it is held in memory.
 *
 * @param limit bytes of the longest frame that is taken now
 * @throws ProtocolError for bytes that are no frame
 */
export async function* readFrames(
  chunks: AsyncIterable<Buffer>,
  limit: () => number,
): AsyncGenerator<Frame, void> {
  let held: Buffer[] = [];
  let bytes = 0;
  let wanted: number | null = null;
  const take = (): Buffer => {
    const all = held.length === 1 ? (held[0] ?? Buffer.alloc(0)) : Buffer.concat(held);
    held = [all];
    return all;
  };
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.length;
    for (;;) {
      if (wanted === null && bytes >= WORD_BYTES) wanted = take().readUInt32BE(0);
      if (wanted === null) break;
      if (wanted > limit()) throw new ProtocolError('a frame is too long');
      if (bytes < WORD_BYTES + wanted) break;
      const all = take();
      const end = WORD_BYTES + wanted;
      held = [all.subarray(end)];
      bytes -= end;
      wanted = null;
      yield decodeBody(all.subarray(WORD_BYTES, end));
    }
  }
}

function decodeBody(body: Buffer): Frame {
  const pieces: Buffer[] = [];
  if (body.length < WORD_BYTES) throw new ProtocolError('a frame is empty');
  let at = WORD_BYTES;
  while (at < body.length) {
    if (at + WORD_BYTES > body.length) throw new ProtocolError('a frame is cut short');
    const end = at + WORD_BYTES + body.readUInt32BE(at);
    if (end > body.length) throw new ProtocolError('a part of a frame is cut short');
    pieces.push(body.subarray(at + WORD_BYTES, end));
    at = end;
  }
  const [message, ...parts] = pieces;
  if (!message) throw new ProtocolError('a frame is empty');
  return { number: body.readUInt32BE(0), message: message.toString(), parts };
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(WORD_BYTES);
  buffer.writeUInt32BE(value);
  return buffer;
}
