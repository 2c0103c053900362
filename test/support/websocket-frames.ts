const TEXT = 1;
const CONTINUATION = 0;

/** Takes the messages out of one direction of a WebSocket connection (RFC 6455 §5), uncompressed. */
export class FrameReader {
  #rest = Buffer.alloc(0);
  #message = Buffer.alloc(0);
  #isInHead: boolean;

  /** `afterHead`: the stream begins with the HTTP head that switches protocols. */
  constructor({ afterHead = false }: { afterHead?: boolean } = {}) {
    this.#isInHead = afterHead;
  }

  /** The messages that end in this chunk; a switching head counts as one. */
  read(chunk: Buffer): string[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const messages: string[] = [];
    if (this.#isInHead) {
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end < 0) return [];
      messages.push(this.#rest.subarray(0, end).toString());
      this.#rest = this.#rest.subarray(end + 4);
      this.#isInHead = false;
    }
    for (let frame = this.#frame(); frame; frame = this.#frame()) {
      if (frame.opcode !== TEXT && frame.opcode !== CONTINUATION) continue;
      this.#message = Buffer.concat([this.#message, frame.payload]);
      if (!frame.isFinal) continue;
      messages.push(this.#message.toString());
      this.#message = Buffer.alloc(0);
    }
    return messages;
  }

  /** The next frame, unmasked; null while it has not come whole. */
  #frame(): { opcode: number; isFinal: boolean; payload: Buffer } | null {
    const bytes = this.#rest;
    if (bytes.length < 2) return null;
    const [first = 0, second = 0] = bytes;
    const short = second & 0x7f;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const maskAt = 2 + lengthBytes;
    const start = maskAt + (second & 0x80 ? 4 : 0);
    if (bytes.length < start) return null;
    const length =
      lengthBytes === 0
        ? short
        : lengthBytes === 2
          ? bytes.readUInt16BE(2)
          : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < start + length) return null;
    const mask = bytes.subarray(maskAt, start);
    const payload = Buffer.from(bytes.subarray(start, start + length));
    if (mask.length > 0) for (let i = 0; i < length; i++) payload[i]! ^= mask[i % 4]!;
    this.#rest = bytes.subarray(start + length);
    return { opcode: first & 0x0f, isFinal: (first & 0x80) !== 0, payload };
  }
}
