import { parseDecimal } from '#bank/item';
import type { AssemblyData, ItemKindName } from '#bank/protocol';

/** The data for assembly as they are typed; empty where nothing is told. */
export interface AssemblyDraft {
  /** Percent of the points. */
  facility: string;
  seconds: string;
  enemies: readonly string[];
  /** Days, `YYYY-MM-DD`. */
  embargoUntil: string;
  lastUsed: string;
  /** What a calibration found; nobody types it. */
  information: readonly number[];
}

export function assemblyDraft({
  facility,
  seconds,
  enemies = [],
  information = [],
  embargoUntil = '',
  lastUsed = '',
}: AssemblyData = {}): AssemblyDraft {
  return {
    facility: facility === undefined ? '' : String(facility / 10).replace('.', ','),
    seconds: String(seconds ?? ''),
    enemies,
    information,
    embargoUntil,
    lastUsed,
  };
}

/** What is sent; a description keeps only its days. Empty where nothing is told: then the item has none any more. */
export function assemblyOf(draft: AssemblyDraft, kind: ItemKindName): AssemblyData {
  const { enemies, information, embargoUntil, lastUsed } = draft;
  const days = { ...(embargoUntil && { embargoUntil }), ...(lastUsed && { lastUsed }) };
  const facility = thousandths(draft.facility);
  const seconds = Number(draft.seconds);
  if (kind === 'description') return days;
  return {
    ...(facility !== null && { facility }),
    ...(seconds > 0 && { seconds }),
    ...(enemies.length > 0 && { enemies: [...enemies] }),
    ...(information.length > 0 && { information: [...information] }),
    ...days,
  };
}

/** Whether the text is, or may become, a number from 0 to 100 with one decimal at most. */
export function isPercent(text: string): boolean {
  return /^\d{0,3}(?:[.,]\d?)?$/.test(text) && (thousandths(text) ?? 0) <= 1000;
}

/** `65` or `62,5` percent in thousandths; null for none. */
function thousandths(percent: string): number | null {
  const decimal = parseDecimal(percent);
  return decimal && Number(decimal.units) * 10 ** (1 - decimal.scale);
}
