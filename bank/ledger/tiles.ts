import { concatBytes } from '@noble/hashes/utils.js';
import { encodeBundle } from './bundle.ts';
import { EMPTY_FRONTIER, extend, leafHash, treeRoot, type Frontier } from './tree.ts';

/** Hashes of a full tile, leaves of a full bundle: C2SP tlog-tiles. */
export const TILE_WIDTH = 256;

export interface TileFile {
  /** Relative, with forward slashes. */
  path: string;
  bytes: Uint8Array;
}

/**
 * Path of a tile, or of the bundle of entries beside a tile of level 0. Below 256 hashes it is a partial one.
 *
 * @param index which tile of its level, 0 for the first
 */
export function tilePath(level: number | 'entries', index: number, width: number = TILE_WIDTH): string {
  const groups: string[] = [];
  for (let rest = index; rest > 0 || groups.length === 0; rest = Math.floor(rest / 1000)) {
    const digits = String(rest % 1000).padStart(3, '0');
    groups.unshift(groups.length === 0 ? digits : `x${digits}`);
  }
  const suffix = width < TILE_WIDTH ? `.p/${width}` : '';
  return `tile/${level}/${groups.join('/')}${suffix}`;
}

/** A log up to some leaf, as far as it is needed to write the tiles that follow. */
export interface TileEdge {
  readonly frontier: Frontier;
  /** Per level, the hashes of the tile that is not full yet. */
  readonly hashes: readonly (readonly Uint8Array[])[];
  /** The leaves of the bundle that is not full yet. */
  readonly leaves: readonly Uint8Array[];
}

export const EMPTY_EDGE: TileEdge = { frontier: EMPTY_FRONTIER, hashes: [], leaves: [] };

/** Appends leaves; `full` are the files that became full with them, in the order they did. */
export function appendLeaves(
  edge: TileEdge,
  leaves: readonly Uint8Array[],
): { edge: TileEdge; full: TileFile[] } {
  const full: TileFile[] = [];
  let { frontier } = edge;
  let bundle = [...edge.leaves];
  const hashes = edge.hashes.map((level) => [...level]);
  for (const leaf of leaves) {
    const hash = leafHash(leaf);
    frontier = extend(frontier, hash);
    bundle.push(leaf);
    if (bundle.length === TILE_WIDTH) {
      full.push({ path: tilePath('entries', frontier.size / TILE_WIDTH - 1), bytes: encodeBundle(bundle) });
      bundle = [];
    }
    full.push(...pushHash(hashes, hash, frontier.size));
  }
  return { edge: { frontier, hashes, leaves: bundle }, full };
}

/** Puts a leaf hash into its tile, and the root of every tile that becomes full into the one above. */
function pushHash(hashes: Uint8Array[][], leaf: Uint8Array, size: number): TileFile[] {
  const full: TileFile[] = [];
  let hash = leaf;
  for (let level = 0; ; level++) {
    const tile = (hashes[level] ??= []);
    tile.push(hash);
    if (tile.length < TILE_WIDTH) return full;
    const index = size / TILE_WIDTH ** (level + 1) - 1;
    full.push({ path: tilePath(level, index), bytes: concatBytes(...tile) });
    hash = treeRoot(tile);
    hashes[level] = [];
  }
}

/** The partial tiles and the partial bundle that a checkpoint at this edge needs. */
export function partialTiles(edge: TileEdge): TileFile[] {
  const { size } = edge.frontier;
  const tiles = edge.hashes.flatMap((hashes, level) => {
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    return hashes.length === 0
      ? []
      : [{ path: tilePath(level, index, hashes.length), bytes: concatBytes(...hashes) }];
  });
  if (edge.leaves.length === 0) return tiles;
  const path = tilePath('entries', Math.floor(size / TILE_WIDTH), edge.leaves.length);
  return [...tiles, { path, bytes: encodeBundle(edge.leaves) }];
}
