/** Rules of time that a law or a board may change: the one that holds is the last whose day has come. */
interface TimePolicy {
  /** First day on which it holds, UTC. */
  validFrom: string;
  /** What stands on the record where it decides by itself. */
  name: string;
  /** The most that is given back for lost connections, per attempt. */
  outageCapMs: number;
  /** Shorter gaps of a line are not noted: pages bridge them by themselves. */
  outageFromMs: number;
  /**
   * A device without a socket, whose page asks every 14 seconds at the latest, is missed when nothing of it has come for
   * so long.
   */
  httpSilenceMs: number;
  /** A server that was away longer than that during an exam, by a clock that nothing confirms, is told to staff. */
  absenceFromMs: number;
  /** Staff are reminded of a clock that has been stopped for so long. */
  pauseWarnMs: number;
  /**
   * So long after the end of the exam, or after it was stopped where that was later, a clock may stand: then the
   * attempt is closed with what was saved.
   */
  pauseLimitMs: number;
  /** A play that was broken off may go on for so long after its recording would have ended. */
  playGraceMs: number;
}

const TIME_POLICIES: readonly [TimePolicy, ...TimePolicy[]] = [
  {
    validFrom: '2025-01-01',
    name: 'time-2025-01',
    outageCapMs: 15 * 60_000,
    outageFromMs: 5000,
    httpSilenceMs: 20_000,
    absenceFromMs: 2 * 60_000,
    pauseWarnMs: 30 * 60_000,
    pauseLimitMs: 24 * 60 * 60_000,
    playGraceMs: 10_000,
  },
];

/** The rules that hold at this moment: milliseconds since 1970, UTC. */
export function timePolicyAt(now: number): TimePolicy {
  const [first, ...later] = TIME_POLICIES;
  return later.filter(({ validFrom }) => Date.parse(validFrom) <= now).at(-1) ?? first;
}
