import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const WIDTH = 256;
const HASH = 32;

/** The first `count` hashes of a level of tiles, up to the first that is missing: level 0 has the leaf hashes. */
export async function readHashes(folder: string, level: number, count: number): Promise<Buffer[]> {
  const hashes: Buffer[] = [];
  for (let index = 0; index * WIDTH < count; index++) {
    const width = Math.min(WIDTH, count - index * WIDTH);
    const tile = await readTile(folder, String(level), index, width);
    const found = Array.from({ length: Math.floor(tile.bytes.length / HASH) }, (_, i) =>
      tile.bytes.subarray(i * HASH, (i + 1) * HASH),
    );
    hashes.push(...found.slice(0, width));
    if (found.length < width) break;
  }
  return hashes;
}

/** The leaves of the first `count`, as far as the folder has them. More come back when a bundle holds too many. */
export async function readEntries(folder: string, count: number): Promise<Buffer[]> {
  const entries: Buffer[] = [];
  for (let index = 0; index * WIDTH < count; index++) {
    const bundle = await readTile(folder, 'entries', index, Math.min(WIDTH, count - index * WIDTH));
    entries.push(...splitBundle(bundle.bytes).slice(0, bundle.take));
  }
  return entries;
}

/** Entries after their length in two bytes; what is cut off at the end is left out. */
function splitBundle(bytes: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > bytes.length) break;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

/**
 * A tile of this width; where the log has grown since, the beginning (`take`) of a wider one, and where the very
 * file is missing, the widest narrower one. Empty when there is none at all.
 */
async function readTile(
  folder: string,
  level: string,
  index: number,
  width: number,
): Promise<{ bytes: Buffer; take?: number }> {
  const path = join(folder, 'tile', level, indexPath(index));
  const exact = await read(width === WIDTH ? path : join(`${path}.p`, String(width)));
  if (exact) return { bytes: exact };
  const full = await read(path);
  if (full) return { bytes: full, take: width };
  const widths = await readdir(`${path}.p`).then(
    (names) => names.filter((name) => /^[1-9]\d{0,2}$/.test(name)).map(Number),
    () => [],
  );
  const best = Math.min(...widths.filter((other) => other > width), Infinity);
  const nearest = best === Infinity ? Math.max(...widths, 0) : best;
  const bytes = await read(join(`${path}.p`, String(nearest)));
  return { bytes: bytes ?? Buffer.alloc(0), take: width };
}

/** Partial tiles and bundles of earlier checkpoints that are not the beginning of the widest one in their place. */
export async function oddPartials(folder: string): Promise<{ code: string; message: string }[]> {
  const odd: { code: string; message: string }[] = [];
  const names = await readdir(join(folder, 'tile'), { recursive: true }).catch(() => []);
  for (const name of names.filter((path) => path.endsWith('.p'))) {
    const path = join(folder, 'tile', name);
    const widths = (await readdir(path)).map(Number).sort((a, b) => b - a);
    const widest = (await read(path.slice(0, -2))) ?? (await read(join(path, String(widths[0]))));
    for (const width of widths) {
      const part = await read(join(path, String(width)));
      if (!part || widest?.subarray(0, part.length).equals(part)) continue;
      odd.push({ code: 'partial', message: `${name}/${width} contradicts the wider tile of its place` });
    }
  }
  return odd;
}

/** C2SP tlog-tiles: 1234067 is `x001/x234/067`. */
function indexPath(index: number): string {
  const last = String(index % 1000).padStart(3, '0');
  let path = last;
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = join(`x${String(rest % 1000).padStart(3, '0')}`, path);
  }
  return path;
}

async function read(path: string): Promise<Buffer | null> {
  return readFile(path).catch(() => null);
}
