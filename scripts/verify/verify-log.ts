import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkLeaves, compareWithTiles, readLeaf, type Problem } from './verify-log-entries.ts';
import { oddPartials, readEntries, readHashes } from './verify-log-folder.ts';
import { readCheckpoint, readKey, type Checkpoint, type LogKey } from './verify-log-note.ts';
import { rootOf } from './verify-log-tree.ts';

const USAGE = `Usage: niem verify-log FOLDER [--checkpoint FILE] [--vkey KEY] [--json]

Checks a transparency log without any server: every leaf, every hash, the signature.

  --checkpoint FILE  A checkpoint that was kept earlier: the log must contain it unchanged.
  --vkey KEY         The log's verifier key as it was handed out; without it the one in the folder is taken.
  --json             One line of JSON.

Exit code: 0 sound, 1 not sound, 2 wrong use.`;

interface Report {
  ok: boolean;
  origin: string | null;
  size: number | null;
  root: string | null;
  first: string | null;
  last: string | null;
  keyFrom: 'argument' | 'folder';
  problems: (Problem | { code: string; message: string })[];
}

class WrongUse extends Error {}

/** `niem verify-log`: prints what it finds and returns the exit code. */
export async function main(argv: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        checkpoint: { type: 'string' },
        vkey: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      console.log(USAGE);
      return 0;
    }
    if (positionals.length !== 1) throw new WrongUse('Name one folder.');
    const report = await verify(positionals[0]!, values.checkpoint, values.vkey);
    console.log(values.json ? JSON.stringify(report) : inWords(report));
    return report.ok ? 0 : 1;
  } catch (error) {
    const misuse = error instanceof WrongUse || isBadOption(error);
    if (!misuse) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

function isBadOption(error: unknown): error is TypeError {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

async function verify(folder: string, earlier?: string, vkey?: string): Promise<Report> {
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) throw new WrongUse(`There is no folder ${folder}.`);
  const earlierNote = earlier === undefined ? undefined : await readText(earlier);
  if (earlierNote === null) throw new WrongUse(`There is no file ${earlier}.`);
  const key = readKey(vkey ?? (await readText(join(folder, 'vkey'))) ?? '');
  if (vkey !== undefined && !key) throw new WrongUse('That is not a verifier key.');
  const keyFrom = vkey === undefined ? 'folder' : 'argument';
  const empty = { origin: null, size: null, root: null, first: null, last: null, keyFrom } as const;
  if (!key) return bad(empty, 'key', 'The folder has no readable vkey; give the key of the log with --vkey.');
  const note = await readText(join(folder, 'checkpoint'));
  const checkpoint = note === null ? 'there is none' : readCheckpoint(note, key);
  if (typeof checkpoint === 'string') {
    return bad(empty, 'checkpoint', `The checkpoint of the folder does not hold: ${checkpoint}.`);
  }
  const hashes = await readHashes(folder, 0, checkpoint.size);
  const entries = await readEntries(folder, hashes.length);
  const problems = checkContent(entries, hashes, checkpoint.size);
  const before = checkEarlier(hashes, checkpoint, earlierNote, key);
  problems.push(...before.problems, ...(await checkTiles(folder, hashes, checkpoint, before.soundUpTo)));
  if (problems.length === 0) problems.push(...(await oddPartials(folder)));
  return {
    ok: problems.length === 0,
    origin: checkpoint.origin,
    size: checkpoint.size,
    root: checkpoint.root.toString('base64'),
    first: timeOf(entries[0]),
    last: timeOf(entries.at(-1)),
    keyFrom,
    problems,
  };
}

function checkContent(entries: Buffer[], hashes: Buffer[], size: number): Report['problems'] {
  const problems: Report['problems'] = [];
  if (hashes.length < size) {
    const message = `the log is shorter than its checkpoint: ${hashes.length} leaves of ${size}`;
    problems.push({ code: 'short', message, from: hashes.length, to: size - 1 });
  }
  return [...problems, ...compareWithTiles(entries, hashes), ...checkLeaves(entries)];
}

/** Whether the log still begins with what an earlier checkpoint was signed for. */
function checkEarlier(
  hashes: Buffer[],
  checkpoint: Checkpoint,
  note: string | undefined,
  key: LogKey,
): { problems: Report['problems']; soundUpTo: number } {
  if (note === undefined) return { problems: [], soundUpTo: 0 };
  const fault = (code: string, message: string) => ({ problems: [{ code, message }], soundUpTo: 0 });
  const earlier = readCheckpoint(note, key);
  if (typeof earlier === 'string') {
    return fault('earlier', `The checkpoint given does not hold: ${earlier}.`);
  }
  if (earlier.size > checkpoint.size) {
    const message = `The log is shorter than the checkpoint given: ${checkpoint.size} leaves, not ${earlier.size}.`;
    return fault('short', message);
  }
  if (rootOf(hashes.slice(0, earlier.size)).equals(earlier.root)) {
    return { problems: [], soundUpTo: earlier.size };
  }
  const message = 'the log no longer begins with what the checkpoint given was signed for';
  const problem = { code: 'inconsistent', message, from: 0, to: Math.max(earlier.size - 1, 0) };
  return { problems: [problem], soundUpTo: 0 };
}

/**
 * Every full tile must hash to its place in the tile above; where it does not, its leaves are the range. All of them
 * together must hash to the root that was signed.
 */
async function checkTiles(
  folder: string,
  leaves: Buffer[],
  { size, root }: Checkpoint,
  soundUpTo: number,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  let below = leaves;
  for (let [level, span] = [1, 256]; span <= size; level++, span *= 256) {
    const stored = await readHashes(folder, level, Math.floor(size / span));
    for (let i = 0; i < Math.floor(size / span); i++) {
      const above = stored[i];
      if (above && rootOf(below.slice(i * 256, i * 256 + 256)).equals(above)) continue;
      const message = above
        ? `the hashes of level ${level - 1} do not give the hash of level ${level}: rewritten`
        : `the tile of level ${level} is missing`;
      problems.push({ code: 'tiles', message, from: i * span, to: (i + 1) * span - 1 });
    }
    below = stored;
  }
  if (leaves.length === size && !rootOf(leaves).equals(root) && problems.length === 0) {
    const message = 'the hashes in the tiles are not those that the checkpoint was signed for';
    problems.push({ code: 'root', message, from: soundUpTo, to: Math.max(size - 1, 0) });
  }
  return problems;
}

function timeOf(entry: Buffer | undefined): string | null {
  const leaf = entry ? readLeaf(entry) : '';
  return typeof leaf === 'string' ? null : leaf.ts;
}

function bad(base: Omit<Report, 'ok' | 'problems'>, code: string, message: string): Report {
  return { ...base, ok: false, problems: [{ code, message }] };
}

function inWords(report: Report): string {
  const key =
    report.keyFrom === 'argument'
      ? 'Checked with the key that was given.'
      : 'Checked with the key in the folder itself: compare it with the one that was handed out, or give --vkey.';
  if (report.ok) {
    const span = report.first === null ? '' : ` from ${report.first} to ${report.last}`;
    return `SOUND: ${report.origin}, ${report.size} leaves${span}\nRoot ${report.root}\n${key}`;
  }
  const shown = report.problems.slice(0, 50).map((problem) => `- ${whereOf(problem)}${problem.message}`);
  const rest = report.problems.length - shown.length;
  if (rest > 0) shown.push(`- and ${rest} more; --json tells all.`);
  return `NOT SOUND: ${report.origin ?? 'the log'}\n${shown.join('\n')}\n${key}`;
}

function whereOf(problem: Report['problems'][number]): string {
  if (!('from' in problem)) return '';
  return problem.from === problem.to ? `Leaf ${problem.from}: ` : `Leaves ${problem.from} to ${problem.to}: `;
}

function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
