import type { SealedPaper } from '#bank/protocol';
import type { Api } from './api.ts';
import { pause } from './pause.ts';
import type { Vault } from './vault.ts';

type OnBytes = (bytes: number, isDone: boolean) => void;

/** Fetches the boxes of the paper, again and again until they are here. */
async function fetchPaper(api: Api, onBytes: OnBytes): Promise<SealedPaper> {
  for (let tries = 0; ; tries++) {
    try {
      let bytes = 0;
      const paper = await api.get<SealedPaper>('boxes', (now) => onBytes((bytes = now), false));
      onBytes(bytes, true);
      return paper;
    } catch {
      await pause(tries);
    }
  }
}

/**
 * Where the sealed paper comes from: this device when it has been here before, else the server. `isFresh` asks the
 * server in any case. What came is kept as it is: nobody can read it without the section key.
 */
export function paperSource(api: Api, vault: Vault | null, onBytes: OnBytes) {
  return async (isFresh: boolean): Promise<SealedPaper> => {
    const kept = isFresh ? undefined : await vault?.paper().catch(() => undefined);
    if (kept) {
      onBytes(JSON.stringify(kept).length, true);
      return kept;
    }
    const paper = await fetchPaper(api, onBytes);
    await vault?.keepPaper(paper).catch(() => {});
    return paper;
  };
}
