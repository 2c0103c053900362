import type { KeyProvider } from '#server/keys';
import type { Topology } from '#server/storage';
import { readLastReport } from './kept-report.ts';
import { standingOf, type Standing } from './standing.ts';

/**
 * What the report that is kept in this file says of the database that is served from, now; one that cannot be read, or
 * was not signed by this installation, says as little as none.
 */
export async function readStanding(
  path: string,
  provider: KeyProvider,
  topology: Topology,
): Promise<Standing> {
  try {
    return standingOf(await readLastReport(path, provider), topology);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { isGood: false, says: `The report of "niem doctor" cannot be read: ${reason}` };
  }
}
