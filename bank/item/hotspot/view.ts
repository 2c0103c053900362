import type { ImageRun, RichTextView } from '#bank/protocol';
import type { ViewContext } from '../kind.ts';
import { toRichTextView } from '../rich-text.ts';
import { pictureOf, withoutPicture } from './picture.ts';
import type { HotspotContent } from './schema.ts';

/** The picture apart from the stem, with its size in pixels; areas stay in the key. */
export interface HotspotView {
  kind: 'hotspot';
  stem: RichTextView;
  points: number;
  picture?: ImageRun;
  width: number;
  height: number;
}

export function toHotspotView({ stem, points }: HotspotContent, context: ViewContext): HotspotView {
  const found = pictureOf(stem);
  const { image, width, height } = found ?? { width: 1, height: 1 };
  return {
    kind: 'hotspot',
    stem: toRichTextView(image ? withoutPicture(stem, image) : stem, context),
    points,
    ...(image && { picture: { t: 'image', mime: image.mime, data: image.data, alt: image.alt } }),
    width,
    height,
  };
}
