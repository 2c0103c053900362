import { columnName, columnNumber } from './sheet.ts';

export interface MergedArea {
  top: number;
  bottom: number;
  left: number;
  right: number;
  /** As Excel writes it: `C12:C15`. */
  name: string;
}

/** Sheet name → path of its part, from the workbook and its relations (ECMA-376 part 1, §18.2.19). */
export function sheetPaths(workbook: string, relations: string): Map<string, string> {
  const targets = new Map<string, string>();
  for (const [tag] of relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
    const id = attribute(tag, 'Id');
    const target = attribute(tag, 'Target');
    if (id && target) targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  const paths = new Map<string, string>();
  for (const [tag] of workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const path = targets.get(attribute(tag, '\\w+:id') ?? '');
    if (name && path) paths.set(name, path);
  }
  return paths;
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  const text = value?.[1] ?? value?.[2];
  return text === undefined ? null : decodeEntities(text);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[String(name)] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}

const RANGE = /\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})/g;

function* ranges(text: string): Generator<MergedArea> {
  for (const [, left, top, right, bottom] of text.matchAll(RANGE)) {
    const area = {
      top: Number(top),
      bottom: Number(bottom),
      left: columnNumber(left ?? ''),
      right: columnNumber(right ?? ''),
    };
    yield { ...area, name: `${columnName(area.left)}${area.top}:${columnName(area.right)}${area.bottom}` };
  }
}

/** How many cells the defined names of a workbook span together. */
export function spannedCells(workbook: string): number {
  let cells = 0;
  for (const [name] of workbook.matchAll(/<(?:\w+:)?definedName\b[^<]*/g)) {
    for (const { top, bottom, left, right } of ranges(name)) {
      cells += Math.max(0, bottom - top + 1) * Math.max(0, right - left + 1);
    }
  }
  return cells;
}

/** The merged areas of a worksheet part (ECMA-376 part 1, §18.3.1.54). */
export function mergedAreas(sheet: string): MergedArea[] {
  const tags = sheet.matchAll(/<(?:\w+:)?mergeCell\s[^>]*>/g);
  return [...tags].flatMap(([tag]) => [...ranges(attribute(tag, 'ref') ?? '')]);
}
