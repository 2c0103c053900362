import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { ServerProcess } from '../../scripts/process/server-process.ts';
import { foundSchool, type School } from '../../scripts/steps/school.ts';
import { tempDir } from './temp-dir.ts';

const processes: ServerProcess[] = [];

afterAll(async () => {
  await Promise.all(processes.splice(0).map((server) => server.kill()));
});

/** Where one server keeps everything it has, and its settings. */
interface Place {
  data: string;
  /** Temporary folder of the process. */
  temp: string;
  env: Record<string, string>;
}

/** Fresh folders for data, keys and temporary files; removed after the tests of this file. */
export function freshPlace(settings: Record<string, string> = {}): Place {
  const dir = tempDir();
  const temp = join(dir, 'tmp');
  mkdirSync(temp);
  const env = {
    NIEM_DATA: join(dir, 'data'),
    NIEM_KEY_FILE: join(dir, 'keys', 'keys.json'),
    NIEM_PORT: '0',
    NIEM_LOG_LEVEL: 'warn',
    TMPDIR: temp,
    ...settings,
  };
  return { data: env.NIEM_DATA, temp, env };
}

/** A server process on a place; killed after the tests of this file if it still runs. */
export function serverOn(place: Place, ...args: string[]): ServerProcess {
  const server = new ServerProcess(place.env, args);
  processes.push(server);
  return server;
}

/** How long this machine takes to start a killed server again, in ms: how long an exam with restarts must last. */
export async function restartTime(server: ServerProcess): Promise<number> {
  const begun = performance.now();
  await server.kill();
  await server.start();
  return performance.now() - begun;
}

export interface RunningSchool {
  place: Place;
  server: ServerProcess;
  url: string;
  school: School;
}

/** A new server with an administrator, a teacher, a reviewer and a proctor. */
export async function openSchool(settings: Record<string, string> = {}): Promise<RunningSchool> {
  const place = freshPlace(settings);
  const server = serverOn(place);
  const { url, setupUrl } = await server.start();
  if (setupUrl === null) throw new Error('The data folder is not fresh.');
  return { place, server, url, school: await foundSchool(url, setupUrl) };
}
