import { createHash } from 'node:crypto';
import type { Chunk, EssayDigest } from '#bank/protocol';

interface SentEssay {
  digest: EssayDigest;
  chunks: Chunk[];
}

/** An essay as a page sends it, cut into so many chunks. */
export function inChunks(
  { epoch, seq, slot }: Pick<Chunk, 'epoch' | 'seq' | 'slot'>,
  text: string,
  count: number,
): SentEssay {
  const json = JSON.stringify({ e: text });
  const hash = createHash('sha256').update(json).digest('base64url');
  const digest = { count, bytes: Buffer.byteLength(json), hash };
  const size = Math.ceil(text.length / count);
  const chunks = Array.from({ length: count }, (_, index) => ({
    epoch,
    seq,
    slot,
    index,
    ...digest,
    text: text.slice(index * size, (index + 1) * size),
  }));
  return { digest, chunks };
}
