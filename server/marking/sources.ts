import type { Paper } from '#bank/assembly';
import type { ItemContent, ItemKey } from '#bank/item';
import {
  itemContext,
  itemVersionId,
  paperContext,
  poolMapContext,
  type BoxContext,
  type PoolMapEntry,
} from '#bank/protocol';
import { newestSheet, type SheetVersion } from '#server/delivery';
import type { ExamRecord } from '#server/exams';
import type { Keyring } from '#server/keys';
import type { Sealed, Store, Stored } from '#server/storage';
import type { FindItem, MarkableItem } from './mark-attempt.ts';
import { readable, unreadable } from './readable.ts';

/** Everything that marking reads, opened anew at each call: nothing decrypted is kept here. */
export interface Sources {
  /** Contents, keys and tokens of every item version of the exam's pool. */
  items(exam: ExamRecord): Promise<FindItem>;
  /** Papers of these attempts, in their order. */
  papers(exam: string, attempts: readonly string[]): Promise<Paper[]>;
  /** Newest sheets of these attempts, in their order; the close wrote one for each, whether it began or not. */
  sheets(exam: string, attempts: readonly string[]): Promise<SheetVersion[]>;
}

const READ_AT_ONCE = 200;

/** @throws DomainError `marking-unreadable` when a record is missing or does not open */
export function createSources(deps: { store: Store; keyring: Keyring; tenant: string }): Sources {
  const { store, keyring, tenant } = deps;

  function openJson<T>(line: string, context: BoxContext, sealed: Sealed): Promise<T> {
    return readable(context.type, context.object, async () => {
      const bytes = await keyring.open(line, context, sealed);
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as T;
    });
  }

  async function openItem(
    bank: string,
    entry: PoolMapEntry,
    doc: Stored<'itemVersions'>,
  ): Promise<MarkableItem> {
    const { item, version } = entry;
    const content = openJson<ItemContent>(
      `bank/${bank}/content`,
      itemContext(tenant, item, version, 'content'),
      doc.contentSealed,
    );
    const key = openJson<ItemKey>(
      `bank/${bank}/marking`,
      itemContext(tenant, item, version, 'key'),
      doc.keySealed,
    );
    return { content: await content, key: await key, tokens: new Map(Object.entries(entry.tokens)) };
  }

  return {
    async items(exam) {
      const pool = await store.get('pools', exam._id);
      if (!pool) throw unreadable('pool', exam._id);
      const line = `exam/${exam._id}/marking`;
      const entries = await openJson<PoolMapEntry[]>(line, poolMapContext(tenant, exam._id), pool.map);
      const found = new Map<string, MarkableItem>();
      for (let from = 0; from < entries.length; from += READ_AT_ONCE) {
        const some = entries.slice(from, from + READ_AT_ONCE);
        const ids = some.map((entry) => itemVersionId(entry.item, entry.version));
        const docs = await store.getMany('itemVersions', ids);
        for (const [i, entry] of some.entries()) {
          const doc = docs[i];
          if (!doc) throw unreadable('item', entry.item);
          found.set(itemVersionId(entry.item, entry.version), await openItem(exam.bank, entry, doc));
        }
      }
      return (item, version) => {
        const markable = found.get(itemVersionId(item, version));
        if (!markable) throw unreadable('item', item);
        return markable;
      };
    },

    async papers(exam, attempts) {
      const docs = await store.getMany('papers', attempts);
      return Promise.all(
        attempts.map((attempt, i) => {
          const doc = docs[i];
          if (!doc || doc.exam !== exam) throw unreadable('paper', attempt);
          return openJson<Paper>(`exam/${exam}/marking`, paperContext(tenant, attempt), doc.paper);
        }),
      );
    },

    async sheets(exam, attempts) {
      return Promise.all(
        attempts.map(async (attempt) => {
          const newest = await readable('sheet', attempt, () => newestSheet(deps, exam, attempt));
          if (newest?.sheet.exam !== exam || newest.sheet.attempt !== attempt)
            throw unreadable('sheet', attempt);
          return newest;
        }),
      );
    },
  };
}
