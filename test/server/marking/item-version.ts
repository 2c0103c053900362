import type { ItemContent, ItemKey } from '#bank/item';
import { itemContext, itemVersionId } from '#bank/protocol';
import type { Keyring } from '#server/keys';
import type { Write } from '#server/storage';

interface ItemToStore {
  keyring: Keyring;
  tenant: string;
  bank: string;
  item: string;
  content: ItemContent;
  key: ItemKey;
}

/** The write of an approved first version as the banks module makes it. */
export async function itemVersionWrite(given: ItemToStore): Promise<Write> {
  const { keyring, tenant, bank, item, content, key } = given;
  const json = (value: unknown) => Buffer.from(JSON.stringify(value), 'utf8');
  const doc = {
    _id: itemVersionId(item, 1),
    item,
    bank,
    version: 1,
    status: 'approved' as const,
    topic: 'Dao động',
    level: 'KNOW' as const,
    stimulus: '',
    author: 'author',
    authors: ['author'],
    contentHash: '',
    contentSealed: await keyring.seal(
      `bank/${bank}/content`,
      itemContext(tenant, item, 1, 'content'),
      json(content),
    ),
    keySealed: await keyring.seal(`bank/${bank}/marking`, itemContext(tenant, item, 1, 'key'), json(key)),
    createdAt: new Date(0),
  };
  return { op: 'insert', in: 'itemVersions', doc };
}
