import type { ImageRun } from '#bank/protocol';

/** A picture of 24 by 24 pixels. */
export const PICTURE: ImageRun = {
  t: 'image',
  mime: 'image/png',
  data: 'iVBORw0KGgoAAAANSUhEUgAAABgAAAAYCAAAAADFHGIkAAAAIklEQVR42mNg+A8CJJAMuGQZcOliwGUaAy5bGEZdNcRdBQBwqN4w7GvO4QAAAABJRU5ErkJggg==',
  alt: 'Hình kẻ sọc',
};
