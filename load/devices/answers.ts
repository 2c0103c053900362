/** Questions of a prepared paper; all of them take one choice. */
export const SLOTS = 40;

/**
 * The answer with this number, different from the one that its slot had before: what was sent can be told again from
 * the number alone.
 */
export function answerOf(seq: number): { slot: number; token: string } {
  return { slot: seq % SLOTS, token: seq.toString(36).padStart(8, '0') };
}

/** Body of a `save` with one answer, as a candidate's page sends it. */
export function saveBody(epoch: number, seq: number): string {
  const { slot, token } = answerOf(seq);
  return `{"epoch":${epoch},"entries":[{"seq":${seq},"slot":${slot},"response":{"c":"${token}"}}]}`;
}
