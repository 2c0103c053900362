import { mongo } from 'mongoose';
import { asUnavailable } from '#server/storage';
import { runChecks } from './check.ts';
import { checksOf } from './checks.ts';
import { readFacts } from './facts.ts';
import type { Report } from './report.ts';
import { openScratch } from './scratch.ts';

export interface Examination {
  /** Address of the database; its own data are not touched. */
  url: string;
  /** Beginning of the names of the throwaway databases. */
  scratch: string;
  keepPrimary: boolean;
  /** Version of Niêm. */
  version: string;
  /** Told before each check, and after the last. */
  onProgress(done: number, total: number): void;
}

/**
 * Holds a MongoDB to everything that Niêm relies on: the contracts of Store and Journal, owners of one journal that
 * are killed, and the loss of the primary. It works in throwaway databases, which it drops.
 *
 * @throws ScratchInUse when these databases are not empty
 * @throws Unavailable when the database cannot be reached, or tells nothing to this user
 */
export async function examine(options: Examination): Promise<Report> {
  let client: mongo.MongoClient | undefined;
  try {
    client = await mongo.MongoClient.connect(options.url);
    return await examineWith(client, options);
  } catch (error) {
    throw asUnavailable(error);
  } finally {
    await client?.close();
  }
}

async function examineWith(client: mongo.MongoClient, options: Examination): Promise<Report> {
  const startedAt = Date.now();
  const database = await readFacts(client);
  const scratch = await openScratch(client, options.url, options.scratch);
  const checks = checksOf({ client, facts: database, scratch, keepPrimary: options.keepPrimary });
  const results = await runChecks(checks, options.onProgress);
  await scratch.drop();
  return {
    format: 'niem-doctor/1',
    niem: options.version,
    startedAt,
    endedAt: Date.now(),
    database,
    results,
    left: scratch.left(),
  };
}
