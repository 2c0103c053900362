import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Jiffies in a second, as /proc counts them. */
const TICKS = 100;

/** Fresh folders for a server; `remove` takes them away. */
export function freshPlace() {
  const dir = mkdtempSync(join(tmpdir(), 'niem-load-'));
  return {
    env: {
      ...process.env,
      NIEM_DATA: join(dir, 'data'),
      NIEM_KEY_FILE: join(dir, 'keys', 'keys.json'),
      NIEM_PORT: '0',
      NIEM_LOG_LEVEL: 'warn',
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/**
 * Starts the built server on a place. `ready` tells the seconds until `/readyz` was 200: of the clock, and of the
 * processor where the system has /proc.
 */
export async function startServer({ env }, flags = []) {
  const began = performance.now();
  const child = spawn(process.execPath, [...flags, join(root, 'dist/scripts/niem.js'), 'serve', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { url, setupUrl } = JSON.parse(String(line));
  const { status } = await fetch(`${url}/readyz`);
  if (status !== 200) throw new Error(`/readyz answers ${status}`);
  const ready = { wall: (performance.now() - began) / 1000, cpu: cpuSeconds(child.pid) };
  const end = async (signal) => {
    child.kill(signal);
    await once(child, 'exit');
  };
  return { child, url, setupUrl, ready, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

function cpuSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return null;
  }
}

/** Middle and least of some measurements, to hundredths. */
export function summary(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const round = (value) => Math.round(value * 100) / 100;
  return { median: round(sorted[sorted.length >> 1]), least: round(sorted[0]) };
}
