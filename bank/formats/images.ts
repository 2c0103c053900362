import { LIMITS, type ImageRun } from '#bank/protocol';
import type { RowReport } from './import-row.ts';
import type { SheetImage } from './sheet.ts';

/** Bytes of a picture that fit into an image run. */
const MAX_IMAGE_BYTES = Math.floor((LIMITS.imageBase64 - 4) / 4) * 3;
const MAX_ALT = 500;

/** `[ảnh: mô tả]` marks the place of a picture and describes it. */
const MARKER = /\[(?:ảnh|anh|hình|hinh|image|picture)\s*:\s*([^\]\n]*)\]/giu;

function imageType(bytes: Uint8Array): 'image/png' | 'image/jpeg' | null {
  const starts = (...magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  return starts(0xff, 0xd8, 0xff) ? 'image/jpeg' : null;
}

function toRun(image: SheetImage, alt: string, report: RowReport, cell: string): ImageRun | null {
  const mime = imageType(image.bytes);
  if (!mime) {
    report.refuse('image-type', { cell });
    return null;
  }
  if (image.bytes.length > MAX_IMAGE_BYTES) {
    const kilobytes = Math.ceil(image.bytes.length / 1024);
    report.refuse('image-too-large', { cell }, { kilobytes, max: Math.floor(MAX_IMAGE_BYTES / 1024) });
    return null;
  }
  return { t: 'image', mime, data: Buffer.from(image.bytes).toString('base64'), alt: alt.slice(0, MAX_ALT) };
}

/** Markup with pictures: markers become `![1]`, `![2]`, …, and pictures without a marker come last. */
interface PlacedImages {
  markup: string;
  images: ImageRun[];
}

/** Puts the pictures of a cell where its markers stand. `code` names the item in the text made up for a picture. */
export function placeImages(
  text: string,
  pictures: readonly SheetImage[],
  code: string,
  report: RowReport,
  cell: string,
): PlacedImages {
  const images: ImageRun[] = [];
  let used = 0;
  const place = (alt: string): string => {
    const picture = pictures[used++];
    if (!picture) {
      report.refuse('image-missing', { cell });
      return '';
    }
    const run = toRun(picture, alt, report, cell);
    if (!run) return '';
    images.push(run);
    return `![${images.length}]`;
  };
  const describe = (alt: string): string => {
    if (alt !== '') return alt;
    const made = `Hình của câu ${code}`;
    report.warn('image-no-text', { cell }, { alt: made });
    return made;
  };
  const markup = text.replace(MARKER, (_whole, alt: string) => place(describe(unescape(alt.trim()))));
  const rest: string[] = [];
  while (used < pictures.length) rest.push(place(describe('')));
  return { markup: [markup, ...rest].filter((part) => part !== '').join('\n'), images };
}

function unescape(alt: string): string {
  return alt.replace(/\\([\\$<!])/g, '$1');
}

/** The marker that stands for a picture in a cell. */
export function imageMarker(alt: string): string {
  return `[ảnh: ${alt.replace(/[\]\n]/g, ')')}]`;
}
