import { execFile } from 'node:child_process';
import { environmentWith } from './environment.ts';
import { niemCommand } from './repository.ts';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the `niem` command to its end; nothing of the settings outside is inherited. */
export function niem(args: readonly string[], settings: Record<string, string> = {}): Promise<Outcome> {
  const options = { env: environmentWith(settings), maxBuffer: 16 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [niemCommand, ...args], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
    child.once('error', reject);
  });
}
