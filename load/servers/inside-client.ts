import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** What a server under measurement can be asked, and what it answers (see `inside.ts`). */
export interface Inside {
  /** Collects all garbage, then tells what is left. */
  collect: { rssKb: number; ownKb: number; heapKb: number };
  /** Begins to watch for stalls of the event loop. */
  watch: object;
  /** The longest stall since then. */
  stalls: { longestMs: number };
  /** What Socket.IO still holds. */
  live: { sockets: number; rooms: number };
  /** Begins a processor profile. */
  profile: object;
  /** Ends it and writes it into the file given. */
  profiled: object;
}

export interface Asked {
  name: keyof Inside;
  argument: string;
}

export async function askInside<N extends keyof Inside>(
  path: string,
  name: N,
  argument = '',
): Promise<Inside[N]> {
  const connection = connect(path);
  await once(connection, 'connect');
  const asked: Asked = { name, argument };
  connection.write(`${JSON.stringify(asked)}\n`);
  const [line] = (await once(createInterface({ input: connection }), 'line')) as [string];
  connection.destroy();
  return JSON.parse(line) as Inside[N];
}
