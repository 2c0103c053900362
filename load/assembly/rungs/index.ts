import { a1 } from './a1.ts';
import { a2 } from './a2.ts';
import { a3 } from './a3.ts';
import { a4 } from './a4.ts';
import { a5 } from './a5.ts';
import { a6 } from './a6.ts';
import { a7 } from './a7.ts';
import { a8 } from './a8.ts';
import { b1 } from './b1.ts';
import { b2 } from './b2.ts';
import { b3 } from './b3.ts';
import { b4 } from './b4.ts';
import { f1 } from './f1.ts';
import { l1 } from './l1.ts';
import type { Rung } from './rung.ts';

/** The rungs of assembly (a…), marking (b…) feasibility (f…) and the event loop (l…), in the order of the report. */
export const RUNGS: Readonly<Record<string, Rung>> = {
  a1,
  a2,
  a3,
  a4,
  a5,
  a6,
  a7,
  a8,
  b1,
  b2,
  b3,
  b4,
  f1,
  l1,
};
