import type { AccessSlips } from '#bank/protocol';
import { PlayedCandidate } from './candidate.ts';

/** Signs everybody in and connects them to the waiting room. */
export async function gather(base: string, { exam, slips }: AccessSlips): Promise<PlayedCandidate[]> {
  return Promise.all(
    slips.map(async ({ number, code }) => {
      const candidate = new PlayedCandidate(base, number);
      await candidate.signIn(exam, code);
      await candidate.connect();
      return candidate;
    }),
  );
}
