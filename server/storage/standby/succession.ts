import { randomUUID } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { makeFolder, realDisk, syncFolder } from '../disk.ts';
import { Unavailable } from '../store.ts';

/** Whose turn it is: kept in the data folder, durable before anything is done by it. */
const Succession = Type.Object(
  {
    /** Random name of the installation; a standby has none until its first primary tells it. */
    installation: Type.Union([Type.String(), Type.Null()]),
    /** Generation: one higher with each promotion. Whoever has seen a higher one takes nothing from a lower one. */
    term: Type.Integer({ minimum: 0 }),
    role: Type.Union([
      Type.Literal('primary'),
      Type.Literal('standby'),
      /** A primary that has learnt of a newer one. */
      Type.Literal('superseded'),
    ]),
  },
  { additionalProperties: false },
);
export type Succession = Static<typeof Succession>;

const FILE = 'succession.json';

/** Null in a folder that never had a standby nor was one. @throws Unavailable when the file is not readable */
export async function readSuccession(dataDir: string): Promise<Succession | null> {
  const path = join(dataDir, FILE);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const found = parse(text);
  if (!Value.Check(Succession, found)) {
    throw new Unavailable(`${path} is damaged. Put it back from a backup: it says who may acknowledge.`);
  }
  return found;
}

/** Whole or not at all, and durable when it returns. */
export async function writeSuccession(dataDir: string, succession: Succession): Promise<void> {
  await makeFolder(realDisk, dataDir, { mode: 0o700 });
  const draft = join(dataDir, `${FILE}.tmp`);
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(succession)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(dataDir, FILE));
  await syncFolder(realDisk, dataDir);
}

/**
 * Whether a server may work on this folder; with a standby the folder gets its name and its first term.
 *
 * @throws Unavailable when it is a standby's, or another has taken its place
 */
export async function claimPrimary(
  dataDir: string,
  { hasStandby }: { hasStandby: boolean },
): Promise<Succession | null> {
  const found = await readSuccession(dataDir);
  if (found?.role === 'standby') {
    throw new Unavailable(
      `${dataDir} thuộc một máy dự phòng. Hãy chạy "niem promote" nếu máy này phải thay máy chính. / ` +
        `${dataDir} belongs to a standby. Run "niem promote" if it is to take the primary's place.`,
    );
  }
  if (found?.role === 'superseded') throw new Unavailable(supersededBy(found.term, dataDir));
  if (found || !hasStandby) return found;
  const first: Succession = { installation: randomUUID(), term: 1, role: 'primary' };
  await writeSuccession(dataDir, first);
  return first;
}

export function supersededBy(term: number, dataDir: string): string {
  return (
    `Máy dự phòng đã được đưa lên thay (đời ${term}), nên ${dataDir} không được phục vụ nữa. Hãy giữ thư mục này làm ` +
    'bằng chứng và dùng một thư mục trống nếu máy này làm dự phòng. / ' +
    `A standby was promoted in its place (term ${term}), so ${dataDir} may serve no more. Keep it as evidence, and ` +
    'give this computer an empty folder if it is to be the new standby.'
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
