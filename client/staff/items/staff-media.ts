import type { MediaSource } from '../../items/media-source.ts';
import { api } from '../api/client.ts';

/** Recordings of a bank for who writes or reviews its questions. Plays are counted on this page only, to try it out. */
export function staffMedia(bank: string): MediaSource {
  const played = new Map<string, number>();
  const files = new Map<string, Blob>();
  return {
    ask({ media, play }) {
      const number = (played.get(media) ?? 0) + (play === undefined ? 0 : 1);
      played.set(media, number);
      return Promise.resolve({ ok: true, number });
    },
    async fetch(media) {
      if (!files.has(media)) files.set(media, await api.blob(`/banks/${bank}/media/${media}`));
    },
    open: (media) => Promise.resolve(files.get(media) ?? new Blob()),
    onStop() {},
  };
}
