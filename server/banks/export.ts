import { DomainError, itemVersionId, type Actor, type ExportFormat } from '#bank/protocol';
import type { ImportedItem } from '#bank/formats';
import { workOnFile } from '#server/files';
import { requireRole } from './bank-access.ts';
import type { BanksDeps } from './deps.ts';
import { itemsByCode } from './import-compare.ts';
import type { ItemBoxes } from './item-boxes.ts';
import type { ItemRecord } from './item-state.ts';

const READ_AT_ONCE = 200;

export interface ExportedFile {
  bytes: Uint8Array;
  name: string;
  type: string;
}

/** Media types of the files. */
export const FILE_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  gift: 'text/plain; charset=utf-8',
} as const;

/** Files for download: the template, and a bank's approved items. */
export function createExportVerbs({ store, audit }: BanksDeps, boxes: ItemBoxes) {
  let template: Promise<Uint8Array> | null = null;

  /** Approved versions with what they say, in the order of their codes. */
  async function readApproved(bank: string): Promise<ImportedItem[]> {
    const items = [...(await itemsByCode(store, bank)).values()];
    const codes = new Map(items.map(({ _id, code }) => [_id, code]));
    const approved = items.filter((item) => item.approved);
    const read: ImportedItem[] = [];
    for (let from = 0; from < approved.length; from += READ_AT_ONCE) {
      read.push(...(await openItems(approved.slice(from, from + READ_AT_ONCE), codes)));
    }
    return read;
  }

  async function openItems(
    items: readonly ItemRecord[],
    codes: ReadonlyMap<string, string>,
  ): Promise<ImportedItem[]> {
    const docs = await store.getMany(
      'itemVersions',
      items.map((item) => itemVersionId(item._id, item.approved?.version ?? 0)),
    );
    const opened = docs.map(async (doc, i): Promise<ImportedItem[]> => {
      const item = items[i];
      if (!doc || !item) return [];
      const [content, key] = await Promise.all([boxes.content(doc), boxes.key(doc)]);
      const stimulus = codes.get(doc.stimulus);
      const { code, kind } = item;
      const { topic, level, assembly } = doc;
      const optional = { ...(stimulus !== undefined && { stimulus }), ...(assembly && { assembly }) };
      return [{ code, kind, content, key, topic, level, ...optional }];
    });
    return (await Promise.all(opened)).flat();
  }

  return {
    /** The workbook that authors start from. */
    async template(): Promise<ExportedFile> {
      template ??= workOnFile('writeTemplate', {});
      return { bytes: await template, name: 'niem-mau-cau-hoi.xlsx', type: FILE_TYPES.xlsx };
    },

    /**
     * All approved items with their keys, as a file that can be read again; what the format cannot carry is listed
     * in it. Recorded with the number of items.
     *
     * @throws DomainError `export-empty`
     */
    async exportItems(actor: Actor, bankId: string, format: ExportFormat): Promise<ExportedFile> {
      const bank = await requireRole(store, actor, bankId, 'author', 'reviewer');
      const items = await readApproved(bank._id);
      if (items.length === 0) throw new DomainError('export-empty', 409);
      await store.commit([
        audit.entry(actor, 'bank.export', `bank:${bank._id}`, { format, count: items.length }),
      ]);
      audit.poke();
      const { bytes } = await workOnFile('writeQuestions', { format, items });
      return format === 'gift'
        ? { bytes, name: `${bank.name}.gift.txt`, type: FILE_TYPES.gift }
        : { bytes, name: `${bank.name}.xlsx`, type: FILE_TYPES.xlsx };
    },
  };
}
