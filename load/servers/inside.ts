/**
 * Loaded into a server under measurement with `node --import`: tells what can only be seen from inside. The server
 * itself knows nothing of it; one that is started without it is the same program.
 *
 * Listens on the local socket named by LOAD_INSIDE; takes a line with one of the names below and answers with a line of
 * JSON.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { createServer } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { isMainThread } from 'node:worker_threads';
import { Namespace } from 'socket.io';
import type { Asked, Inside } from './inside-client.ts';

/** The loop is looked at this often; a stall shorter than that is not seen. */
const RESOLUTION_MS = 1;
const NANOSECONDS = 1e6;
const PROFILE_INTERVAL_US = 200;

const session = new Session();
const stalls = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

const answers: { [N in keyof Inside]: (argument: string) => Promise<Inside[N]> } = {
  async collect() {
    await session.post('HeapProfiler.collectGarbage');
    await session.post('HeapProfiler.collectGarbage');
    const { rss, heapUsed } = process.memoryUsage();
    return { rssKb: rss / 1024, ownKb: ownKb(), heapKb: heapUsed / 1024 };
  },
  async watch() {
    stalls.reset();
    stalls.enable();
    return {};
  },
  async stalls() {
    stalls.disable();
    return { longestMs: Math.max(0, stalls.max / NANOSECONDS - RESOLUTION_MS) };
  },
  async live() {
    return { sockets: await countIn('sockets?.size'), rooms: await countIn('adapter?.rooms.size') };
  },
  async profile() {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: PROFILE_INTERVAL_US });
    await session.post('Profiler.start');
    return {};
  },
  async profiled(path) {
    const { profile } = await session.post('Profiler.stop');
    writeFileSync(path, JSON.stringify(profile));
    return {};
  },
};

/** Memory that is this process's alone; pages of mapped files, as those of the store, are the disk's cache. */
function ownKb(): number {
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]);
}

/** Adds up a number of every namespace that is alive; the prototypes of special ones, which have none, are found too. */
async function countIn(member: string): Promise<number> {
  Object.assign(globalThis, { namespaceUnderMeasurement: Namespace.prototype });
  const { result } = await session.post('Runtime.evaluate', { expression: 'namespaceUnderMeasurement' });
  const { objects } = await session.post('Runtime.queryObjects', {
    prototypeObjectId: result.objectId ?? '',
  });
  const counted = await session.post('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: `function () { return this.reduce((all, one) => all + (one.${member} ?? 0), 0); }`,
    returnByValue: true,
  });
  const total: unknown = counted.result.value;
  if (typeof total !== 'number')
    throw new Error(`${member} could not be counted: ${counted.result.description}`);
  return total;
}

const path = process.env['LOAD_INSIDE'];
if (isMainThread && path !== undefined) {
  delete process.env['LOAD_INSIDE'];
  delete process.env['NODE_OPTIONS'];
  session.connect();
  const server = createServer((connection) => {
    createInterface({ input: connection }).on('line', async (line) => {
      const { name, argument } = JSON.parse(line) as Asked;
      connection.write(`${JSON.stringify(await answers[name](argument))}\n`);
    });
  });
  rmSync(path, { force: true });
  server.listen(path);
  server.unref();
}
