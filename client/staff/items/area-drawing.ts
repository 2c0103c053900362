import { isSound, isWithinPicture, type Area, type AreaShape } from '#bank/item';

/** x and y in pixels of the picture. */
export type Pixel = readonly [x: number, y: number];

interface Size {
  width: number;
  height: number;
}

/** Points of an area that is not whole yet. */
export interface Drawing {
  shape: AreaShape;
  points: readonly Pixel[];
}

/** A point so near the first corner of a polygon closes it: this part of the picture's longer side. */
const NEAR = 50;

/** The pixel at a place of the page, of a picture that is shown in this box. */
export function pixelAt(
  { x, y }: { x: number; y: number },
  box: { left: number; top: number; width: number; height: number },
  { width, height }: Size,
): Pixel {
  return [
    within(((x - box.left) * width) / Math.max(1, box.width), width),
    within(((y - box.top) * height) / Math.max(1, box.height), height),
  ];
}

/** The pixel so many steps away, not beyond the picture. */
export function moved([x, y]: Pixel, [right, down]: Pixel, { width, height }: Size): Pixel {
  return [within(x + right, width), within(y + down, height)];
}

function within(value: number, end: number): number {
  return Math.max(0, Math.min(end - 1, Math.round(value)));
}

/**
 * What one more point makes of a drawing: a rectangle is whole with two corners, a circle with its centre and a point of
 * its rim, a polygon when a point comes back to its first corner. A point that would make the area empty is not taken.
 */
export function withPoint(
  { shape, points }: Drawing,
  point: Pixel,
  size: Size,
): { drawing: Drawing; area: Area | null } {
  const area = shape === 'poly' ? closed(points, point, size) : spanned(shape, points[0], point, size);
  if (area) return { drawing: { shape, points: [] }, area };
  const isKept = shape === 'poly' ? !points.some((one) => isSame(one, point)) : points.length === 0;
  return { drawing: { shape, points: isKept ? [...points, point] : points }, area: null };
}

/** What would be whole if this were the next point, to be shown on the way. */
export function preview({ shape, points }: Drawing, point: Pixel): Area | null {
  const [first] = points;
  if (!first) return null;
  if (shape === 'poly') return areaOf('poly', [...points, point].flat());
  return areaOf(shape, coordsOf(shape, first, point));
}

function closed(points: readonly Pixel[], point: Pixel, { width, height }: Size): Area | null {
  const [first] = points;
  const near = Math.max(1, Math.round(Math.max(width, height) / NEAR));
  if (!first || points.length < 3 || Math.hypot(point[0] - first[0], point[1] - first[1]) > near) return null;
  return areaOf('poly', points.flat());
}

function spanned(
  shape: 'rect' | 'circle',
  first: Pixel | undefined,
  point: Pixel,
  { width, height }: Size,
): Area | null {
  if (!first) return null;
  const area = areaOf(shape, coordsOf(shape, first, point));
  return isSound(area) && isWithinPicture(area, width, height) ? area : null;
}

function coordsOf(shape: 'rect' | 'circle', [ax, ay]: Pixel, [bx, by]: Pixel): number[] {
  if (shape === 'circle') return [ax, ay, Math.round(Math.hypot(bx - ax, by - ay))];
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

function areaOf(shape: AreaShape, coords: number[]): Area {
  return { id: 'a', shape, coords };
}

function isSame(one: Pixel, other: Pixel): boolean {
  return one[0] === other[0] && one[1] === other[1];
}
