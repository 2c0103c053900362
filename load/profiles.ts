import type { ProfileName } from './bars.ts';

/** How much is measured: clients, times in seconds, rounds. */
export interface Profile {
  name: ProfileName;
  rounds: number;
  /** Candidates of the prepared exam. */
  seats: number;
  ladder: { clients: number; warmUp: number; sample: number };
  steady: { clients: number; sample: number };
  /** Fresh joins of one round, so that each candidate's first join is what is counted. */
  storm: { joins: number; atOnce: number };
  /** Writers, and those who come while they write. */
  crowd: { savers: number; joins: number };
  login: { clients: number; sample: number };
  idle: { clients: number };
  broadcast: { clients: number };
  drop: { clients: number };
  /** Who saves all the time, and who comes and goes every minute. */
  soak: { clients: number; restless: number; warmUpMinutes: number; minutes: number };
  kills: { rounds: number; savers: number };
  forgetting: { rounds: number };
}

export const PROFILES: Record<ProfileName, Profile> = {
  ci: {
    name: 'ci',
    rounds: 5,
    seats: 6_000,
    ladder: { clients: 1_000, warmUp: 3, sample: 3 },
    steady: { clients: 2_000, sample: 8 },
    storm: { joins: 800, atOnce: 50 },
    crowd: { savers: 500, joins: 2_000 },
    login: { clients: 1_000, sample: 5 },
    idle: { clients: 4_000 },
    broadcast: { clients: 4_000 },
    drop: { clients: 2_000 },
    soak: { clients: 1_000, restless: 200, warmUpMinutes: 1, minutes: 3 },
    kills: { rounds: 20, savers: 50 },
    forgetting: { rounds: 1_000 },
  },
  full: {
    name: 'full',
    rounds: 5,
    seats: 19_500,
    ladder: { clients: 1_000, warmUp: 5, sample: 10 },
    steady: { clients: 10_000, sample: 60 },
    storm: { joins: 2_000, atOnce: 100 },
    crowd: { savers: 500, joins: 10_000 },
    login: { clients: 2_000, sample: 15 },
    idle: { clients: 10_000 },
    broadcast: { clients: 10_000 },
    drop: { clients: 2_000 },
    soak: { clients: 2_000, restless: 500, warmUpMinutes: 5, minutes: 30 },
    kills: { rounds: 200, savers: 50 },
    forgetting: { rounds: 20_000 },
  },
};
