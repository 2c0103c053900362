import { createInterface } from 'node:readline';

/** A password: asked for on a terminal, read from standard input otherwise. */
export async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) return typedPassword();
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}

/** Reads key by key, so that nothing of the password is shown. */
async function typedPassword(): Promise<string> {
  let typed = '';
  process.stderr.write('Mật khẩu / password: ');
  process.stdin.setRawMode(true);
  try {
    for await (const chunk of process.stdin) {
      for (const key of String(chunk)) {
        if (key === '\r' || key === '\n') return typed;
        if (key === '\u0003') throw new Error('Cancelled.');
        typed = key === '\u007f' ? typed.slice(0, -1) : typed + key;
      }
    }
    return typed;
  } finally {
    process.stdin.setRawMode(false);
    process.stderr.write('\n');
  }
}
