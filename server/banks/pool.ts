import { isReleased, itemVersionId, type Actor, type PoolItem } from '#bank/protocol';
import { itemKind } from '#bank/item';
import { guessedPoints } from '#bank/item/scoring';
import type { Fraction, MarkingPolicy } from '#bank/marks';
import { eachDocument, turn, type Stored } from '#server/storage';
import { enterBank } from './bank-access.ts';
import type { BanksDeps } from './deps.ts';
import type { ItemBoxes } from './item-boxes.ts';

/** An approved version as a draw sees it; official papers take only what somebody else than its author approved. */
export interface BankPoolItem extends PoolItem {
  officialUse: boolean;
}

/** An approved version whose view can be made for one sitting. */
export interface OpenedView {
  item: string;
  version: number;
  /** Ids of all parts that need a token. */
  parts: readonly string[];
  /** The JSON value that a candidate's page renders, with parts named by these tokens. */
  toView(token: (part: string) => string): unknown;
}

/** An approved version and what it is worth on a paper, in hundredths of a point. */
interface Worth {
  item: string;
  version: number;
  points: number;
}

/** Versions opened in one turn of the event loop. */
const BATCH = 50;

export type BankPool = ReturnType<typeof createPoolVerbs>;

/** What exams draw from: metadata without content, and views for the freeze. */
export function createPoolVerbs({ store, clock }: BanksDeps, boxes: ItemBoxes) {
  async function approvedVersions(
    bank: string,
    wanted: readonly { item: string; version: number }[],
  ): Promise<Stored<'itemVersions'>[]> {
    const docs = await store.getMany(
      'itemVersions',
      wanted.map(({ item, version }) => itemVersionId(item, version)),
    );
    return docs.map((doc) => {
      if (doc?.bank !== bank || doc.status !== 'approved')
        throw new Error('a view was asked for that is not an approved version of the bank');
      return doc;
    });
  }

  return {
    /**
     * Current approved versions of a bank, by code; those under embargo now, and what belongs to a description that
     * is, are left out.
     *
     * @throws DomainError `not-found` for a bank of which the actor is no member
     */
    async poolMetadata(actor: Actor, bankId: string): Promise<BankPoolItem[]> {
      const { bank } = await enterBank(store, actor, bankId);
      const pool: BankPoolItem[] = [];
      const held = new Set<string>();
      for await (const { _id, kind, approved } of eachDocument(store, 'items', {
        index: 'by_code',
        equals: [bank._id],
      })) {
        if (!approved) continue;
        const { stimulus, assembly = {}, ...fields } = approved;
        const { embargoUntil: _until, lastUsed: _day, ...traits } = assembly;
        if (!isReleased(assembly, clock.now())) held.add(_id);
        pool.push({ item: _id, kind, ...fields, ...traits, ...(stimulus !== undefined && { stimulus }) });
      }
      return pool.filter(({ item, stimulus = '' }) => !held.has(item) && !held.has(stimulus));
    },

    /**
     * Items that no paper may hold because no version of them is approved, by code; what is retired is left out.
     *
     * @throws DomainError `not-found` for a bank of which the actor is no member
     */
    async unapproved(actor: Actor, bankId: string): Promise<PoolItem[]> {
      const { bank } = await enterBank(store, actor, bankId);
      const waiting: PoolItem[] = [];
      const items = eachDocument(store, 'items', { index: 'by_code', equals: [bank._id] });
      for await (const { _id, latest, kind, topic, level, status, approved } of items) {
        if (approved || status === 'retired') continue;
        waiting.push({ item: _id, version: latest, kind, topic, level, parts: [], pinned: [] });
      }
      return waiting;
    },

    /** Views of these approved versions, in the same order. Content is opened, keys are not. */
    async openViews(
      bank: string,
      wanted: readonly { item: string; version: number }[],
    ): Promise<OpenedView[]> {
      const docs = await approvedVersions(bank, wanted);
      return Promise.all(
        docs.map(async (doc): Promise<OpenedView> => {
          const [content, math] = await Promise.all([boxes.content(doc), boxes.rendered(doc)]);
          const kind = itemKind(content.kind);
          return {
            item: doc.item,
            version: doc.version,
            parts: kind.partIds(content),
            toView: (token) => kind.toView(content, { token, math }),
          };
        }),
      );
    },

    /**
     * What blind guessing brings on each of these, in hundredths of a point. Contents and keys are opened one batch at a
     * time, and nothing but the figures leaves.
     */
    async guessed<One extends Worth>(
      bank: string,
      wanted: readonly One[],
      policy: MarkingPolicy,
    ): Promise<(One & { guessed: Fraction })[]> {
      const told: (One & { guessed: Fraction })[] = [];
      for (let start = 0; start < wanted.length; start += BATCH) {
        const batch = wanted.slice(start, start + BATCH);
        const docs = await approvedVersions(bank, batch);
        const texts = await Promise.all(
          docs.map(async (doc) => [await boxes.content(doc), await boxes.key(doc)] as const),
        );
        for (const [index, [content, key]] of texts.entries()) {
          const one = batch[index];
          if (one) told.push({ ...one, guessed: guessedPoints({ content, key, max: one.points }, policy) });
        }
        await turn();
      }
      return told;
    },
  };
}
