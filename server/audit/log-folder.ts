import { utf8ToBytes } from '@noble/hashes/utils.js';
import {
  appendLeaves,
  EMPTY_EDGE,
  formatCheckpoint,
  frontierRoot,
  parseCheckpoint,
  partialTiles,
  TILE_WIDTH,
  type Checkpoint,
  type TileEdge,
  type TileFile,
} from '#bank/ledger';
import { StandbyMissing, turn, type Store } from '#server/storage';
import type { LogFiles } from './files.ts';
import type { Head } from './head.ts';
import { LedgerError } from './ledger-error.ts';
import { leafId } from './sequencer.ts';
import type { Signer } from './signer.ts';

const PAGE = 250;
/** Leaves that are hashed in one turn of the event loop. */
const AT_ONCE = 50;

/** The log as files (C2SP tlog-tiles), written from what the Store holds and from nothing else. */
interface LogFolder {
  /**
   * Writes what the folder lacks up to this head: tiles and entries first, the signed checkpoint last.
   *
   * @returns whether the checkpoint could be given out
   */
  catchUp(head: Head): Promise<boolean>;
  /** The signed note of the last checkpoint that is in the folder. @throws StandbyMissing when none could be given out yet */
  checkpoint(): string;
  /** What that checkpoint says. */
  head(): { size: number; root: Uint8Array };
}

/**
 * Opens the folder of a log: compares every file in it with what the Store says, adds what is missing, and leaves it
 * at the head of the Store.
 *
 * @param place the folder's name, for error sentences
 * @param mayGiveOut asked before a checkpoint is signed over what the Store holds at that moment
 * @throws LedgerError when the folder is ahead of the Store, differs from it, or belongs to another log
 */
export async function openLogFolder(deps: {
  store: Store;
  files: LogFiles;
  signer: Signer;
  head: Head;
  place: string;
  mayGiveOut(): Promise<boolean>;
}): Promise<LogFolder> {
  const { store, files, signer, place } = deps;
  /** Up to where the tiles are written, and what the last checkpoint says. */
  let edge = EMPTY_EDGE;
  let given = { note: '', size: 0, root: frontierRoot(EMPTY_EDGE.frontier) };
  /** Parts of tiles that have become full; the last checkpoint may still rest on them. */
  let parts: string[] = [];

  /** Writes a file unless it is there already; a file that is there and says something else stops everything. */
  async function put(file: TileFile): Promise<void> {
    const present = await files.read(file.path);
    if (!present) await files.write(file.path, file.bytes);
    else if (!Buffer.from(present).equals(file.bytes)) throw differs(place, file.path);
  }

  /** Appends the leaves of the Store up to `size` and puts every file that becomes full. */
  async function advance(from: TileEdge, size: number): Promise<{ edge: TileEdge; full: string[] }> {
    let edge = from;
    const full: string[] = [];
    while (edge.frontier.size < size) {
      const next = leafId(edge.frontier.size);
      const page = await store.range('ledgerLeaves', {
        index: '_id',
        gte: next,
        lt: leafId(size),
        limit: PAGE,
      });
      if (page.docs[0]?._id !== next) throw damaged(edge.frontier.size);
      for (let start = 0; start < page.docs.length; start += AT_ONCE) {
        await turn();
        const leaves = page.docs.slice(start, start + AT_ONCE).map((doc) => utf8ToBytes(doc.leaf));
        const step = appendLeaves(edge, leaves);
        for (const file of step.full) {
          await put(file);
          full.push(file.path);
        }
        edge = step.edge;
      }
    }
    return { edge, full };
  }

  async function catchUp(head: Head): Promise<boolean> {
    const step = await advance(edge, head.size);
    const root = frontierRoot(step.edge.frontier);
    if (!head.root.equals(root)) throw damaged(head.size);
    for (const file of partialTiles(step.edge)) await put(file);
    edge = step.edge;
    parts.push(...step.full.map((path) => `${path}.p`));
    if (given.note === '' || head.size > given.size) {
      if (!(await deps.mayGiveOut())) return false;
      const note = signer.sign(formatCheckpoint({ origin: head.origin, size: head.size, root }));
      await files.write('checkpoint', utf8ToBytes(note));
      given = { note, size: head.size, root };
    }
    for (const path of parts) await files.remove(path);
    parts = [];
    return true;
  }

  const known = await knownCheckpoint(files, signer, place);
  const held = Math.max(known?.size ?? 0, await sizeOfTiles(files));
  if (held > deps.head.size) throw ahead(place, held, deps.head.size);
  if (known) {
    const step = await advance(EMPTY_EDGE, known.size);
    given = known;
    if (!Buffer.from(known.root).equals(frontierRoot(step.edge.frontier))) throw differs(place, 'checkpoint');
    edge = step.edge;
  }
  await put({ path: 'vkey', bytes: utf8ToBytes(`${deps.head.vkey}\n`) });
  await catchUp(deps.head);
  return {
    catchUp,
    checkpoint() {
      if (given.note === '') throw new StandbyMissing();
      return given.note;
    },
    head: () => ({ size: given.size, root: given.root }),
  };
}

async function knownCheckpoint(
  files: LogFiles,
  signer: Signer,
  place: string,
): Promise<(Checkpoint & { note: string }) | null> {
  const bytes = await files.read('checkpoint');
  if (!bytes) return null;
  const note = Buffer.from(bytes).toString();
  const text = signer.open(note);
  const checkpoint = text === null ? null : parseCheckpoint(text);
  if (!checkpoint) {
    throw new LedgerError(
      'ledger-foreign',
      `The checkpoint in ${place} was not signed by the ledger of this database. If the folder belongs to another ` +
        'database, move it away; if it was changed, keep a copy as evidence, then move it away. ' +
        'It is written anew from the database.',
    );
  }
  return { ...checkpoint, note };
}

/** The largest number of leaves that any tile or bundle in the folder speaks of. */
async function sizeOfTiles(files: LogFiles): Promise<number> {
  const paths = [...(await files.list('tile/0')), ...(await files.list('tile/entries'))];
  return Math.max(0, ...paths.map(leavesUpTo));
}

function leavesUpTo(path: string): number {
  const [, index, width] = /(?:^|[\\/])((?:x\d{3}[\\/])*\d{3})(?:\.p[\\/](\d{1,3}))?$/.exec(path) ?? [];
  if (index === undefined) return 0;
  return Number(index.replace(/\D/g, '')) * TILE_WIDTH + Number(width ?? TILE_WIDTH);
}

function ahead(place: string, held: number, size: number): LedgerError {
  return new LedgerError(
    'ledger-ahead',
    `The ledger in ${place} holds ${held} leaves, the database only ${size}: the database was put back to an older ` +
      'state, or the folder belongs to another one. Put the newer database back; going on from the older one would ' +
      'contradict checkpoints that were given out.',
  );
}

function differs(place: string, path: string): LedgerError {
  return new LedgerError(
    'ledger-differs',
    `The ledger in ${place} and the database contradict each other at ${path}. Keep a copy of both as evidence and ` +
      'find out who changed which; then move the folder away, and it is written anew from the database.',
  );
}

function damaged(seq: number): LedgerError {
  return new LedgerError(
    'ledger-damaged',
    `The leaves in the database do not give the ledger's own root (near leaf ${seq}). Put a sound backup of the ` +
      'database back; `niem verify-log` on the ledger folder tells what was changed.',
  );
}
