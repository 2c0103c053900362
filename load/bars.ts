export type ProfileName = 'ci' | 'full';

export interface Bar {
  title: string;
  /** On which side of the limit it holds. */
  good: 'atLeast' | 'atMost';
  /** Null where it follows from something else that was measured in the same round. */
  limit: number | null;
  unit: string;
  profiles: readonly ProfileName[];
}

const BOTH = ['ci', 'full'] as const;
const FULL = ['full'] as const;

/** Every bar of the benchmark, in the order of its report. */
export const BARS = {
  saveToEcho: bar('CPU of a raw ws echo ÷ CPU of a durable save', atLeast(0.42), '', BOTH),
  saveToSocketEcho: bar('CPU of a durable save ÷ CPU of a Socket.IO echo', atMost(1.25), '', BOTH),
  journalGrouping: bar('journal records/s: 1,000 writers ÷ 1 writer', atLeast(100), '', BOTH),
  journalToDisk: bar('journal records/s of 1 writer ÷ raw O_DSYNC writes/s', atLeast(0.6), '', BOTH),
  replay: bar('replay of batches of 100 records and more', atLeast(1_000_000), 'records/s', BOTH),
  steady: bar('p99 of a save, clients saving every 5–30 s', atMost(null), 'ms', BOTH),
  manyLatency: bar('p99 of a save, as many clients as file descriptors allow', atMost(5), 'ms', FULL),
  manyCpu: bar('processor of the server under as many', atMost(0.25), 'cores', FULL),
  manyMemory: bar('memory of the server under as many', atMost(550), 'MB', FULL),
  join: bar('CPU of a join ÷ CPU of a bare Socket.IO join', atMost(2), '', BOTH),
  stormLatency: bar('p99 of a save while 1,500 join per second', atMost(50), 'ms', FULL),
  login: bar('p99 of a save with the password queue full ÷ without', atMost(5), '', BOTH),
  idle: bar('memory of an idle candidate', atMost(16), 'KB', BOTH),
  broadcast: bar('longest stall while a start is told to 10,000', atMost(10), 'ms', FULL),
  drop: bar('longest stall when 2,000 connections drop at once', atMost(100), 'ms', FULL),
  kills: bar('acknowledged answers lost by kill -9', atMost(0), 'answers', BOTH),
  forgetting: bar('acknowledged answers lost on the forgetting disk', atMost(0), 'answers', BOTH),
  soakMemory: bar('growth of memory in the soak', atMost(1), 'MB/min', FULL),
  soakLeft: bar('sockets and rooms left when all have left', atMost(0), '', FULL),
} as const satisfies Record<string, Bar>;

export type BarName = keyof typeof BARS;

function bar(
  title: string,
  limit: Pick<Bar, 'good' | 'limit'>,
  unit: string,
  profiles: readonly ProfileName[],
): Bar {
  return { title, ...limit, unit, profiles };
}

function atLeast(limit: number): Pick<Bar, 'good' | 'limit'> {
  return { good: 'atLeast', limit };
}

function atMost(limit: number | null): Pick<Bar, 'good' | 'limit'> {
  return { good: 'atMost', limit };
}
