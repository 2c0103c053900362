import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../../support/temp.ts';

const CALLS = 'openat,pwrite64,write,fdatasync,fsync';
const canTrace = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0;

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** The system calls of a program, in their order, until it has told so many acknowledgements. */
async function callsOf(program: string[], word: string, count: number): Promise<string[]> {
  const trace = join(tempDir(), 'trace');
  const child = spawn(
    'strace',
    ['-f', '-qq', '-s', '32', '-e', `trace=${CALLS}`, '-o', trace, process.execPath, ...program],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    },
  );
  const ended = once(child, 'exit');
  const group = -(child.pid ?? NaN);
  let told = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith(word) && ++told === count) break;
  }
  process.kill(group, 'SIGKILL');
  await ended;
  expect(told).toBe(count);
  return readFileSync(trace, 'utf8').split('\n');
}

/** Places of the acknowledgements, each with the calls between the one before and it. */
function betweenEach(calls: readonly string[], word: string): string[][] {
  const groups: string[][] = [];
  let group: string[] = [];
  for (const call of calls) {
    if (!call.includes(`write(1, "${word}`)) {
      group.push(call);
      continue;
    }
    // those that come one right after the other were flushed together
    if (group.length > 0) groups.push(group);
    group = [];
  }
  return groups;
}

describe.skipIf(!canTrace)('what the operating system is asked for (skipped without strace)', () => {
  it('the journal opens its segments with O_DSYNC, and writes before it acknowledges', async () => {
    const child = here('../journal/appending-child.mjs');
    const dir = join(tempDir(), 'journal');
    const calls = await callsOf([child, dir, randomBytes(32).toString('hex'), '1'], 'acknowledged', 60);
    const opened = calls.filter((call) => /openat\(.*\d{10}\.segment", O_WRONLY/.test(call));
    expect(opened.length).toBeGreaterThan(0);
    expect(opened.filter((call) => !call.includes('O_DSYNC'))).toEqual([]);
    const groups = betweenEach(calls, 'acknowledged');
    expect(groups.length).toBeGreaterThan(3);
    for (const group of groups) expect(group.join('\n')).toMatch(/pwrite64\(\d+, "BAT1/);
  });

  it('the embedded store flushes before it reports a commit', async () => {
    const child = here('./embedded-writer.mjs');
    const calls = await callsOf([child, 'write', join(tempDir(), 'store')], 'ack', 40);
    const groups = betweenEach(calls, 'ack');
    expect(groups.length).toBeGreaterThan(2);
    for (const group of groups) expect(group.join('\n')).toMatch(/fdatasync/);
  });
});
