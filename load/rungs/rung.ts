import type { BarName, ProfileName } from '../bars.ts';
import type { Profile } from '../profiles.ts';
import type { Stage } from '../stage/stage.ts';

/** What every rung is given. */
export interface Bench {
  profile: Profile;
  /** On the disk that is measured; emptied at the end. */
  folder: string;
  /** Generator processes that fit this machine, for so many clients. */
  processesFor(clients: number): number;
  /** The sealed exam; prepared when it is first asked for. */
  stage(): Promise<Stage>;
  /** Tells what goes on, on the terminal. */
  say(text: string): void;
  /** Names a limit that was raised above what a server is started with, for the report. */
  raised(limit: string): void;
  /** Folder for processor profiles of the servers; null when none are wanted. */
  profiles: string | null;
}

export interface Measured {
  bar: BarName;
  /** One value for each round; what counts is their median. */
  rounds: number[];
  /** For bars whose limit is measured too: that of each round. */
  limits?: number[];
}

export interface RungResult {
  measured: Measured[];
  /** Whatever else was seen, for the report. */
  figures: Record<string, unknown>;
}

export interface Rung {
  about: string;
  profiles: readonly ProfileName[];
  run(bench: Bench): Promise<RungResult>;
}
