import type { ItemKindName } from '#bank/protocol';
import { itemVersionId } from '#bank/protocol';
import { newId } from '#bank/vault';
import type { Store, Write } from '#server/storage';
import type { BankRecord } from './bank-access.ts';
import type { ItemBoxes, ItemText } from './item-boxes.ts';
import { itemWrite, type ItemRecord } from './item-state.ts';

/** A draft to be stored: what it says, of which item, by whom. */
interface Draft {
  bank: BankRecord;
  code: string;
  kind: ItemKindName;
  text: ItemText;
  /** Keyed hash of `text`. */
  hash: string;
  /** Item id of the description; empty when there is none. */
  stimulus: string;
  author: string;
  at: Date;
  /** Absent for a new item. */
  item: ItemRecord | null;
}

interface DraftWrites {
  id: string;
  version: number;
  writes: Write[];
}

/** The writes that make a draft the newest version of its item, or make the item. */
export async function draftWrites(store: Store, boxes: ItemBoxes, draft: Draft): Promise<DraftWrites> {
  const { bank, text, item, at } = draft;
  const id = item?._id ?? newId();
  const version = (item?.latest ?? 0) + 1;
  const fields = {
    topic: text.topic,
    level: text.level,
    stimulus: draft.stimulus,
    contentHash: draft.hash,
    status: 'draft' as const,
  };
  const assembly = text.assembly && { assembly: text.assembly };
  const versionInsert: Write = {
    op: 'insert',
    in: 'itemVersions',
    doc: {
      _id: itemVersionId(id, version),
      item: id,
      bank: bank._id,
      version,
      ...fields,
      ...assembly,
      author: draft.author,
      authors: await authorsOf(store, item, draft.author),
      ...(await boxes.seal(bank._id, id, version, text)),
      createdAt: at,
    },
  };
  const changes = { ...fields, ...assembly, latest: version, updatedAt: at };
  const itemChange: Write = item
    ? itemWrite(withoutAssembly(item), changes)
    : {
        op: 'insert',
        in: 'items',
        doc: { _id: id, bank: bank._id, code: draft.code, kind: draft.kind, createdAt: at, ...changes },
      };
  return { id, version, writes: [versionInsert, itemChange] };
}

/** Whoever worked on it since it was last approved has a part in it, and may not approve it. */
async function authorsOf(store: Store, item: ItemRecord | null, author: string): Promise<string[]> {
  if (!item) return [author];
  const before = await store.get('itemVersions', itemVersionId(item._id, item.latest));
  const since = before && before.version !== item.approved?.version ? before.authors : [];
  return [...new Set([...since, author])];
}

/** What the newest version does not say is not kept from an older one. */
function withoutAssembly({ assembly: _older, ...item }: ItemRecord): ItemRecord {
  return item;
}
