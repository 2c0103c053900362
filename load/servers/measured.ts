import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SOCKET_PATH } from '#bank/protocol';
import { ServerProcess } from '../../scripts/process/server-process.ts';
import type { Target } from '../devices/web-socket.ts';
import type { Stage } from '../stage/stage.ts';
import { askInside, type Inside } from './inside-client.ts';
import { endsWithUs, hasEnded } from './living.ts';

/** A server process that is loaded and measured from outside. */
export interface MeasuredServer {
  readonly pid: number;
  readonly url: string;
  /** Where clients connect; each range of them from an address that no other server's have, so that ports do not run out. */
  target(range: number): Target;
  ask<N extends keyof Inside>(name: N, argument?: string): Promise<Inside[N]>;
  /** Ends it at once; what it has written stays. */
  kill(): Promise<void>;
  /** Ends it and removes what it has written. */
  remove(): Promise<void>;
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

let servers = 0;
/** Servers whose clients have addresses apart; the ports of the first are free again long before. */
const ADDRESSES = 250;

/** Settings that let a server be asked from outside, over a local socket: their paths are short, so it lies in /tmp. */
function seenInside() {
  const number = ++servers;
  const path = join(tmpdir(), `niem-load-${process.pid}-${number}.sock`);
  const env = { LOAD_INSIDE: path, NODE_OPTIONS: `--import ${new URL('./inside.js', import.meta.url).href}` };
  return { number, path, env };
}

/** A Niêm server on a fresh copy of the stage. */
export async function startNiem(
  stage: Stage,
  settings: Record<string, string> = {},
): Promise<MeasuredServer & { restart(): Promise<void> }> {
  const inside = seenInside();
  const place = await stage.copy();
  const server = new ServerProcess({ ...place, ...inside.env, ...settings });
  const start = async () => {
    await server.start();
    endsWithUs(server.pid);
  };
  const kill = async () => {
    await server.kill();
    hasEnded(server.pid);
  };
  await start();
  return {
    get pid() {
      return server.pid ?? 0;
    },
    get url() {
      return server.address?.url ?? '';
    },
    target: (range) => targetOf(new URL(server.address?.url ?? '').port, SOCKET_PATH, inside.number, range),
    ask: (name, argument) => askInside(inside.path, name, argument),
    kill,
    restart: start,
    async remove() {
      await kill();
      await rm(place['NIEM_DATA'] ?? '', { recursive: true, force: true });
    },
  };
}

export const startWebSocketEcho = () => startEcho('ws-echo', '');
export const startSocketEcho = () => startEcho('socket-echo', SOCKET_PATH);

async function startEcho(program: string, path: string): Promise<MeasuredServer> {
  const inside = seenInside();
  const child = spawn(process.execPath, [here(`./${program}.js`)], {
    env: { ...process.env, ...inside.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endsWithUs(child.pid);
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const kill = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    hasEnded(child.pid);
  };
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${port}`,
    target: (range) => targetOf(port, path, inside.number, range),
    ask: (name, argument) => askInside(inside.path, name, argument),
    kill,
    remove: kill,
  };
}

function targetOf(port: string, path: string, server: number, range: number): Target {
  const slash = path.endsWith('/') ? path : `${path}/`;
  const from = `127.${1 + (server % ADDRESSES)}.0.${1 + range}`;
  return { host: '127.0.0.1', port: Number(port), authority: `127.0.0.1:${port}`, path: slash, from };
}
