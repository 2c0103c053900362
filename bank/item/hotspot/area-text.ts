import type { Area, AreaShape } from './schema.ts';

const SHAPE_WORDS: Readonly<Record<string, AreaShape>> = {
  'chữ nhật': 'rect',
  rect: 'rect',
  rectangle: 'rect',
  tròn: 'circle',
  circle: 'circle',
  'đa giác': 'poly',
  poly: 'poly',
  polygon: 'poly',
};
const NAMES = { rect: 'chữ nhật', circle: 'tròn', poly: 'đa giác' } as const satisfies Record<
  AreaShape,
  string
>;

/** `tròn 110 190 35`, `chữ nhật 220 40 320 95 = 1/2`; null when it is no area. */
export function parseArea(id: string, text: string): Area | null {
  const [place = '', share, ...rest] = text
    .normalize('NFC')
    .toLowerCase()
    .split('=')
    .map((one) => one.trim());
  const [, word = '', numbers = ''] = /^(\D+?)((?:[\s,;]+\d{1,5})+)$/.exec(place) ?? [];
  const shape = SHAPE_WORDS[word.trim()];
  if (!shape || rest.length > 0 || share === '') return null;
  const coords = (numbers.match(/\d+/g) ?? []).map(Number);
  return { id, shape, coords, ...(share !== undefined && { share }) };
}

export function areaText({ shape, coords, share }: Area): string {
  return `${NAMES[shape]} ${coords.join(' ')}${share === undefined ? '' : ` = ${share}`}`;
}
