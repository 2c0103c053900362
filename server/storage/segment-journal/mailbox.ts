/**
 * Memory that the journal's thread and its writing thread share. A request is put down here and the writing thread is
 * woken by its number; no message is copied, queued and taken apart on the way of every answer.
 */
export const MAILBOX_BYTES = 1024 * 1024;

const WORDS = { number: 0, op: 1, length: 2 };
const POSITION_AT = 16;
const CONTENT_AT = 24;
const OPS = ['open', 'write', 'close'] as const;
type Op = (typeof OPS)[number];

/** `bytes`: a path, or what is to be written at `position`; they are valid until the request is answered. */
export interface WriterRequest {
  op: Op;
  bytes: Buffer;
  position: number;
}

export function newMailbox(): SharedArrayBuffer {
  return new SharedArrayBuffer(CONTENT_AT + MAILBOX_BYTES);
}

/** The side that asks: one request at a time, of at most `MAILBOX_BYTES` bytes. */
export function requestsTo(mailbox: SharedArrayBuffer) {
  const { words, position, content } = viewsOf(mailbox);
  return (op: Op, bytes: Uint8Array, at: number): void => {
    content.set(bytes);
    position[0] = at;
    words[WORDS.op] = OPS.indexOf(op);
    words[WORDS.length] = bytes.length;
    Atomics.add(words, WORDS.number, 1);
    Atomics.notify(words, WORDS.number);
  };
}

/** The side that serves: blocks its thread until the next request comes. */
export function* requestsIn(mailbox: SharedArrayBuffer): Generator<WriterRequest, never> {
  const { words, position, content } = viewsOf(mailbox);
  for (let seen = 0; ; seen++) {
    Atomics.wait(words, WORDS.number, seen);
    const op = OPS[words[WORDS.op] ?? 0] ?? 'close';
    yield { op, bytes: content.subarray(0, words[WORDS.length]), position: position[0] ?? 0 };
  }
}

function viewsOf(mailbox: SharedArrayBuffer) {
  return {
    words: new Int32Array(mailbox, 0, 3),
    position: new Float64Array(mailbox, POSITION_AT, 1),
    content: Buffer.from(mailbox, CONTENT_AT),
  };
}
