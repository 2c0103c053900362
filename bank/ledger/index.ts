export { decodeBundle, encodeBundle } from './bundle.ts';
export { formatCheckpoint, parseCheckpoint, type Checkpoint } from './checkpoint.ts';
export { Act, decodeLeaf, encodeAct, encodeLeaf, Leaf, LeafData } from './leaf.ts';
export {
  formatVerifierKey,
  openNote,
  parseVerifierKey,
  signNote,
  type NoteKey,
  type Sign,
  type Verify,
} from './note.ts';
export { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proofs.ts';
export {
  appendLeaves,
  EMPTY_EDGE,
  partialTiles,
  tilePath,
  TILE_WIDTH,
  type TileEdge,
  type TileFile,
} from './tiles.ts';
export {
  EMPTY_FRONTIER,
  extend,
  frontierRoot,
  HASH_BYTES,
  leafHash,
  treeRoot,
  type Frontier,
} from './tree.ts';
