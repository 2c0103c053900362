import { seedCommitment } from '#bank/assembly';
import { examSeedContext } from '#bank/protocol';
import { CryptoError } from '#bank/vault';
import type { ExamsDeps } from './deps.ts';
import type { ExamRecord } from './exam-state.ts';

/**
 * The seed contribution of an exam and its salt, 32 bytes each. The caller overwrites them.
 *
 * @throws CryptoError when they cannot be opened or are not what was committed to
 */
export async function openSeed(
  { keyring, tenant }: Pick<ExamsDeps, 'keyring' | 'tenant'>,
  exam: ExamRecord,
): Promise<{ r: Uint8Array; salt: Uint8Array }> {
  const line = `exam/${exam._id}/marking`;
  const plain = await keyring.open(line, examSeedContext(tenant, exam._id), exam.seed);
  const seed = JSON.parse(Buffer.from(plain).toString('utf8')) as { r: string; salt: string };
  plain.fill(0);
  const [r, salt] = [Buffer.from(seed.r, 'hex'), Buffer.from(seed.salt, 'hex')];
  if (seedCommitment(exam._id, r, salt) !== exam.seedCommitment) throw new CryptoError();
  return { r, salt };
}
