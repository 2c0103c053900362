import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { duplexPair, type Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import {
  encodeFrame,
  LARGEST_FRAME_BYTES,
  readFrames,
  type Frame,
} from '../../../server/storage/standby/frames.ts';
import { openReceiver, type Peer, type Receiver } from '../../../server/storage/standby/receiver.ts';
import { SECTOR_BYTES } from '../../../server/storage/segment-journal/layout.ts';
import { segmentFiles } from '../journal/support.ts';
import { pathsIn, VERSION } from './support.ts';

export type Fault =
  /** The line breaks before the question arrives. */
  | 'lost-question'
  /** The line breaks before the answer arrives. */
  | 'lost-answer'
  /** The question arrives twice. */
  | 'repeated'
  /** A question of an earlier connection arrives in between. */
  | 'late'
  /** Bytes arrive that are no message. */
  | 'junk'
  /** The answer arrives twice. */
  | 'repeated-answer'
  /** The standby dies in the middle of writing, and comes back. */
  | 'torn';

/** A network between a primary and a standby's folder, whose faults come in the order given. */
export async function createWire(dataDir: string) {
  const open = () => openReceiver({ dataDir, paths: pathsIn(dataDir), version: VERSION });
  const faults: Fault[] = [];
  let receiver: Receiver | null = await open();
  let isUp = true;
  let line: [Duplex, Duplex] | null = null;
  let old: Frame | null = null;
  let running: Promise<void> = Promise.resolve();

  function hangUp(): void {
    for (const end of line ?? []) end.destroy(new Error('the line is cut'));
    line = null;
  }

  async function serve(far: Duplex, to: Receiver): Promise<void> {
    const peer: Peer = { term: null, asked: 0 };
    for await (const frame of readFrames(far, () => LARGEST_FRAME_BYTES)) {
      const fault = peer.term === null ? undefined : faults.shift();
      if (fault === 'lost-question') return;
      if (fault === 'junk') await to.answer(peer, { ...frame, message: '{"t":"drop"}' });
      if (fault === 'late' && old) await to.answer(peer, old);
      old = frame;
      if (fault === 'torn') {
        await tearWhatIsWritten(() => to.answer(peer, frame));
        return;
      }
      const answer = encodeFrame(frame.number, await to.answer(peer, frame));
      if (fault === 'lost-answer') return;
      if (fault === 'repeated') await to.answer(peer, frame);
      far.write(answer);
      if (fault === 'repeated-answer') far.write(answer);
    }
  }

  /** A crash keeps any of the sectors that a write had not been answered for, and zeros where the others go. */
  async function tearWhatIsWritten(work: () => Promise<unknown>): Promise<void> {
    const before = await lastSegment(dataDir);
    await work();
    await receiver?.close();
    const after = await lastSegment(dataDir);
    if (before && after && before.path === after.path) {
      const bytes = Buffer.from(after.bytes);
      for (let at = 0, turn = 0; at < bytes.length; at += SECTOR_BYTES) {
        const [was, is] = [
          before.bytes.subarray(at, at + SECTOR_BYTES),
          bytes.subarray(at, at + SECTOR_BYTES),
        ];
        if (!was.equals(is) && turn++ % 2 === 0) is.fill(0).set(was);
      }
      await writeFile(after.path, bytes);
    }
    receiver = await open();
  }

  const wire = {
    faults,
    async dial(): Promise<Duplex> {
      await running;
      if (!isUp || !receiver) throw new Error('nobody answers');
      const [near, far] = duplexPair();
      near.on('error', () => undefined);
      far.on('error', () => undefined);
      line = [near, far];
      near.once('close', () => far.destroy());
      running = serve(far, receiver)
        .catch(() => undefined)
        .finally(hangUp);
      return near;
    },
    /** The standby is stopped and started again. */
    async restart(): Promise<void> {
      hangUp();
      await running;
      await receiver?.close();
      receiver = await open();
    },
    /** The standby is gone for good. */
    async end(): Promise<void> {
      isUp = false;
      hangUp();
      await running;
      await receiver?.close();
      receiver = null;
    },
  };
  onTestFinished(wire.end);
  return wire;
}

export type Wire = Awaited<ReturnType<typeof createWire>>;

async function lastSegment(dataDir: string): Promise<{ path: string; bytes: Buffer } | null> {
  const path = (await segmentFiles(join(dataDir, 'journal'))).at(-1);
  return path === undefined ? null : { path, bytes: await readFile(path) };
}
