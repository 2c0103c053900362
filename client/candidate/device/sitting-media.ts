import {
  sittingMediaContext,
  type BoxContext,
  type MediaFile,
  type PlayReply,
  type SealedPaper,
} from '#bank/protocol';
import type { MediaSource } from '../../items/media-source.ts';
import type { Session } from '../session.ts';
import type { Api } from './api.ts';

/** The recordings of one paper: fetched ahead sealed, and opened by a key that the server gives for a play. */
export interface SittingMedia extends MediaSource {
  /** Fetches all pieces, again and again until they are here. `before` is what has come of the paper already, in bytes. */
  fetchAhead(
    paper: SealedPaper,
    before: number,
    onBytes: (bytes: number, isDone: boolean) => void,
  ): Promise<void>;
}

type OpenBox = (key: CryptoKey, context: BoxContext, box: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>;

/** Between two tries to fetch what is missing, in ms. */
const RETRY_PAUSE = 3000;

/**
 * What is fetched stays in memory, and in the browser's own store of immutable files, for the next page of this device;
 * neither is of use without the key, which is kept nowhere.
 */
export function sittingMedia(
  api: Api,
  session: Pick<Session, 'ask' | 'state' | 'subscribe'>,
  openBox: OpenBox,
): SittingMedia {
  const pieces = new Map<string, Uint8Array>();
  const stops: (() => void)[] = [];
  let tenant = '';
  session.subscribe(({ phase, elsewhere, section }, before) => {
    const isOver = phase !== before.phase || section?.number !== before.section?.number;
    if (isOver || (elsewhere && !before.elsewhere)) for (const stop of stops) stop();
  });

  async function fetchPiece(address: string): Promise<Uint8Array> {
    const known = pieces.get(address) ?? (await api.get<Uint8Array | undefined>(`boxes/${address}`));
    if (!known) throw new Error('not a piece');
    pieces.set(address, known);
    return known;
  }

  async function openPiece(key: CryptoKey, media: string, all: readonly string[], n: number) {
    const piece = await fetchPiece(all[n] ?? '');
    return openBox(key, sittingMediaContext(tenant, media, n, all.length), piece);
  }

  return {
    async fetchAhead(paper, before, onBytes) {
      tenant = paper.tenant;
      let bytes = before;
      for (const address of paper.media ?? []) {
        for (;;) {
          const piece = await fetchPiece(address).catch(() => null);
          if (piece) {
            bytes += piece.length;
            break;
          }
          await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE));
        }
        onBytes(bytes, false);
      }
      onBytes(bytes, true);
    },
    async ask(request) {
      const { epoch } = session.state().outbox;
      return session.ask('play', { epoch, ...request }) as Promise<PlayReply>;
    },
    async fetch(_media, file) {
      for (const address of file?.pieces ?? []) await fetchPiece(address);
    },
    async open(media, file, keyText) {
      const { type, bytes, pieces: all } = file as MediaFile;
      const raw = Uint8Array.from(atob((keyText ?? '').replace(/-/g, '+').replace(/_/g, '/')), (c) =>
        c.charCodeAt(0),
      );
      const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
      raw.fill(0);
      const opened: Uint8Array<ArrayBuffer>[] = [];
      for (let n = 0; n < all.length; n++) opened.push(await openPiece(key, media, all, n));
      return new Blob(opened).slice(0, bytes, type);
    },
    onStop: (stop) => void stops.push(stop),
  };
}
