import { broadcast } from './broadcast.ts';
import { crowd } from './crowd.ts';
import { drop } from './drop.ts';
import { forgetting } from './forgetting.ts';
import { idle } from './idle.ts';
import { journal } from './journal.ts';
import { kills } from './kills.ts';
import { ladder } from './ladder.ts';
import { login } from './login.ts';
import { many } from './many.ts';
import { probe } from './probe.ts';
import type { Rung } from './rung.ts';
import { soak } from './soak.ts';
import { steady } from './steady.ts';
import { storm } from './storm.ts';

/** The rungs of the bench, from the ground up. */
export const RUNGS: Readonly<Record<string, Rung>> = {
  probe,
  ladder,
  journal,
  steady,
  many,
  storm,
  crowd,
  login,
  idle,
  broadcast,
  drop,
  kills,
  forgetting,
  soak,
};
