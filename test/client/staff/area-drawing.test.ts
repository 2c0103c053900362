import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AREA_SHAPES, areaText, isSound, isWithinPicture, parseArea } from '#bank/item';
import {
  moved,
  pixelAt,
  preview,
  withPoint,
  type Drawing,
  type Pixel,
} from '../../../client/staff/items/area-drawing.ts';

const SIZE = { width: 400, height: 300 };

/** What comes of these points, set one after the other. */
function drawn(shape: Drawing['shape'], points: readonly Pixel[]) {
  let drawing: Drawing = { shape, points: [] };
  const areas = points.flatMap((point) => {
    const next = withPoint(drawing, point, SIZE);
    drawing = next.drawing;
    return next.area ?? [];
  });
  return { areas: areas.map(({ coords }) => coords), left: drawing.points };
}

describe('drawing an area', () => {
  test('a rectangle is two opposite corners, in any order', () => {
    const corners: Pixel[] = [
      [50, 80],
      [20, 10],
    ];
    expect(drawn('rect', corners).areas).toEqual([[20, 10, 50, 80]]);
    expect(drawn('rect', [...corners].reverse()).areas).toEqual([[20, 10, 50, 80]]);
    expect(drawn('rect', [...corners, [1, 1]]).left).toEqual([[1, 1]]);
  });

  test('a circle is its centre and a point of its rim', () => {
    const points: Pixel[] = [
      [100, 100],
      [103, 104],
    ];
    expect(drawn('circle', points).areas).toEqual([[100, 100, 5]]);
  });

  test('a polygon is closed by a point near its first corner, with three corners at least', () => {
    const corners: Pixel[] = [
      [10, 10],
      [100, 10],
      [100, 100],
    ];
    expect(drawn('poly', [...corners, [13, 8]]).areas).toEqual([[10, 10, 100, 10, 100, 100]]);
    expect(drawn('poly', [...corners, [30, 30]])).toEqual({ areas: [], left: [...corners, [30, 30]] });
    expect(drawn('poly', [...corners.slice(0, 2), [11, 11]]).areas).toEqual([]);
    expect(drawn('poly', [...corners, [100, 100]]).left).toEqual(corners);
  });

  test('a point that would leave it empty is not taken', () => {
    const same: Pixel[] = [
      [40, 40],
      [40, 90],
    ];
    expect(drawn('rect', same)).toEqual({ areas: [], left: [[40, 40]] });
    expect(
      drawn('circle', [
        [40, 40],
        [40, 40],
      ]),
    ).toEqual({ areas: [], left: [[40, 40]] });
  });

  test('whatever is drawn is an area of the picture, and is typed as it was drawn', () => {
    const pixel = fc.tuple(fc.nat(399), fc.nat(299));
    fc.assert(
      fc.property(fc.constantFrom(...AREA_SHAPES), fc.array(pixel, { maxLength: 30 }), (shape, points) => {
        let drawing: Drawing = { shape, points: [] };
        for (const point of points) {
          const before = preview(drawing, point);
          const { drawing: next, area } = withPoint(drawing, point, SIZE);
          drawing = next;
          if (!area) continue;
          expect(isSound(area) && isWithinPicture(area, SIZE.width, SIZE.height)).toBe(true);
          expect(parseArea('a', areaText(area))).toEqual(area);
          expect(shape === 'poly' ? area : before).toEqual(area);
        }
      }),
    );
  });
});

test('a place on the page is a pixel of the picture, however large it is shown', () => {
  const box = { left: 10, top: 20, width: 200, height: 150 };
  expect(pixelAt({ x: 10, y: 20 }, box, SIZE)).toEqual([0, 0]);
  expect(pixelAt({ x: 110, y: 95 }, box, SIZE)).toEqual([200, 150]);
  expect(pixelAt({ x: 900, y: -5 }, box, SIZE)).toEqual([399, 0]);
  expect(moved([395, 5], [10, -10], SIZE)).toEqual([399, 0]);
});
