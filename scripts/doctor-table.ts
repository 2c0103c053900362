import { PARTS, verdictOf, type Report, type Result, type Verdict } from '#server/doctor';

const TITLES: Record<Result['part'], string> = {
  store: 'Store: what people decide',
  journal: 'Journal: what happens during an exam',
  owners: 'Two servers on one database',
  primary: 'Loss of the primary',
};
const MARKS: Record<Result['outcome'], string> = { passed: 'passed ', failed: 'FAILED ', skipped: 'skipped' };
const VERDICTS: Record<Verdict, string> = {
  passed: 'Đạt / passed: everything that Niêm relies on was tried, and holds.',
  failed: 'Không đạt / FAILED: do not serve from this database.',
  incomplete:
    'Chưa đủ / incomplete: nothing failed, but not everything was tried. For production, run it on a replica set of ' +
    'three members or more.',
};

/** A report as people read it, one line each. */
export function reportLines(report: Report): string[] {
  const { results, left } = report;
  const lines = [...factLines(report)];
  for (const part of PARTS) {
    lines.push('', TITLES[part]);
    for (const result of results) if (result.part === part) lines.push(...resultLines(result));
  }
  const count = (outcome: Result['outcome']) => results.filter((result) => result.outcome === outcome).length;
  lines.push('', `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  if (left.length > 0) lines.push(`Could not be dropped, please drop by hand: ${left.join(', ')}`);
  lines.push(VERDICTS[verdictOf(report)]);
  return lines;
}

function factLines({ database, niem, startedAt, endedAt }: Report): string[] {
  const { setName, hosts, arbiters, primary } = database;
  const yes = (does: boolean) => (does ? 'yes' : 'no');
  const rows: [string, string][] = [
    ['Niêm', niem],
    ['examined', `${new Date(startedAt).toISOString()} to ${new Date(endedAt).toISOString()}`],
    ['MongoDB', database.version],
    ['replica set', setName ?? 'none'],
    ['members with data', `${database.dataMembers}: ${hosts.join(', ')}`],
    ['arbiters', arbiters.join(', ') || 'none'],
    ['primary', primary ?? 'not told'],
    ['sessions', yes(database.sessions)],
    ['transactions', yes(database.transactions)],
    [
      'write concern',
      `majority, journaled (default of the server: ${database.defaultWriteConcern ?? 'not told'})`,
    ],
    [
      'clock',
      `${Math.round(database.clockDifferenceMs)} ms ± ${Math.ceil(database.clockUncertaintyMs)} from here`,
    ],
  ];
  return rows.map(([name, value]) => `${name.padEnd(18)} ${value}`);
}

function resultLines({ name, outcome, reason, ms }: Result): string[] {
  const time = outcome === 'skipped' ? '' : `  ${(ms / 1000).toFixed(1)} s`;
  const why = reason === undefined ? [] : [`            ${reason.replaceAll('\n', '\n            ')}`];
  return [`  ${MARKS[outcome]}  ${name}${time}`, ...why];
}
