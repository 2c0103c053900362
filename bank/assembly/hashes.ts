import canonicalize from 'canonicalize';
import type { Blueprint, Manifest, PoolItem } from '#bank/protocol';
import { sha256 } from '#bank/vault';
import { byUtf8 } from './order.ts';
import type { Paper } from './paper.ts';
import { hex } from './seeds.ts';

/** SHA-256 of the canonical JSON (RFC 8785) of a value, hexadecimal. */
export function hashJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only JSON values have a hash');
  return hex(sha256(text));
}

/** Hash of a snapshot that is sorted by item id, as `snapshotOf` gives it. */
export function snapshotHash(snapshot: readonly PoolItem[]): string {
  return hashJson(snapshot);
}

export function blueprintHash(blueprint: Blueprint): string {
  return hashJson(blueprint);
}

/** Hash of the sorted attempt ids. */
export function rosterRoot(attempts: readonly string[]): string {
  return hashJson([...attempts].sort(byUtf8));
}

export function manifestHash(manifest: Manifest): string {
  return hashJson(manifest);
}

export function paperHash(paper: Paper): string {
  return hashJson(paper);
}

/** One hash over all papers of an exam, for the ledger: pairs of attempt and paper hash, sorted by attempt. */
export function papersRoot(papers: readonly { attempt: string; paperHash: string }[]): string {
  const sorted = [...papers].sort((a, b) => byUtf8(a.attempt, b.attempt));
  // strings and lists alone are canonical as JSON.stringify writes them, in a tenth of the time
  return hex(sha256(JSON.stringify(sorted.map(({ attempt, paperHash }) => [attempt, paperHash]))));
}
