import type { ImageRun, RichText } from '#bank/protocol';
import { imageSize, type ImageSize } from '../image-size.ts';
import { imagesOf } from '../rich-text.ts';

export interface HotspotPicture extends ImageSize {
  image: ImageRun;
}

/** The first picture of a stem with its size in pixels; null where there is none, or its size cannot be read. */
export function pictureOf(stem: RichText): HotspotPicture | null {
  const [image] = imagesOf(stem);
  if (!image) return null;
  const size = imageSize(Uint8Array.from(atob(image.data), (char) => char.charCodeAt(0)));
  return size && size.width > 0 && size.height > 0 ? { image, ...size } : null;
}

/** The stem without that picture. */
export function withoutPicture(stem: RichText, image: ImageRun): RichText {
  const paragraphs = stem.map((paragraph) => paragraph.filter((run) => run !== image));
  return paragraphs.filter((paragraph) => paragraph.length > 0);
}
