import { LEVELS, type Blueprint, type Level, type ScaleColumn } from '#bank/protocol';

/** A dated scale of cognitive levels: its columns in rising order, each with the levels that it gathers. */
interface LevelScale {
  id: string;
  source: string;
  since: string;
  columns: Record<'vi' | 'en', readonly ScaleColumn[]>;
}

/** Three levels; the fourth of older items is printed with the third. */
const THREE: LevelScale = {
  id: 'vn-7991',
  source: 'Công văn 7991/BGDĐT-GDTrH',
  since: '2024-12-17',
  columns: {
    vi: columns(['Biết', ['KNOW']], ['Hiểu', ['UNDERSTAND']], ['Vận dụng', ['APPLY', 'APPLY_HIGH']]),
    en: columns(['Know', ['KNOW']], ['Understand', ['UNDERSTAND']], ['Apply', ['APPLY', 'APPLY_HIGH']]),
  },
};

/** Four levels of the templates before. */
const FOUR: LevelScale = {
  id: 'vn-8773',
  source: 'Công văn 8773/BGDĐT-GDTrH',
  since: '2010-12-30',
  columns: {
    vi: columns(
      ['Nhận biết', ['KNOW']],
      ['Thông hiểu', ['UNDERSTAND']],
      ['Vận dụng', ['APPLY']],
      ['Vận dụng cao', ['APPLY_HIGH']],
    ),
    en: columns(
      ['Recall', ['KNOW']],
      ['Understand', ['UNDERSTAND']],
      ['Apply', ['APPLY']],
      ['Apply (advanced)', ['APPLY_HIGH']],
    ),
  },
};

export const LEVEL_SCALES: readonly LevelScale[] = [THREE, FOUR];

function columns(...list: [string, Level[]][]): ScaleColumn[] {
  return list.map(([name, levels]) => ({ name, levels }));
}

/** The scale that a blueprint is printed with: its own, or the three levels of Công văn 7991. */
export function scaleOf({ scale }: Pick<Blueprint, 'scale'>, language: 'vi' | 'en'): readonly ScaleColumn[] {
  return scale ?? THREE.columns[language];
}

/** The first level that does not stand in exactly one column; null when the mapping is whole. */
export function unmappedLevel(scale: readonly ScaleColumn[]): Level | null {
  const places = (level: Level): number => scale.filter(({ levels }) => levels.includes(level)).length;
  return LEVELS.find((level) => places(level) !== 1) ?? null;
}
