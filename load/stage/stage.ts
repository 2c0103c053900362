import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { dataPaths } from '#server';
import { root } from '../../scripts/process/repository.ts';
import { ServerProcess } from '../../scripts/process/server-process.ts';
import type { Seat } from '../devices/device.ts';
import { prepareExam, prepareSchool, type PreparedExam } from './exam.ts';
import { signEverybodyIn } from './sessions.ts';

/** A data folder with a sealed exam, its candidates signed in; every server under measurement gets a copy. */
export interface Stage {
  exam: PreparedExam;
  seats: Seat[];
  /** A fresh copy of the data folder, and the settings of a server on it. */
  copy(): Promise<Record<string, string>>;
}

/**
 * A new folder for one run, below the data folder of the repository: on the disk that real data would lie on, whose
 * flushes are what is measured.
 */
export async function workFolder(): Promise<string> {
  const data = join(root, 'data');
  await mkdir(data, { recursive: true });
  return mkdtemp(join(data, 'bench-'));
}

export async function prepareStage(folder: string, candidates: number): Promise<Stage> {
  const template = join(folder, 'template');
  const settings = {
    NIEM_KEY_FILE: join(folder, 'keys', 'keys.json'),
    NIEM_PORT: '0',
    NIEM_LOG_LEVEL: 'warn',
  };
  const server = new ServerProcess({ ...settings, NIEM_DATA: template });
  const { url, setupUrl } = await server.start();
  const exam = await prepareExam(await prepareSchool(url, setupUrl, folder), candidates);
  await server.stop();
  const seats = await signEverybodyIn(dataPaths(template).store, exam.id);
  let copies = 0;
  return {
    exam,
    seats,
    async copy() {
      const data = join(folder, `server-${++copies}`);
      await cp(template, data, { recursive: true });
      return { ...settings, NIEM_DATA: data };
    },
  };
}
