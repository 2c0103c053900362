import { parseBuffer, type IFormat } from 'music-metadata';
import { DomainError, LIMITS, type MediaType } from '#bank/protocol';

/** What a file of sound or pictures is, and how long it runs, in milliseconds. */
export interface ReadMedia {
  type: MediaType;
  length: number;
}

type Container = 'mpeg' | 'ogg' | 'mp4' | 'wav' | 'webm';

/**
 * Reads what a recording is from its content; what its sender calls it does not count.
 *
 * @throws DomainError `media-type`, `media-damaged`, `media-length`
 */
export async function readMedia(bytes: Uint8Array): Promise<ReadMedia> {
  const container = containerOf(bytes);
  if (!container) throw new DomainError('media-type', 422);
  const format = await formatOf(bytes, container);
  const type = typeOf(container, format);
  if (!type) throw new DomainError('media-type', 422);
  const length = Math.round((format.duration ?? 0) * 1000);
  if (!(length > 0 && length <= LIMITS.mediaSeconds * 1000))
    throw new DomainError('media-length', 422, { minutes: LIMITS.mediaSeconds / 60 });
  return { type, length };
}

const latin1 = new TextDecoder('latin1');

/** By the signatures of https://mimesniff.spec.whatwg.org/ §6.2. */
function containerOf(bytes: Uint8Array): Container | null {
  const head = latin1.decode(bytes.subarray(0, 12));
  if (head.startsWith('RIFF') && head.endsWith('WAVE')) return 'wav';
  if (head.startsWith('OggS')) return 'ogg';
  if (head.slice(4, 8) === 'ftyp') return 'mp4';
  if (head.startsWith('\x1aE\xdf\xa3')) return 'webm';
  const [first = 0, second = 0] = bytes;
  const isFrame = first === 0xff && (second & 0xe6) === 0xe2;
  return head.startsWith('ID3') || isFrame ? 'mpeg' : null;
}

async function formatOf(bytes: Uint8Array, container: Container): Promise<IFormat> {
  const mimeType = container === 'webm' ? 'video/webm' : `audio/${container}`;
  try {
    return (await parseBuffer(bytes, { mimeType }, { duration: true, skipCovers: true })).format;
  } catch {
    throw new DomainError('media-damaged', 422);
  }
}

/** Null for what browsers do not play: pictures in Ogg, Matroska that is no WebM, a file without a track. */
function typeOf(container: Container, format: IFormat): MediaType | null {
  const { hasVideo = false, hasAudio = false } = format;
  if (!hasVideo && !hasAudio) return null;
  if (container === 'webm' && format.container !== 'EBML/webm') return null;
  if (container === 'mp4' || container === 'webm') return `${hasVideo ? 'video' : 'audio'}/${container}`;
  return hasVideo ? null : `audio/${container}`;
}
