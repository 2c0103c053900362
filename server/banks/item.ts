import {
  DomainError,
  itemVersionId,
  type Actor,
  type ItemList,
  type ItemsQuery,
  type ItemSummary,
  type ItemVersionSummary,
} from '#bank/protocol';
import { plainText, type ItemContent, type ItemDetail } from '#bank/item';
import { Conflict, Duplicate, eachDocument, type RangeQuery } from '#server/storage';
import { enterBank, requireRole, staffId, type BankRecord } from './bank-access.ts';
import { requireAssembly } from './assembly-data.ts';
import type { BanksDeps } from './deps.ts';
import { draftWrites } from './draft.ts';
import type { ItemBoxes } from './item-boxes.ts';
import { readItemInput, type ItemInput } from './item-input.ts';
import { mediaWrites } from './media.ts';
import {
  itemSummary,
  requireItem,
  requireVersion,
  type ItemRecord,
  type VersionRecord,
} from './item-state.ts';

const PAGE = 50;
const EXCERPT = 120;
/** Pages read at most to fill one page of a filtered list. */
const PAGES_READ = 10;

/** Writing items and reading them. */
export function createItemVerbs(deps: BanksDeps, boxes: ItemBoxes) {
  const { store, audit, clock, uses } = deps;

  async function stimulusOf(bank: BankRecord, input: ItemInput): Promise<ItemRecord | null> {
    if (input.stimulus === undefined) return null;
    const found = await store.get('items', input.stimulus);
    const fits =
      found?.bank === bank._id && found.kind === 'description' && input.content.kind !== 'description';
    if (!fits) throw new DomainError('item-stimulus-unknown', 422);
    return found;
  }

  /** The item that an input changes; null for a new one. */
  async function itemOf(
    bank: BankRecord,
    id: string | undefined,
    input: ItemInput,
  ): Promise<ItemRecord | null> {
    if (id === undefined) return null;
    const item = await requireItem(store, bank._id, id);
    if (input.base !== item.latest) throw new DomainError('item-changed', 409);
    if (input.content.kind !== item.kind)
      throw new DomainError('item-kind-fixed', 409, { code: item.code, kind: item.kind });
    if (input.code !== item.code) throw new DomainError('item-invalid', 422, { where: 'code' });
    return item;
  }

  return {
    /**
     * Saves a draft: a new item, or a new version of one. What says the same as the newest version changes nothing.
     *
     * @throws DomainError `item-changed` when `base` is not the newest version, `item-code-taken`, and what
     * `readItemInput` throws
     */
    async save(actor: Actor, bankId: string, raw: ItemInput, id?: string): Promise<ItemSummary> {
      const bank = await requireRole(store, actor, bankId, 'author');
      const input = await readItemInput(bank, raw);
      const item = await itemOf(bank, id, input);
      const stimulus = await stimulusOf(bank, input);
      const { content, key, topic, level } = input;
      const { assembly: told = item?.assembly ?? {} } = input;
      const assembly = requireAssembly({ ...input, assembly: told }, stimulus);
      const text = { content, key, topic, level, stimulus: stimulus?.code ?? '', ...assembly };
      const hash = await boxes.hash(bank._id, text);
      if (item?.contentHash === hash && item.status !== 'retired') return itemSummary(item);
      const draft = await draftWrites(store, boxes, {
        bank,
        code: input.code,
        kind: content.kind,
        text,
        hash,
        stimulus: stimulus?._id ?? '',
        author: staffId(actor),
        at: new Date(clock.now()),
        item,
      });
      const entry = audit.entry(actor, 'item.save', `item:${draft.id}`, {
        bank: bank._id,
        version: draft.version,
        hash,
      });
      await commitDraft(
        [...draft.writes, ...(await mediaWrites(store, bank._id, content)), entry],
        input.code,
      );
      return itemSummary(await requireItem(store, bank._id, draft.id));
    },

    /**
     * One version, the newest unless told otherwise. Reading content and key is recorded.
     *
     * @throws DomainError `bank-role-missing` for members who only draw from the bank
     */
    async get(actor: Actor, bankId: string, id: string, version?: number): Promise<ItemDetail> {
      const bank = await requireRole(store, actor, bankId, 'author', 'reviewer');
      const item = await requireItem(store, bank._id, id);
      const doc = await requireVersion(store, id, version ?? item.latest);
      await store.commit([
        audit.entry(actor, 'item.read', `item:${id}`, { bank: bank._id, version: doc.version }),
      ]);
      audit.poke();
      const use = (await uses.ofBank(bank._id)).get(id);
      const comment = await boxes.comment(doc);
      const versions: ItemVersionSummary[] = [];
      for await (const one of eachDocument(store, 'itemVersions', {
        index: 'by_item',
        equals: [id],
        order: 'desc',
      })) {
        versions.push(versionSummary(one));
      }
      return {
        item: itemSummary(item, { use }),
        version: versionSummary(doc),
        content: await boxes.content(doc),
        key: await boxes.key(doc),
        ...(comment !== undefined && { comment }),
        ...(doc.assembly && { assembly: doc.assembly }),
        versions,
      };
    },

    /** Items of a bank; excerpts open their boxes, which is recorded. A page may be short and still have a next. */
    async list(actor: Actor, bankId: string, query: ItemsQuery = {}): Promise<ItemList> {
      const { bank } = query.excerpts
        ? { bank: await requireRole(store, actor, bankId, 'author', 'reviewer') }
        : await enterBank(store, actor, bankId);
      const { docs, next } = await findItems(bank._id, query);
      const excerpts = query.excerpts ? await openExcerpts(actor, bank, docs) : [];
      const used = await uses.ofBank(bank._id);
      return {
        items: docs.map((item, i) => itemSummary(item, { excerpt: excerpts[i], use: used.get(item._id) })),
        ...(next !== undefined && { next }),
      };
    },
  };

  async function commitDraft(writes: Parameters<typeof store.commit>[0], code: string): Promise<void> {
    try {
      await store.commit(writes);
    } catch (error) {
      if (error instanceof Duplicate && error.index === 'by_code')
        throw new DomainError('item-code-taken', 409, { code });
      if (error instanceof Conflict || error instanceof Duplicate) throw new DomainError('item-changed', 409);
      throw error;
    }
    audit.poke();
  }

  /** Walks the index that fits the filter best and drops what does not fit. */
  async function findItems(bank: string, query: ItemsQuery): Promise<{ docs: ItemRecord[]; next?: string }> {
    const limit = query.limit ?? PAGE;
    const range = indexFor(bank, query);
    const docs: ItemRecord[] = [];
    let after = query.after;
    for (let pages = 0; pages < PAGES_READ; pages++) {
      const page = await store.range('items', {
        ...range,
        limit: limit - docs.length,
        ...(after !== undefined && { after }),
      });
      docs.push(...page.docs.filter((item) => fits(item, query)));
      if (page.next === undefined) return { docs };
      after = page.next;
      if (docs.length >= limit) break;
    }
    return after === undefined ? { docs } : { docs, next: after };
  }

  async function openExcerpts(
    actor: Actor,
    bank: BankRecord,
    docs: readonly ItemRecord[],
  ): Promise<string[]> {
    if (docs.length === 0) return [];
    const data = { count: docs.length, items: docs.map((item) => itemVersionId(item._id, item.latest)) };
    await store.commit([audit.entry(actor, 'item.list', `bank:${bank._id}`, data)]);
    audit.poke();
    const versions = await store.getMany(
      'itemVersions',
      docs.map((item) => itemVersionId(item._id, item.latest)),
    );
    return Promise.all(
      versions.map(async (version) => (version ? excerptOf(await boxes.content(version)) : '')),
    );
  }
}

function indexFor(bank: string, { topic, level, status }: ItemsQuery): Omit<RangeQuery, 'limit'> {
  if (topic !== undefined)
    return { index: 'by_topic', equals: level === undefined ? [bank, topic] : [bank, topic, level] };
  if (status !== undefined) return { index: 'by_status', equals: [bank, status] };
  return { index: 'by_code', equals: [bank] };
}

function fits(item: ItemRecord, { topic, level, kind, status }: ItemsQuery): boolean {
  return (
    (topic === undefined || item.topic === topic) &&
    (level === undefined || item.level === level) &&
    (kind === undefined || item.kind === kind) &&
    (status === undefined || item.status === status)
  );
}

/** The beginning of a stem in one line. */
export function excerptOf(content: ItemContent): string {
  const text = plainText(content.stem).replace(/\s+/g, ' ').trim();
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT - 1)}…` : text;
}

function versionSummary(doc: VersionRecord): ItemVersionSummary {
  return {
    version: doc.version,
    status: doc.status,
    author: doc.author,
    ...(doc.reviewer !== undefined && { reviewer: doc.reviewer }),
    ...(doc.reviewedAt && { reviewedAt: doc.reviewedAt.getTime() }),
    createdAt: doc.createdAt.getTime(),
  };
}
