import type { FetchedPaper, SealedPaper } from '#bank/protocol';
import type { Api } from './api.ts';
import { pause } from './pause.ts';
import type { SittingMedia } from './sitting-media.ts';
import type { Vault } from './vault.ts';

/** Boxes on their way at once: a browser has six connections to a server, and the exam needs some. */
const LANES = 4;

/**
 * Where the sealed paper comes from: this device as far as it has come before, then the server, again and again until
 * all of it is here. `isFresh` leaves out what this device has. Each box is kept as it is: nobody can read it without
 * the section key. Recordings are fetched after it, and nothing waits for them.
 */
export function paperSource(
  api: Api,
  vault: Vault | null,
  onBytes: (bytes: number, isDone: boolean) => void,
  loadMedia: () => Promise<SittingMedia>,
) {
  return async (isFresh: boolean): Promise<FetchedPaper> => {
    const kept = isFresh ? undefined : await vault?.paper().catch(() => undefined);
    const boxes = kept?.boxes ?? new Map<string, Uint8Array>();
    let paper = kept as FetchedPaper | undefined;
    for (let tries = 0; !paper?.addresses?.every((address) => boxes.has(address)); tries++) {
      if (tries > 0) await pause(tries - 1);
      try {
        const fetched = { ...(await api.get<SealedPaper>('paper')), boxes };
        const missing = fetched.addresses.filter((address) => !boxes.has(address));
        const lane = async () => {
          for (let address = missing.pop(); address; address = missing.pop()) {
            const box = await api.get<Uint8Array | undefined>(`boxes/${address}`);
            if (!box) return;
            boxes.set(address, box);
            onBytes(bytesOf(boxes), false);
            await vault?.keepPaper(fetched).catch(() => {});
          }
        };
        await Promise.allSettled(Array.from({ length: LANES }, lane));
        paper = fetched;
      } catch {
        // the next try asks for the paper again: it may have been sealed anew
      }
    }
    const bytes = bytesOf(boxes);
    if (paper.media) void loadMedia().then((media) => media.fetchAhead(paper, bytes, onBytes));
    else onBytes(bytes, true);
    return paper;
  };
}

function bytesOf(boxes: ReadonlyMap<string, Uint8Array>): number {
  let bytes = 0;
  for (const box of boxes.values()) bytes += box.length;
  return bytes;
}
