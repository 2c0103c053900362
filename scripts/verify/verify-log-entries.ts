import { hashLeaf } from './verify-log-tree.ts';

/** One thing that is wrong; leaves are counted from 0, `from` and `to` are both part of the range. */
export interface Problem {
  code: string;
  message: string;
  from: number;
  to: number;
}

const MEMBERS = new Set(['v', 'seq', 'ts', 'actor', 'role', 'action', 'object', 'data']);
const NEEDED = ['actor', 'role', 'action', 'object'];
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What every leaf must be by itself and beside the one before: canonical, complete, next in number, not earlier. */
export function checkLeaves(entries: readonly Buffer[]): Problem[] {
  const problems: Problem[] = [];
  let [seqBefore, timeBefore] = [-1, ''];
  for (const [at, entry] of entries.entries()) {
    const found = (code: string, message: string) => problems.push({ code, message, from: at, to: at });
    const leaf = readLeaf(entry);
    if (typeof leaf === 'string') {
      found('leaf', leaf);
      seqBefore += 1;
      continue;
    }
    if (leaf.seq !== seqBefore + 1) {
      found('sequence', `it carries the number ${leaf.seq} where ${seqBefore + 1} must follow`);
    }
    if (leaf.ts < timeBefore)
      found('time', `its time ${leaf.ts} is before that of the leaf before, ${timeBefore}`);
    seqBefore = leaf.seq;
    timeBefore = leaf.ts;
  }
  return problems;
}

/** Number and time of a leaf; a string says what is wrong with it. */
export function readLeaf(entry: Buffer): { seq: number; ts: string } | string {
  let leaf: Record<string, unknown>;
  try {
    leaf = JSON.parse(entry.toString());
    if (canonical(leaf) !== entry.toString('utf8')) return 'it is not canonical JSON (RFC 8785)';
  } catch {
    return 'it is not JSON';
  }
  const { v, seq, ts } = leaf;
  const complete = NEEDED.every((name) => typeof leaf[name] === 'string' && leaf[name] !== '');
  if (v !== 1 || !complete || !Object.keys(leaf).every((name) => MEMBERS.has(name))) {
    return 'it does not have the members of a leaf';
  }
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return 'it has no number';
  if (typeof ts !== 'string' || !TIME.test(ts) || Number.isNaN(Date.parse(ts))) return 'it has no time';
  return { seq, ts };
}

/** RFC 8785: members sorted by UTF-16 code units; strings and numbers as JSON.stringify writes them. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

/**
 * Compares the leaves that are there with the leaf hashes in the tiles, and tells which were edited, inserted,
 * removed or moved. Leaves that are there are named by their place among the entries, removed ones by their place
 * in the tiles.
 */
export function compareWithTiles(entries: readonly Buffer[], hashes: readonly Buffer[]): Problem[] {
  const free = new Map<string, number[]>();
  for (const [place, hash] of hashes.entries()) {
    const name = hash.toString('hex');
    free.set(name, [...(free.get(name) ?? []), place]);
  }
  const places = entries.map((entry) => free.get(hashLeaf(entry).toString('hex'))?.shift() ?? -1);
  const seen = new Set(places);
  const kept = longestRising(places);
  const problems: Problem[] = [];
  let [entry, tile] = [0, 0];
  for (const next of [...kept, entries.length]) {
    const place = next === entries.length ? hashes.length : places[next]!;
    const moved = range(entry, next).filter((i) => places[i]! >= 0);
    const changed = range(entry, next).filter((i) => places[i]! < 0);
    const missing = range(tile, place).filter((i) => !seen.has(i));
    const edited = Math.min(changed.length, missing.length);
    const add = (code: string, message: string, list: number[]) =>
      problems.push(...list.map((at) => ({ code, message, from: at, to: at })));
    add('edited', 'its text is not the one that was hashed into the log: edited', changed.slice(0, edited));
    add('inserted', 'it was never hashed into the log: inserted', changed.slice(edited));
    add('removed', 'the log has its hash, but the leaf is gone: removed', missing.slice(edited));
    add('reordered', 'it stands in another place than in the log: reordered', moved);
    [entry, tile] = [next + 1, place + 1];
  }
  return joinRuns(problems);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** Indexes of a longest rising run of non-negative values: what kept its order. */
function longestRising(values: readonly number[]): number[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [i, value] of values.entries()) {
    if (value < 0) continue;
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = i;
  }
  const kept: number[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at]!) kept.push(at);
  return kept.reverse();
}

/** Neighbours with the same fault become one range. */
function joinRuns(problems: readonly Problem[]): Problem[] {
  const joined: Problem[] = [];
  for (const problem of problems) {
    const last = joined.at(-1);
    if (last?.code === problem.code && last.to + 1 === problem.from) last.to = problem.to;
    else joined.push({ ...problem });
  }
  return joined;
}
