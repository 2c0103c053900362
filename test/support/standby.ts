import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';
import { peerCertificate } from '#server/http';
import type { PeerFiles } from '#server/storage';
import { environmentWith } from '../../scripts/process/environment.ts';
import { niemCommand, root } from '../../scripts/process/repository.ts';
import { tempDir } from './temp-dir.ts';

const running: StandbyProcess[] = [];

afterAll(async () => {
  await Promise.all(running.splice(0).map((standby) => standby.kill()));
});

/** What the built command says it is. */
export const { version: builtVersion } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
};

/** Certificates of one authority, made for 127.0.0.1. */
export async function peerFiles(authority = join(tempDir(), 'authority.json')): Promise<PeerFiles> {
  const { cert, key, root } = await peerCertificate(authority, ['127.0.0.1']);
  return { cert, key, ca: root };
}

/** The settings that name these files, which are written to a fresh folder. */
export function tlsSettings(files: PeerFiles): Record<string, string> {
  const dir = tempDir();
  const settings: Record<string, string> = {};
  for (const [name, text] of Object.entries(files)) {
    const path = join(dir, `${name}.pem`);
    writeFileSync(path, text);
    settings[`NIEM_STANDBY_TLS_${name.toUpperCase()}`] = path;
  }
  return settings;
}

/** `niem standby` as a process of its own; killed after the tests of this file if it still runs. */
export class StandbyProcess {
  readonly data: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #port: number;
  #child: ChildProcess | null = null;
  log = '';

  constructor(files: PeerFiles, { data = join(tempDir(), 'standby'), port = 0 } = {}) {
    this.data = data;
    this.#port = port;
    this.#env = environmentWith(tlsSettings(files));
    running.push(this);
  }

  /** Resolves with its address once it listens. */
  async start(): Promise<{ host: string; port: number }> {
    const args = ['standby', '--json', '--listen', `127.0.0.1:${this.#port}`, '--data', this.data];
    const child = spawn(process.execPath, [niemCommand, ...args], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stderr.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    const lines = createInterface({ input: child.stdout });
    const line = await Promise.race([once(lines, 'line'), once(child, 'close').then(() => null)]);
    if (line === null) throw new Error(`The standby did not start.\n${this.log}`);
    const { address } = JSON.parse(String(line[0])) as { address: string };
    return { host: '127.0.0.1', port: Number(address.split(':').at(-1)) };
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
