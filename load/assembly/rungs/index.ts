import { b1 } from './b1.ts';
import { b2 } from './b2.ts';
import { b3 } from './b3.ts';
import { b4 } from './b4.ts';
import type { Rung } from './rung.ts';

/** The rungs of assembly (a…) and marking (b…), in the order of the report. */
export const RUNGS: Readonly<Record<string, Rung>> = { b1, b2, b3, b4 };
