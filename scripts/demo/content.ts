import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Blueprint } from '#bank/protocol';
import { root } from '../process/repository.ts';

const folder = join(root, 'scripts', 'demo');

/** The bank of Physics 11, with five rows that are wrong on purpose. */
export const QUESTION_FILE = join(folder, 'vat-ly-11.xlsx');
export const TOPICS = ['Dao động', 'Sóng', 'Điện trường', 'Dòng điện, mạch điện'];
/** 42 pupils. */
export const CLASS_LIST = join(folder, 'lop-11a1.csv');

export interface Matrix {
  title: string;
  blueprint: Blueprint;
}

/** `A` can be filled from the bank, `B` cannot. Both are worth ten points. */
export async function readMatrices(): Promise<{ A: Matrix; B: Matrix }> {
  return JSON.parse(await readFile(join(folder, 'ma-tran.json'), 'utf8')) as { A: Matrix; B: Matrix };
}

export const MATRIX_TOTAL = 1_000;

export async function readClassList(): Promise<{ name: string; bytes: Buffer }> {
  return { name: basename(CLASS_LIST), bytes: await readFile(CLASS_LIST) };
}
