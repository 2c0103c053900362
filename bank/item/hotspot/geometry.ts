import type { Area } from './schema.ts';

/** x and y in whole pixels. */
export type Point = readonly number[];

function cornersOf({ coords }: Area): [number, number][] {
  return coords.flatMap((x, i): [number, number][] => (i % 2 === 0 ? [[x, coords[i + 1] ?? 0]] : []));
}

/**
 * Whether the point lies in the polygon, edges included: on an edge, or with an odd number of edges crossed by the ray
 * to the right. All in integers: a product of two differences of pixels is below 2^34.
 */
function isInPolygon(x: number, y: number, corners: readonly [number, number][]): boolean {
  let isInside = false;
  for (const [i, [bx, by]] of corners.entries()) {
    const [ax, ay] = corners.at(i - 1) ?? [bx, by];
    const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const isBetween = (x - ax) * (x - bx) <= 0 && (y - ay) * (y - by) <= 0;
    if (side === 0 && isBetween) return true;
    if (ay > y !== by > y && side > 0 === by > ay) isInside = !isInside;
  }
  return isInside;
}

/** Whether a point lies in an area, edges included. */
export function isHit(area: Area, [x = 0, y = 0]: Point): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = area.coords;
  if (area.shape === 'rect') return x >= a && x <= c && y >= b && y <= d;
  if (area.shape === 'circle') return (x - a) ** 2 + (y - b) ** 2 <= c ** 2;
  return isInPolygon(x, y, cornersOf(area));
}

/** Whether an area is one: so many numbers as its shape has, not turned inside out, not empty. */
export function isSound({ shape, coords }: Area): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = coords;
  if (shape === 'rect') return coords.length === 4 && a < c && b < d;
  if (shape === 'circle') return coords.length === 3 && c > 0;
  return coords.length >= 6 && coords.length % 2 === 0;
}

/** Whether all of it lies in a picture of that size. */
export function isWithinPicture({ shape, coords }: Area, width: number, height: number): boolean {
  const [a = 0, b = 0, c = 0] = coords;
  if (shape === 'circle') return a < width && b < height && c <= Math.max(width, height);
  return coords.every((value, i) => value <= (i % 2 === 0 ? width : height));
}
