import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { randomKey } from '#bank/vault';
import { createJwsSigner, openJws, type JwsSigner, type KeyProvider } from '#server/keys';
import { makeFolder, realDisk } from '#server/storage';
import { readReport, type Report } from './report.ts';

/** The installation's own: its signing key, wrapped by its root key, and the last report. */
const Kept = Type.Object(
  {
    format: Type.Literal('niem-doctor-kept/1'),
    key: Type.Object({ root: Type.String(), wrapped: Type.String() }, { additionalProperties: false }),
    report: Type.Union([Type.String(), Type.Null()]),
  },
  { additionalProperties: false },
);
type Kept = Static<typeof Kept>;

/** What the wrapped key is bound to. */
const KEY_CONTEXT = 'doctor/report';
const REPORT_TYPE = 'niem-doctor-report+jws';

/** Signs reports with the key of this installation. */
export interface ReportKeeper {
  /** The 32 bytes of the public key in base64url, by which others check a report. */
  readonly key: string;
  sign(report: Report): Promise<string>;
  /** Keeps this signed report as the installation's last one. */
  keep(jws: string): Promise<void>;
}

/**
 * Opens the key that signs reports, and makes it where there is none. `path` is the file that holds it, wrapped by the
 * root key, and the last report.
 *
 * @throws KeyError when the root key does not fit
 */
export async function openReportKeeper(path: string, provider: KeyProvider): Promise<ReportKeeper> {
  let kept = (await readKept(path)) ?? (await makeKept(path, provider));
  const { publicKey, sign } = await signerOf(kept, provider);
  return {
    key: publicKey.x,
    sign: (report) => sign(REPORT_TYPE, report),
    async keep(jws) {
      kept = { ...kept, report: jws };
      await writeKept(path, kept);
    },
  };
}

/**
 * The installation's last report; null where there is none.
 *
 * @throws Error when the file is damaged, or was not signed by this installation
 */
export async function readLastReport(path: string, provider: KeyProvider): Promise<Report | null> {
  const kept = await readKept(path);
  if (kept === null || kept.report === null) return null;
  const { publicKey } = await signerOf(kept, provider);
  const report = await openReport(kept.report, publicKey.x);
  if (!report) throw new Error(`The report in ${path} is not as this installation signed it.`);
  return report;
}

/** The 32 bytes, in base64url, of the key that signs this installation's reports; null where none was ever made. */
export async function readReportKey(path: string, provider: KeyProvider): Promise<string | null> {
  const kept = await readKept(path);
  return kept && (await signerOf(kept, provider)).publicKey.x;
}

/** The report when the holder of this key signed it and nobody changed it; null otherwise. */
export async function openReport(jws: string, key: string): Promise<Report | null> {
  return readReport(await openJws(jws.trim(), REPORT_TYPE, key));
}

async function signerOf({ key }: Kept, provider: KeyProvider): Promise<JwsSigner> {
  const wrapped = Buffer.from(key.wrapped, 'base64url');
  return createJwsSigner(await provider.unwrap(KEY_CONTEXT, { root: key.root, wrapped }));
}

async function makeKept(path: string, provider: KeyProvider): Promise<Kept> {
  const { root, wrapped } = await provider.wrap(KEY_CONTEXT, randomKey());
  const key = { root, wrapped: Buffer.from(wrapped).toString('base64url') };
  const kept: Kept = { format: 'niem-doctor-kept/1', key, report: null };
  await writeKept(path, kept);
  return kept;
}

async function readKept(path: string): Promise<Kept | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const kept = parse(text);
  if (!Value.Check(Kept, kept)) {
    throw new Error(`${path} is damaged. Remove it and run "niem doctor" again.`);
  }
  return kept;
}

/** Whole or not at all; a report that a power cut takes away is made again. */
async function writeKept(path: string, kept: Kept): Promise<void> {
  await makeFolder(realDisk, dirname(path), { mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
