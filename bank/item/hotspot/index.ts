import type { ItemKind, ItemProblem } from '../kind.ts';
import { checkStem } from '../parts.ts';
import { checkWeights } from '../weights.ts';
import { isSound, isWithinPicture } from './geometry.ts';
import { pictureOf } from './picture.ts';
import { HotspotContent, HotspotKey, type Area } from './schema.ts';
import { toHotspotView, type HotspotView } from './view.ts';

function checkArea(area: Area, picture: { width: number; height: number }): ItemProblem[] {
  const where = `key.areas.${area.id}`;
  const values = { part: area.id };
  if (!isSound(area)) return [{ code: 'item-hotspot-area', where, values }];
  const { width, height } = picture;
  if (isWithinPicture(area, width, height)) return [];
  return [{ code: 'item-hotspot-outside', where, values: { ...values, width, height } }];
}

export const hotspot: ItemKind<HotspotContent, HotspotKey, HotspotView> = {
  name: 'hotspot',
  contentSchema: HotspotContent,
  keySchema: HotspotKey,
  check({ stem }, { areas }) {
    if (checkStem(stem).length > 0) return checkStem(stem);
    const picture = pictureOf(stem);
    if (!picture) return [{ code: 'item-hotspot-picture', where: 'stem' }];
    if (areas.length === 0) return [{ code: 'item-key-missing', where: 'key' }];
    const ids = areas.map(({ id }) => id);
    const repeated = ids.filter((id, i) => ids.indexOf(id) < i);
    const shares = areas.flatMap(({ id, share }) => (share === undefined ? [] : [[id, share] as const]));
    return [
      ...repeated.map((part) => ({
        code: 'item-part-repeated',
        where: `key.areas.${part}`,
        values: { part },
      })),
      ...areas.flatMap((area) => checkArea(area, picture)),
      ...checkWeights(Object.fromEntries(shares)),
    ];
  },
  partIds: () => [],
  shuffled: () => ({ parts: [], pinned: [] }),
  toView: toHotspotView,
};
