/**
 * Child process that hashes passwords and codes. Hashing takes 20 ms of a core and a thread of libuv's pool; here
 * neither is taken from those who save answers. It ends with its parent.
 */
import { randomBytes } from 'node:crypto';
import { setPriority } from 'node:os';
import argon2 from 'argon2';

export type HashTask = { secret: string } & ({ op: 'hash' } | { op: 'verify'; encoded: string | null });
export type HashRequest = { op: 'pepper'; pepper: Uint8Array } | ({ id: number } & HashTask);
export type HashReply = { id: number } & ({ hash: string } | { matches: boolean } | { failure: string });

/** argon2id at OWASP's parameters: 19 MiB, two passes, one lane; 16-byte salt, 32-byte tag. */
const PARAMETERS = {
  type: argon2.argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
  hashLength: 32,
} as const;
/** Those who save answers come first. */
const NICENESS = 19;

let pepper = Buffer.alloc(0);
let nobody: Promise<string> | null = null;

function hash(secret: string | Buffer): Promise<string> {
  return argon2.hash(secret, { ...PARAMETERS, secret: pepper });
}

/** Takes as long for an unknown account (`encoded` null) as for a known one. */
async function verify(encoded: string | null, secret: string): Promise<boolean> {
  nobody ??= hash(randomBytes(32));
  const matches = await argon2.verify(encoded ?? (await nobody), secret, { secret: pepper });
  return matches && encoded !== null;
}

async function serve(request: HashRequest): Promise<void> {
  if (request.op === 'pepper') {
    pepper = Buffer.from(request.pepper);
    return;
  }
  const { id } = request;
  const reply: HashReply = await work(request).catch((error: unknown) => ({ id, failure: String(error) }));
  process.send?.(reply);
}

async function work(task: { id: number } & HashTask): Promise<HashReply> {
  const { id, secret } = task;
  return task.op === 'hash'
    ? { id, hash: await hash(secret) }
    : { id, matches: await verify(task.encoded, secret) };
}

setPriority(NICENESS);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (request: HashRequest) => void serve(request));
