import { isReleased, itemVersionId, type Actor, type PoolItem } from '#bank/protocol';
import { itemKind, mediaOf, type ItemContent, type ViewContext } from '#bank/item';
import { guessedPoints } from '#bank/item/scoring';
import type { Fraction, MarkingPolicy } from '#bank/marks';
import { eachDocument, turn, type Stored } from '#server/storage';
import { enterBank } from './bank-access.ts';
import type { BanksDeps } from './deps.ts';
import type { ItemBoxes } from './item-boxes.ts';
import type { MediaVerbs } from './media.ts';

/** An approved version as a draw sees it; official papers take only what somebody else than its author approved. */
export interface BankPoolItem extends PoolItem {
  officialUse: boolean;
  /** No paper may hold it before this day, which has not come; what belongs to a description waits with it. */
  embargoUntil?: string;
  /** When it was last used, as its authors say. */
  lastUsed?: string;
}

/** An approved version whose view can be made for one sitting. */
export interface OpenedView {
  item: string;
  version: number;
  /** Ids of all parts that need a token. */
  parts: readonly string[];
  /** Its recordings, with how often each may be played. */
  media: readonly OpenedMedia[];
  /** The JSON value that a candidate's page renders, with parts and recordings named as in this sitting. */
  toView(token: (part: string) => string, media?: NonNullable<ViewContext['media']>): unknown;
}

/** An approved version and what it is worth on a paper, in hundredths of a point. */
interface Worth {
  item: string;
  version: number;
  points: number;
}

/** Versions opened in one turn of the event loop. */
const BATCH = 50;
/** A recording of an approved version. `length` in milliseconds. */
export type OpenedMedia = Pick<Stored<'media'>, 'type' | 'bytes' | 'length' | 'pieces'> & {
  id: string;
  plays?: number;
};

export type BankPool = ReturnType<typeof createPoolVerbs>;

/** What exams draw from: metadata without content, and views for the freeze. */
export function createPoolVerbs({ store, clock }: BanksDeps, boxes: ItemBoxes, media: MediaVerbs) {
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

  async function mediaOfItem({ stem }: ItemContent): Promise<OpenedMedia[]> {
    const runs = mediaOf(stem);
    const ids = runs.map((run) => run.media);
    const records = ids.length > 0 ? await store.getMany('media', ids) : [];
    return runs.map(({ media: id, plays }, place) => {
      const record = records[place];
      if (!record) throw new Error('an approved version names a recording that is gone');
      const { type, bytes, length, pieces } = record;
      return { id, type, bytes, length, pieces, ...(plays !== undefined && { plays }) };
    });
  }

  return {
    /**
     * Current approved versions of a bank, by code, those under embargo too.
     *
     * @throws DomainError `not-found` for a bank of which the actor is no member
     */
    async poolMetadata(actor: Actor, bankId: string): Promise<BankPoolItem[]> {
      const { bank } = await enterBank(store, actor, bankId);
      const pool: BankPoolItem[] = [];
      const embargoes = new Map<string, string>();
      for await (const { _id, kind, approved } of eachDocument(store, 'items', {
        index: 'by_code',
        equals: [bank._id],
      })) {
        if (!approved) continue;
        const { stimulus, assembly = {}, ...fields } = approved;
        const { embargoUntil, ...traits } = assembly;
        if (embargoUntil !== undefined && !isReleased(assembly, clock.now()))
          embargoes.set(_id, embargoUntil);
        pool.push({ item: _id, kind, ...fields, ...traits, ...(stimulus !== undefined && { stimulus }) });
      }
      return pool.map((entry) => {
        const both = [embargoes.get(entry.item) ?? '', embargoes.get(entry.stimulus ?? '') ?? ''];
        const embargoUntil = both.sort().at(-1);
        return embargoUntil ? { ...entry, embargoUntil } : entry;
      });
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
      for await (const { _id, latest, kind, topic, level, status, stimulus, approved } of items) {
        if (approved || status === 'retired') continue;
        const fields = { kind, topic, level, ...(stimulus !== '' && { stimulus }) };
        waiting.push({ item: _id, version: latest, ...fields, parts: [], pinned: [] });
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
            media: await mediaOfItem(content),
            toView: (token, place) => kind.toView(content, { token, math, ...(place && { media: place }) }),
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
    /** The pieces of a recording of the bank, opened one after the other. */
    openMedia: media.openPieces,
  };
}
