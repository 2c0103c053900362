import type { MediaFile, PlayReply } from '#bank/protocol';

/** What is said of a recording or asked for: see `Play` of bank/protocol. */
export interface PlayRequest {
  media: string;
  play?: string;
  resume?: true;
}

/** Where the players of a page get their recordings; the page of a candidate and that of an author have their own. */
export interface MediaSource {
  /** Asks how a recording stands, or for its key; rejects when no answer came. */
  ask(request: PlayRequest): Promise<PlayReply>;
  /** Brings the sealed recording here, so that no play begins without it. */
  fetch(media: string, file: MediaFile | undefined): Promise<void>;
  /** The recording itself. */
  open(media: string, file: MediaFile | undefined, key: string | undefined): Promise<Blob>;
  /** Tells when everything that plays has to end. */
  onStop(stop: () => void): void;
}
export type LoadMediaSource = () => Promise<MediaSource>;
