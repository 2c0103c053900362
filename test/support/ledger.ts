import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

interface Act {
  seq: number;
  actor: string;
  role: string;
  action: string;
  object: string;
  data?: Record<string, unknown>;
}

/**
 * Every leaf of the log in a data folder, read from its entry bundles (C2SP tlog-tiles: each leaf behind its length
 * in two bytes, big endian; of a bundle that grew the longest form counts).
 */
export function ledgerActs(data: string): Act[] {
  const folder = join(data, 'ledger', 'tile', 'entries');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => ({ name, number: bundleNumber(name), bytes: readFileSync(join(folder, name)) }));
  const longest = new Map<number, Buffer>();
  for (const { number, bytes } of files) {
    if (bytes.length > (longest.get(number)?.length ?? -1)) longest.set(number, bytes);
  }
  const bundles = [...longest].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
  return bundles.flatMap(leavesOf);
}

/** `x001/x234/067` and `000.p/17` → the number of the bundle. */
function bundleNumber(name: string): number {
  const path = name.replaceAll('\\', '/').replace(/\.p\/\d+$/, '');
  return Number(path.replaceAll(/[x/]/g, ''));
}

function leavesOf(bundle: Buffer): Act[] {
  const leaves: Act[] = [];
  for (let at = 0; at < bundle.length;) {
    const end = at + 2 + bundle.readUInt16BE(at);
    leaves.push(JSON.parse(bundle.subarray(at + 2, end).toString('utf8')) as Act);
    at = end;
  }
  return leaves;
}
