import { existsSync } from 'node:fs';
import { DoesNotFollow } from '../embedded/does-not-follow.ts';
import { openCopiedStore } from './copied-store.ts';
import type { Frame } from './frames.ts';
import {
  PROTOCOL,
  ProtocolError,
  readMessage,
  type RefusalCode,
  type ToPrimary,
  type ToStandby,
} from './messages.ts';
import { openSegmentMirror } from './segment-mirror.ts';
import { readSuccession, writeSuccession, type Succession } from './succession.ts';
import { Unavailable } from '../store.ts';

/** One connection of a primary, as the receiver sees it. */
export interface Peer {
  /** Set by its hello, when it may send more. */
  term: number | null;
  /** Questions that it has asked. */
  asked: number;
}

/** The standby's side of the conversation, whatever carries it. */
export interface Receiver {
  /**
   * Does what a frame asks and gives the answer, which is true on this disk when it is given. Calls must not overlap.
   *
   * @throws ProtocolError for what no primary says; anything else means that this disk can promise nothing any more
   */
  answer(peer: Peer, frame: Frame): Promise<ToPrimary>;
  close(): Promise<void>;
}

interface ReceiverOptions {
  dataDir: string;
  /** Where store and journal lie in it. */
  paths: { store: string; journal: string };
  /** A primary of another version may write what this one would not understand. */
  version: string;
}

/**
 * Opens a folder as a standby's; an empty one becomes one.
 *
 * @throws Unavailable when a server works or has worked on it, or another process has it
 */
export async function openReceiver({ dataDir, paths, version }: ReceiverOptions): Promise<Receiver> {
  let succession = await claimStandby(dataDir, paths);
  const journal = await openSegmentMirror(paths.journal);
  const store = await openCopiedStore(paths.store).catch(async (error: unknown) => {
    await journal.close();
    throw error;
  });

  const refuse = (code: RefusalCode): ToPrimary => ({ t: 'refuse', code, term: succession.term });

  function state(): ToPrimary {
    const at = journal.position();
    const copy = store.position();
    return {
      t: 'state',
      term: succession.term,
      journal: at && { batch: at.batch, hash: at.hash.toString('hex'), segment: at.segment },
      store: copy && { log: copy.log, seq: copy.seq, hash: copy.hash.toString('hex') },
    };
  }

  async function hello(peer: Peer, message: ToStandby & { t: 'hello' }): Promise<ToPrimary> {
    const { installation, term } = message;
    if (message.protocol !== PROTOCOL || message.version !== version) return refuse('other-version');
    if (succession.installation !== null && succession.installation !== installation) {
      return refuse('other-installation');
    }
    if (term < succession.term) return refuse('superseded');
    if (term > succession.term || succession.installation === null) {
      const next: Succession = { installation, term, role: 'standby' };
      await writeSuccession(dataDir, next);
      succession = next;
    }
    peer.term = term;
    return state();
  }

  async function take(message: Exclude<ToStandby, { t: 'hello' }>, parts: Buffer[]): Promise<void> {
    switch (message.t) {
      case 'retire':
        return journal.retire(message.oldest);
      case 'segment':
        return journal.start(message.name, message.bytes, onePart(parts));
      case 'batches':
        return journal.write(onePart(parts));
      case 'commits': {
        const { log, seq, previous } = message;
        return store.apply({ log, seq, hash: Buffer.from(previous, 'hex') }, parts);
      }
      case 'copy':
        return store.begin();
      case 'documents':
        return store.add(message.in, parts);
      case 'copied': {
        const { log, seq, hash } = message;
        return store.complete({ log, seq, hash: Buffer.from(hash, 'hex') });
      }
      case 'ping':
        return;
    }
  }

  return {
    async answer(peer, frame) {
      if (frame.number !== peer.asked++) throw new ProtocolError('a question is repeated or missing');
      const message = readMessage('standby', frame.message);
      if (message.t === 'hello') return hello(peer, message);
      if (peer.term === null) throw new ProtocolError('something came before the hello');
      // a newer primary may have said hello on another connection since
      if (peer.term < succession.term) return refuse('superseded');
      try {
        await take(message, frame.parts);
      } catch (error) {
        if (error instanceof DoesNotFollow) return refuse('does-not-follow');
        throw error;
      }
      return { t: 'done' };
    },
    async close() {
      await store.close();
      await journal.close();
    },
  };
}

async function claimStandby(dataDir: string, paths: ReceiverOptions['paths']): Promise<Succession> {
  const found = await readSuccession(dataDir);
  if (found?.role === 'standby') return found;
  if (found || existsSync(paths.store) || existsSync(paths.journal)) {
    throw new Unavailable(
      `${dataDir} là dữ liệu của một máy chính. Hãy dùng một thư mục trống cho máy dự phòng. / ` +
        `${dataDir} holds the data of a primary. Give the standby an empty folder.`,
    );
  }
  const first: Succession = { installation: null, term: 0, role: 'standby' };
  await writeSuccession(dataDir, first);
  return first;
}

function onePart(parts: Buffer[]): Buffer {
  const [part, ...others] = parts;
  if (!part || others.length > 0) throw new ProtocolError('a message has not one part');
  return part;
}
