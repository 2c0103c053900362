import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { environmentWith } from './environment.ts';
import { niemCommand } from './repository.ts';

export interface ServerAddress {
  url: string;
  setupUrl: string | null;
  addresses: string[];
}

/** A Niêm server as a process of its own, so that it can be killed and started again. */
export class ServerProcess {
  readonly #env: NodeJS.ProcessEnv;
  readonly #args: string[];
  #child: ChildProcess | null = null;
  #errors = '';
  address: ServerAddress | null = null;

  /** `env` holds the `NIEM_*` settings; nothing of them is inherited. */
  constructor(env: Record<string, string>, args: string[] = []) {
    this.#env = environmentWith(env);
    this.#args = args;
  }

  /** Resolves once the server tells its address, which it does when it is ready. */
  async start(): Promise<ServerAddress> {
    const child = spawn(process.execPath, [niemCommand, 'serve', '--json', ...this.#args], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#errors = '';
    child.stderr.on(
      'data',
      (chunk: Buffer) => (this.#errors = `${this.#errors}${chunk.toString()}`.slice(-20_000)),
    );
    const lines = createInterface({ input: child.stdout });
    const line = await Promise.race([once(lines, 'line'), once(child, 'close').then(() => null)]);
    if (line === null) throw new Error(`The server did not start.\n${this.#errors}`);
    this.address = JSON.parse(String(line[0])) as ServerAddress;
    return this.address;
  }

  /** Number of the process that was started last. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** What the server wrote to its operational log since it was started. */
  get log(): string {
    return this.#errors;
  }

  /** Resolves when its operational log holds this. @throws Error when it ends before */
  async logged(text: string): Promise<void> {
    const child = this.#child;
    if (!child?.stderr) throw new Error('The server was not started.');
    while (!this.#errors.includes(text)) {
      const ended = await Promise.race([
        once(child.stderr, 'data').then(() => false),
        once(child, 'close').then(() => true),
      ]);
      if (ended) throw new Error(`The server has ended without saying "${text}".\n${this.#errors}`);
    }
  }

  /** Ends the process at once, as a power cut would: SIGKILL, no chance to flush anything. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks the server to stop, and waits until it has. Gives its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Resolves with its exit code when it has ended, by itself or not. */
  async ended(): Promise<number | null> {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child?.exitCode ?? null;
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const ended = this.ended();
    this.#child?.kill(signal);
    return ended;
  }
}
