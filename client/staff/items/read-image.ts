import { LIMITS, type ImageRun } from '#bank/protocol';

const TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;

/** A chosen picture as a run; null when it is of another type or too large. Its description is still to be written. */
export async function readImage(file: File): Promise<ImageRun | null> {
  const mime = TYPES.find((type) => type === file.type);
  if (!mime) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const data = btoa(binary);
  return data.length > 0 && data.length <= LIMITS.imageBase64 ? { t: 'image', mime, data, alt: '' } : null;
}
