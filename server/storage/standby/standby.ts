import pLimit from 'p-limit';
import { listenForPeers, type Address, type PeerFiles } from './channel.ts';
import { encodeFrame, FIRST_FRAME_BYTES, LARGEST_FRAME_BYTES, readFrames } from './frames.ts';
import { openReceiver, type Peer } from './receiver.ts';
import { ProtocolError } from './messages.ts';

/** A standby that listens for its primary. */
export interface RunningStandby {
  address: string;
  /** Resolves when its disk can promise nothing any more: the process must end. */
  failed: Promise<Error>;
  close(): Promise<void>;
}

interface StandbyOptions {
  listen: Address;
  files: PeerFiles;
  dataDir: string;
  paths: { store: string; journal: string };
  version: string;
  /** Told when a primary has said hello, when somebody was turned away, and why a connection has ended. */
  onEvent(event: string, reason?: Error): void;
}

/** A primary that is idle asks every two seconds. */
const SILENCE_MS = 60_000;

/** @throws Unavailable when the folder is another's, or the address cannot be listened on */
export async function createStandby(options: StandbyOptions): Promise<RunningStandby> {
  const { onEvent } = options;
  const receiver = await openReceiver(options);
  const oneByOne = pLimit(1);
  let fail: (reason: Error) => void = () => undefined;
  const failed = new Promise<Error>((resolve) => (fail = resolve));

  async function converse(socket: Parameters<Parameters<typeof listenForPeers>[2]>[0]): Promise<void> {
    const peer: Peer = { term: null, asked: 0 };
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    const limit = () => (peer.term === null ? FIRST_FRAME_BYTES : LARGEST_FRAME_BYTES);
    for await (const frame of readFrames(socket, limit)) {
      const isNew = peer.term === null;
      const answer = await oneByOne(() => receiver.answer(peer, frame)).catch((error: unknown) => {
        if (!(error instanceof ProtocolError))
          fail(error instanceof Error ? error : new Error(String(error)));
        throw error;
      });
      if (answer.t === 'refuse') onEvent(`a primary is refused: ${answer.code}`);
      else if (isNew) onEvent('a primary is connected');
      socket.write(encodeFrame(frame.number, answer));
    }
  }

  const listener = await listenForPeers(
    options.listen,
    options.files,
    (socket) =>
      void converse(socket)
        .catch((error: unknown) =>
          onEvent('a connection has ended', error instanceof Error ? error : undefined),
        )
        .finally(() => socket.destroy()),
    (reason) => onEvent('somebody was turned away', reason),
  ).catch(async (error: unknown) => {
    await receiver.close();
    throw error;
  });

  return {
    address: listener.address,
    failed,
    async close() {
      await listener.close();
      await oneByOne(() => receiver.close());
    },
  };
}
