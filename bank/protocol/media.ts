import { Type, type Static } from '@sinclair/typebox';
import { lengthPrefixed, type BoxContext } from './box.ts';
import { Id } from './ids.ts';
import { Instant } from './wire-values.ts';

const closed = { additionalProperties: false };

/** What a recording may be, as its content tells and not its name. */
export const MEDIA_TYPES = [
  'audio/mpeg',
  'audio/ogg',
  'audio/mp4',
  'audio/wav',
  'audio/webm',
  'video/mp4',
  'video/webm',
] as const;
export const MediaType = Type.Union(MEDIA_TYPES.map((type) => Type.Literal(type)));
export type MediaType = (typeof MEDIA_TYPES)[number];

export const MediaKind = Type.Union([Type.Literal('audio'), Type.Literal('video')]);
export type MediaKind = Static<typeof MediaKind>;

export function mediaKindOf(type: MediaType): MediaKind {
  return type.startsWith('audio/') ? 'audio' : 'video';
}

/**
 * Where the pieces of a recording lie in a sitting. Each is a Box v1 under the key of the recording and the context of
 * `sittingMediaContext`; opened, one after the other, they hold `bytes` bytes and then zeros.
 */
export interface MediaFile {
  type: MediaType;
  bytes: number;
  /** Milliseconds. */
  length: number;
  pieces: string[];
}

/** What the server knows of a recording in a paper: how often it may be played, and in which section. */
export interface PlayRule {
  /** Its address in the sitting. */
  media: string;
  /** From 0; without sections all are in the first one. */
  section: number;
  /** Absent: as often as wanted. */
  plays?: number;
  /** Milliseconds. */
  length: number;
}

/** One play of a recording by a candidate; given again, because the answer was lost, it has the same number. */
export const PlayEntry = Type.Object(
  {
    media: Id,
    /** Named by the page. */
    play: Id,
    number: Type.Integer({ minimum: 1 }),
    at: Instant,
    /** The moment at which it would have begun, had its clock never stood still. */
    from: Instant,
  },
  closed,
);
export type PlayEntry = Static<typeof PlayEntry>;

/** Which piece of how many: none can be left out, moved or put at the end. */
const pieceField = (piece: number, count: number) => `piece/${piece}/${count}`;

/** Sealed piece of a recording of a bank, in `mediaPieces` (line `bank/<id>/content`). */
export function bankMediaContext(tenant: string, media: string, piece: number, count: number): BoxContext {
  return { type: 'media', tenant, object: media, version: 1, field: pieceField(piece, count) };
}

/** Sealed name of the file that a recording came in, in `media.name` (line `bank/<id>/content`). */
export function mediaNameContext(tenant: string, media: string): BoxContext {
  return { type: 'media', tenant, object: media, version: 1, field: 'name' };
}

/** Box context of a piece of a recording in a sitting; `media` is its address there. */
export function sittingMediaContext(tenant: string, media: string, piece: number, count: number): BoxContext {
  return { type: 'sitting-media', tenant, object: media, version: 1, field: pieceField(piece, count) };
}

/**
 * HKDF-SHA-256 info strings: media root = HKDF(exam key), key of a recording = HKDF(media root, address). Not derived
 * from a room key, which may be read out: a play is given by the server and by nothing else.
 */
export function mediaRootInfo(exam: string): Uint8Array {
  return lengthPrefixed(['niem/media-root/1', exam]);
}
export function mediaKeyInfo(media: string): Uint8Array {
  return lengthPrefixed(['niem/media-key/1', media]);
}
