import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaText, itemKind, parseArea, parseMarkup, type Area, type HotspotContent } from '#bank/item';
import { lintItem } from '#bank/item/lint';
import { scoreItem } from '#bank/item/scoring';
import { markingPolicy, type MarkingPolicy } from '#bank/marks';
import { PICTURE } from '../../support/picture.ts';

const policyOf = (name: string): MarkingPolicy => {
  const policy = markingPolicy(name);
  if (!policy) throw new Error(name);
  return policy;
};
const EXACT = policyOf('vn-cv7991');
const contentOf = (points: number): HotspotContent => ({
  kind: 'hotspot',
  stem: [...parseMarkup('Chỉ chỗ'), [PICTURE]],
  points,
});

const pixel = fc.integer({ min: 0, max: 20 });
const area = fc.oneof(
  fc.tuple(pixel, pixel, pixel, pixel).map(([a, b, c, d]): Omit<Area, 'id'> => ({
    shape: 'rect',
    coords: [Math.min(a, c), Math.min(b, d), Math.max(a, c) + 1, Math.max(b, d) + 1],
  })),
  fc
    .tuple(pixel, pixel, fc.integer({ min: 1, max: 9 }))
    .map((coords): Omit<Area, 'id'> => ({ shape: 'circle', coords })),
  fc
    .array(fc.tuple(pixel, pixel), { minLength: 3, maxLength: 7 })
    .map((corners): Omit<Area, 'id'> => ({ shape: 'poly', coords: corners.flat() })),
);
const areas = fc
  .array(area, { minLength: 1, maxLength: 4 })
  .map((list) => list.map((one, i): Area => ({ ...one, id: 'abcd'.charAt(i) })));
const points = fc.array(
  fc.tuple(pixel, pixel).map(([x, y]) => [x, y]),
  { minLength: 1, maxLength: 6 },
);

/** Whether a point lies in an area, edges included, in BigInt: crossings of an edge with the line of the point. */
function lies({ shape, coords }: Area, [px = 0, py = 0]: readonly number[]): boolean {
  const [x, y] = [BigInt(px), BigInt(py)];
  const c = coords.map(BigInt);
  const at = (i: number) => c[i] ?? 0n;
  if (shape === 'rect') return at(0) <= x && x <= at(2) && at(1) <= y && y <= at(3);
  if (shape === 'circle') return (x - at(0)) ** 2n + (y - at(1)) ** 2n <= at(2) ** 2n;
  let crossings = 0;
  for (let i = 0; i < c.length; i += 2) {
    let [ax, ay, bx, by] = [at(i), at(i + 1), at((i + 2) % c.length), at((i + 3) % c.length)];
    if (ay > by) [ax, ay, bx, by] = [bx, by, ax, ay];
    if (ay === by) {
      if (y === ay && x >= (ax < bx ? ax : bx) && x <= (ax > bx ? ax : bx)) return true;
      continue;
    }
    if (y < ay || y > by) continue;
    // where the edge is as high as the point, times its height
    const there = ax * (by - ay) + (bx - ax) * (y - ay);
    const here = x * (by - ay);
    if (there === here) return true;
    if (y < by && there > here) crossings++;
  }
  return crossings % 2 === 1;
}

describe('a hotspot', () => {
  it('pays each area that a point hits first its share, once', () => {
    fc.assert(
      fc.property(
        areas,
        points,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 500 }),
        (all, h, most, max) => {
          const item = { content: contentOf(most), key: { areas: all }, max };
          const { points: got, exact, parts } = scoreItem(item, { h }, EXACT);
          const hit = new Set(h.slice(0, most).flatMap((point) => all.find((one) => lies(one, point)) ?? []));
          const [numerator = '0', denominator = '1'] = (exact ?? String(got)).split('/');
          expect(BigInt(numerator) * BigInt(all.length)).toBe(
            BigInt(max) * BigInt(hit.size) * BigInt(denominator),
          );
          expect(parts.map(({ outcome }) => outcome)).toEqual(
            all.map((one) => (hit.has(one) ? 'right' : 'wrong')),
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('gives all points for a point in every area, nothing for none, and does not depend on the order of points', () => {
    const key = {
      areas: [
        { id: 'a', shape: 'rect' as const, coords: [0, 0, 3, 3] },
        { id: 'b', shape: 'circle' as const, coords: [10, 10, 2] },
        { id: 'c', shape: 'poly' as const, coords: [15, 15, 20, 15, 20, 20] },
      ],
    };
    const score = (h: number[][] | null) =>
      scoreItem({ content: contentOf(3), key, max: 100 }, h && { h }, EXACT);
    const all = [
      [3, 3],
      [10, 12],
      [18, 16],
    ];
    expect([score(all).points, score(all.toReversed()).points, score(null).points]).toEqual([100, 100, 0]);
    expect(score(null).parts.map(({ outcome }) => outcome)).toEqual(['blank', 'blank', 'blank']);
    expect(
      score([
        [12, 12],
        [3, 3],
        [2, 2],
        [18, 16],
      ]).exact,
    ).toBe('100/3');
  });

  it('adds up shares of their own, traps included, between nothing and all', () => {
    const circle = (id: string, x: number, share: string): Area => ({
      id,
      shape: 'circle',
      coords: [x, 5, 1],
      share,
    });
    const key = { areas: [circle('a', 2, '2/3'), circle('b', 8, '1/3'), circle('c', 14, '-1/3')] };
    const points = (...xs: number[]) =>
      scoreItem({ content: contentOf(3), key, max: 300 }, { h: xs.map((x) => [x, 5]) }, EXACT).points;
    expect([points(2), points(2, 8), points(2, 14), points(14), points(2, 8, 14)]).toEqual([
      200, 300, 100, 0, 200,
    ]);
  });

  it('keeps its areas to itself, and takes the picture out of the stem', () => {
    const view = itemKind('hotspot').toView(contentOf(2), { token: (id) => id, math: (tex) => tex });
    expect(view).toEqual({
      kind: 'hotspot',
      stem: [[{ t: 'text', v: 'Chỉ chỗ' }]],
      points: 2,
      picture: PICTURE,
      width: 24,
      height: 24,
    });
  });

  it('is checked for a picture and areas inside it', () => {
    const problems = (...texts: string[]) =>
      itemKind('hotspot')
        .check(contentOf(1), {
          areas: texts.map(
            (text, i) => parseArea('abc'.charAt(i), text) ?? { id: 'x', shape: 'poly', coords: [] },
          ),
        })
        .map(({ code, where }) => `${code} ${where}`);
    expect(problems('tròn 5 5 2', 'chữ nhật 0 0 24 24')).toEqual([]);
    expect(problems()).toEqual(['item-key-missing key']);
    expect(problems('vuông 1 2')).toEqual(['item-hotspot-area key.areas.x']);
    expect(problems('tròn 30 5 2', 'rect 9 9 2 2', 'poly 0 0 1 1 2')).toEqual([
      'item-hotspot-outside key.areas.a',
      'item-hotspot-area key.areas.b',
      'item-hotspot-area key.areas.c',
    ]);
    const bare = { ...contentOf(1), stem: parseMarkup('Không hình') };
    expect(itemKind('hotspot').check(bare, { areas: [] })).toEqual([
      { code: 'item-hotspot-picture', where: 'stem' },
    ]);
  });

  it('warns when more points may be set than areas pay', () => {
    const key = { areas: [{ id: 'a', shape: 'circle' as const, coords: [5, 5, 2] }] };
    expect([1, 2].map((most) => lintItem(contentOf(most), key).map(({ code }) => code))).toEqual([
      [],
      ['item-hotspot-points'],
    ]);
  });

  it('has areas that come back as they were written', () => {
    fc.assert(
      fc.property(areas, fc.option(fc.constantFrom('1/2', '-1/3')), (all, share) => {
        for (const one of all) {
          const own = { ...one, ...(share !== null && { share }) };
          expect(parseArea(own.id, areaText(own))).toEqual(own);
        }
      }),
    );
  });
});
