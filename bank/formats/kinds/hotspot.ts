import { areaText, parseArea, type HotspotContent, type HotspotKey } from '#bank/item';
import { defaultColumn, OPTION_COLUMNS, optionColumn, type KindFormat } from './kind-format.ts';

const EXAMPLE = 'tròn 110 190 35';

/** The picture is anchored in the stem; A to H hold the areas, `tròn 110 190 35`; the key says how many points may be set. */
export const hotspotFormat: KindFormat<HotspotContent, HotspotKey> = {
  columns: [...OPTION_COLUMNS, 'key'],
  fromCells(cells) {
    const stem = cells.rich('stem');
    const areas = cells.letters().flatMap((letter) => {
      const column = `option${letter}` as const;
      const text = cells.text(column);
      const area = parseArea(letter.toLowerCase(), text);
      if (!area) cells.refuse('key-unreadable', column, { key: text.slice(0, 60), example: EXAMPLE });
      return area ?? [];
    });
    const text = cells.text('key');
    if (!/^\d{0,2}$/.test(text))
      cells.refuse('key-unreadable', 'key', { key: text.slice(0, 60), example: '1' });
    const points = text === '' ? Math.max(1, areas.length) : Number(text);
    return { content: { kind: 'hotspot', stem, points }, key: { areas } };
  },
  toCells(content, key) {
    const areas = key.areas.map((area, i) => [optionColumn(i), areaText(area)] as const);
    return { cells: { stem: content.stem, ...Object.fromEntries(areas), key: String(content.points) } };
  },
  toGift: () => ({ form: 'unsupported' }),
  columnOf(where) {
    const [group, list, id] = where.split('.');
    return group === 'key' && list === 'areas' ? defaultColumn(`options.${id}`) : defaultColumn(where);
  },
};
