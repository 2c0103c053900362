import type { Topology } from '#server/storage';
import { verdictOf, type Report } from './report.ts';

/** Whether a database has been examined well enough, as the operational log tells it. */
export interface Standing {
  isGood: boolean;
  /** A sentence. */
  says: string;
}

const RUN = 'Run "niem doctor --database URL".';

/** What the installation's last report, if there is one, says of the database that is served from. */
export function standingOf(report: Report | null, { setName, hosts, version }: Topology): Standing {
  if (!report) return poor(`No report of "niem doctor" is kept here. ${RUN}`);
  const { database } = report;
  if (database.setName !== setName || String(database.hosts) !== String(hosts)) {
    return poor(`The last report of "niem doctor" is of another database. ${RUN}`);
  }
  const on = new Date(report.endedAt).toISOString().slice(0, 10);
  const verdict = verdictOf(report);
  if (verdict !== 'passed') return poor(`The report of "niem doctor" of ${on} says: ${verdict}. ${RUN}`);
  if (database.version !== version) {
    return poor(
      `This database passed "niem doctor" on ${on} as MongoDB ${database.version}; it is ${version} now. ${RUN}`,
    );
  }
  return { isGood: true, says: `This database passed "niem doctor" on ${on}.` };
}

function poor(says: string): Standing {
  return { isGood: false, says };
}
