import { PARTS, type Report, type Result } from '#server/doctor';

/** A report of a replica set of three on which everything passed. */
export function passingReport(fields: Partial<Report> = {}): Report {
  return {
    format: 'niem-doctor/1',
    niem: '0.1.0',
    startedAt: Date.UTC(2026, 0, 5, 8),
    endedAt: Date.UTC(2026, 0, 5, 8, 10),
    database: {
      version: '8.0.4',
      setName: 'rs0',
      hosts: ['a.example:27017', 'b.example:27017', 'c.example:27017'],
      dataMembers: 3,
      primary: 'a.example:27017',
      arbiters: [],
      sessions: true,
      transactions: true,
      defaultWriteConcern: null,
      clockDifferenceMs: -1.5,
      clockUncertaintyMs: 0.5,
    },
    results: PARTS.map((part) => resultOf('passed', part)),
    left: [],
    ...fields,
  };
}

export function resultOf(outcome: Result['outcome'], part: Result['part'] = 'store'): Result {
  const reason = outcome === 'passed' ? {} : { reason: 'because' };
  return { part, name: `case of ${part}`, outcome, ms: 3, ...reason };
}
