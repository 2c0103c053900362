import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHasher } from '#server/identity';

function open(pepper = 'a pepper of this server') {
  const hasher = createHasher(Buffer.from(pepper));
  onTestFinished(() => hasher.close());
  return hasher;
}

/** Processes that this one has started and that still run. */
function children(): number[] {
  const { pid } = process;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

describe('the hashing process', () => {
  it('knows a secret again, however its accents were typed, and no other', async () => {
    const hasher = open();
    const encoded = await hasher.hash('mật khẩu của trường'.normalize('NFC'));
    expect(encoded).toMatch(/^\$argon2id\$v=19\$m=19456,p=1,t=2\$|^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(encoded, 'mật khẩu của trường'.normalize('NFD'))).toBe(true);
    expect(await hasher.verify(encoded, 'mật khẩu của trưởng')).toBe(false);
    expect(await hasher.verify(null, 'mật khẩu của trường')).toBe(false);
  });

  it('needs the pepper', async () => {
    const encoded = await open().hash('ABCD-EFGH');
    expect(await open('another pepper').verify(encoded, 'ABCD-EFGH')).toBe(false);
  });

  it('says what is wrong with a damaged hash, and goes on', async () => {
    const hasher = open();
    await expect(hasher.verify('$argon2id$damaged', 'x')).rejects.toThrow('hashing failed');
    expect(await hasher.verify(null, 'x')).toBe(false);
  });

  it('serves sign-ins before codes of class lists, and refuses those for whom the queue is too long', async () => {
    const hasher = open();
    const done: string[] = [];
    const codes = Array.from({ length: 30 }, async () => {
      await hasher.hash('code');
      done.push('code');
    });
    const signIns = await Promise.allSettled(
      Array.from({ length: 250 }, async (_, i) => {
        const matches = await hasher.verify(null, `guess ${i}`);
        done.push('sign-in');
        return matches;
      }),
    );
    await Promise.all(codes);
    const refused = signIns.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused).toHaveLength(50);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'sign-in-busy', status: 503 });
    expect(done.slice(-20)).toEqual(Array(20).fill('code'));
  });

  it('is started again after it was killed; who waited is asked to come again', async (ctx) => {
    if (process.platform !== 'linux') ctx.skip('children are found under /proc');
    const before = new Set(children());
    const hasher = open();
    const encoded = await hasher.hash('ABCD-EFGH');
    const [pid] = children().filter((child) => !before.has(child));
    const lost = hasher.verify(encoded, 'ABCD-EFGH');
    process.kill(pid ?? 0, 'SIGKILL');
    await expect(lost).rejects.toMatchObject({ code: 'sign-in-busy' });
    expect(await hasher.verify(encoded, 'ABCD-EFGH')).toBe(true);
  });
});
