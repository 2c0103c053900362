import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { vi } from 'vitest';
import {
  appendLeaves,
  EMPTY_EDGE,
  encodeLeaf,
  formatCheckpoint,
  formatVerifierKey,
  frontierRoot,
  partialTiles,
  signNote,
  type Leaf,
  type NoteKey,
  type TileFile,
} from '#bank/ledger';
import { main } from '../../scripts/verify/verify-log.ts';

const ORIGIN = 'exam.school.example/ledger';

export interface LogKeys {
  key: NoteKey;
  privateKey: KeyObject;
}

export function newKeys(name = ORIGIN): LogKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  return { key: { name, publicKey: Buffer.from(x!, 'base64url') }, privateKey };
}

export function leafAt(seq: number, change: Partial<Leaf> = {}): Leaf {
  return {
    v: 1,
    seq,
    ts: new Date(Date.UTC(2026, 2, 1, 7, 0, seq)).toISOString(),
    actor: 'AAAAAAAAAAAAAAAAAAAAAA',
    role: 'teacher',
    action: 'item.approve',
    object: `item:${String(seq).padStart(22, 'B')}`,
    data: { number: seq },
    ...change,
  };
}

export const honestLog = (size: number): string[] =>
  Array.from({ length: size }, (_, seq) => encodeLeaf(leafAt(seq)));

/** Every file of a log of these leaves, bundles and tiles. */
export function filesOf(leaves: readonly string[]): { files: TileFile[]; root: Uint8Array } {
  const { edge, full } = appendLeaves(
    EMPTY_EDGE,
    leaves.map((leaf) => Buffer.from(leaf)),
  );
  return { files: [...full, ...partialTiles(edge)], root: frontierRoot(edge.frontier) };
}

export function signedCheckpoint(leaves: readonly string[], { key, privateKey }: LogKeys): string {
  const text = formatCheckpoint({ origin: key.name, size: leaves.length, root: filesOf(leaves).root });
  return signNote(text, key, (message) => sign(null, message, privateKey));
}

export function writeFiles(folder: string, files: readonly TileFile[]): void {
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** A sound log in a folder. */
export function writeLog(folder: string, leaves: readonly string[], keys: LogKeys): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFiles(folder, filesOf(leaves).files);
  writeFileSync(join(folder, 'vkey'), `${formatVerifierKey(keys.key)}\n`);
  writeFileSync(join(folder, 'checkpoint'), signedCheckpoint(leaves, keys));
}

interface Verdict {
  code: number;
  output: string;
  report: {
    ok: boolean;
    size: number | null;
    problems: { code: string; message: string; from?: number; to?: number }[];
  };
}

/** Runs `niem verify-log … --json`. */
export async function verifyLog(...argv: string[]): Promise<Verdict> {
  const { code, output } = await runVerifyLog(...argv, '--json');
  return { code, output, report: JSON.parse(output) };
}

/** Runs `niem verify-log …` and catches what it prints. */
export async function runVerifyLog(...argv: string[]): Promise<{ code: number; output: string }> {
  const lines: string[] = [];
  const spies = (['log', 'error'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((line: string) => lines.push(line)),
  );
  try {
    return { code: await main(argv), output: lines.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
