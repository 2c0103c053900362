import type { FetchedPaper, SealedPaper } from '#bank/protocol';
import type { ApiClient } from './api-client.ts';

/** Fetches the sealed paper of who is signed in, and its boxes one after the other. */
export async function fetchPaper(api: ApiClient): Promise<FetchedPaper> {
  const paper = await api.get<SealedPaper>('/candidate/paper');
  const boxes = new Map<string, Uint8Array>();
  for (const address of paper.addresses)
    boxes.set(address, await api.download(`/candidate/boxes/${address}`));
  return { ...paper, boxes };
}
