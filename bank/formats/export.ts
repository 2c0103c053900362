import { sentence } from '#bank/protocol';
import { mediaOf } from '#bank/item';
import type { ImportedItem } from './import-row.ts';

/** Something that a format cannot carry; told to whoever exports, with the code of the item. */
export interface ExportLoss {
  /** The first three leave the item out, the others only a part of it. */
  code:
    'export-kind' | 'export-options' | 'export-length' | 'export-image' | 'export-media' | 'export-detail';
  item: string;
  /** Of `export-detail`: what was left out. */
  details?: string;
  detailsEn?: string;
}

export interface Exported {
  bytes: Uint8Array;
  losses: ExportLoss[];
}

/** The sentences of losses in Vietnamese, for the file itself. */
export function lossSentences(losses: readonly ExportLoss[]): string[] {
  return losses.map(({ code, ...values }) => sentence(code, values, 'vi'));
}

/** No file of questions carries recordings: their titles stand in their place. */
export function lostMedia({ code, content }: ImportedItem): ExportLoss[] {
  return mediaOf(content.stem).length > 0 ? [{ code: 'export-media', item: code }] : [];
}
