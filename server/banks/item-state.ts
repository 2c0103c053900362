import { itemVersionId, type ItemSummary, type ItemUse } from '#bank/protocol';
import { DomainError } from '#bank/protocol';
import type { Documents, Store, Stored, Write } from '#server/storage';

export type ItemRecord = Stored<'items'>;
export type VersionRecord = Stored<'itemVersions'>;

/** @throws DomainError `not-found` when the bank has no such item */
export async function requireItem(store: Store, bank: string, id: string): Promise<ItemRecord> {
  const item = await store.get('items', id);
  if (item?.bank !== bank) throw new DomainError('not-found', 404);
  return item;
}

/** @throws DomainError `not-found` */
export async function requireVersion(store: Store, item: string, version: number): Promise<VersionRecord> {
  const found = await store.get('itemVersions', itemVersionId(item, version));
  if (!found) throw new DomainError('not-found', 404);
  return found;
}

/** Item and its newest version, which is the one that is reviewed. */
export async function requireLatest(
  store: Store,
  bank: string,
  id: string,
  version: number,
): Promise<{ item: ItemRecord; latest: VersionRecord }> {
  const item = await requireItem(store, bank, id);
  if (item.latest !== version) throw new DomainError('item-not-latest', 409, { latest: item.latest });
  return { item, latest: await requireVersion(store, id, version) };
}

export function itemWrite(item: ItemRecord, changes: Partial<Documents['items']>): Write {
  const { v, ...doc } = item;
  return { op: 'replace', in: 'items', doc: { ...doc, ...changes }, ifVersion: v };
}

export function versionWrite(version: VersionRecord, changes: Partial<Documents['itemVersions']>): Write {
  const { v, ...doc } = version;
  return { op: 'replace', in: 'itemVersions', doc: { ...doc, ...changes }, ifVersion: v };
}

/** What lists tell of an item; excerpt and use where they were looked up. */
export function itemSummary(
  item: ItemRecord,
  { excerpt, use }: { excerpt?: string | undefined; use?: ItemUse | undefined } = {},
): ItemSummary {
  const { _id, code, kind, topic, level, status, latest, stimulus, approved, updatedAt } = item;
  return {
    id: _id,
    code,
    kind,
    topic,
    level,
    status,
    version: latest,
    ...(approved && { approvedVersion: approved.version, officialUse: approved.officialUse }),
    ...(stimulus !== '' && { stimulus }),
    ...(excerpt !== undefined && { excerpt }),
    ...(use && { use }),
    updatedAt: updatedAt.getTime(),
  };
}
