import {
  bankMediaContext,
  DomainError,
  LIMITS,
  mediaKindOf,
  mediaNameContext,
  type Actor,
  type MediaList,
  type MediaSummary,
} from '#bank/protocol';
import { mediaOf, type ItemContent } from '#bank/item';
import { newId } from '#bank/vault';
import { workOnFile } from '#server/files';
import { Conflict, eachPage, turn, type Store, type Stored, type Write } from '#server/storage';
import { requireRole } from './bank-access.ts';
import type { BanksDeps } from './deps.ts';

const PAGE = 100;
/** An upload that has not ended by then never will. */
const ARRIVING_MS = 60 * 60_000;

type MediaRecord = Stored<'media'>;

export interface MediaUpload {
  bytes: Buffer;
  /** Of the file, for its author. */
  name: string;
}

/** Recordings of a bank: encrypted under its content line, in pieces, beside the items that name them. */
export function createMediaVerbs({ store, keyring, audit, clock, tenant }: BanksDeps) {
  const line = (bank: string) => `bank/${bank}/content`;

  async function putPieces({ _id, bank, pieces }: MediaRecord, bytes: Buffer): Promise<void> {
    for (let n = 0; n < pieces; n++) {
      const from = n * LIMITS.mediaPieceBytes;
      const plain = bytes.subarray(from, from + LIMITS.mediaPieceBytes);
      const piece = await keyring.seal(line(bank), bankMediaContext(tenant, _id, n, pieces), plain);
      await store.commit([{ op: 'insert', in: 'mediaPieces', doc: { _id: pieceId(_id, n), piece } }]);
      await turn();
    }
  }

  async function summary(record: MediaRecord): Promise<MediaSummary> {
    const { _id, bank, name, type, bytes, length, used, createdAt } = record;
    const opened = await keyring.open(line(bank), mediaNameContext(tenant, _id), name);
    const told = Buffer.from(opened).toString('utf8');
    const kind = mediaKindOf(type);
    return { id: _id, name: told, kind, type, bytes, length, used, createdAt: createdAt.getTime() };
  }

  async function requireMedia(bank: string, id: string): Promise<MediaRecord> {
    const found = await store.get('media', id);
    if (found?.bank !== bank || found.state !== 'ready') throw new DomainError('not-found', 404);
    return found;
  }

  /** The pieces of a recording of the bank, opened one after the other. */
  async function* openPieces(bank: string, id: string): AsyncGenerator<Uint8Array, void> {
    const { pieces } = await requireMedia(bank, id);
    for (let n = 0; n < pieces; n++) {
      const found = await store.get('mediaPieces', pieceId(id, n));
      if (!found) throw new Error('a recording has lost a piece');
      yield await keyring.open(line(bank), bankMediaContext(tenant, id, n, pieces), found.piece);
    }
  }

  return {
    /**
     * Keeps a recording. It is visible to nobody before all of it is durable.
     *
     * @throws DomainError `media-type`, `media-damaged`, `media-length`, `import-too-slow`
     */
    async upload(actor: Actor, bankId: string, { bytes, name }: MediaUpload): Promise<MediaSummary> {
      const bank = await requireRole(store, actor, bankId, 'author');
      const { type, length } = await workOnFile('readMedia', { bytes });
      const id = newId();
      const doc = {
        _id: id,
        bank: bank._id,
        state: 'arriving' as const,
        name: await keyring.seal(
          line(bank._id),
          mediaNameContext(tenant, id),
          Buffer.from(name.normalize('NFC')),
        ),
        type,
        bytes: bytes.length,
        length,
        pieces: Math.ceil(bytes.length / LIMITS.mediaPieceBytes),
        used: false,
        author: actor.kind === 'staff' ? actor.user : '',
        createdAt: new Date(clock.now()),
      };
      await store.commit([{ op: 'insert', in: 'media', doc }]);
      await putPieces({ ...doc, v: 1 }, bytes);
      const data = { bank: bank._id, type, bytes: bytes.length };
      await store.commit([
        { op: 'replace', in: 'media', doc: { ...doc, state: 'ready' }, ifVersion: 1 },
        audit.entry(actor, 'media.upload', `media:${id}`, data),
      ]);
      audit.poke();
      return summary(await requireMedia(bank._id, id));
    },

    /** Newest first. */
    async list(actor: Actor, bankId: string, after?: string): Promise<MediaList> {
      const bank = await requireRole(store, actor, bankId, 'author', 'reviewer');
      const { docs, next } = await store.range('media', {
        index: 'by_bank',
        equals: [bank._id, 'ready'],
        order: 'desc',
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      return { media: await Promise.all(docs.map(summary)), ...(next !== undefined && { next }) };
    },

    /** The whole recording, for who writes or reviews questions; recorded. */
    async read(actor: Actor, bankId: string, id: string): Promise<{ type: string; bytes: Buffer }> {
      const bank = await requireRole(store, actor, bankId, 'author', 'reviewer');
      const { type } = await requireMedia(bank._id, id);
      await store.commit([audit.entry(actor, 'media.read', `media:${id}`, { bank: bank._id })]);
      audit.poke();
      const pieces: Uint8Array[] = [];
      for await (const piece of openPieces(bank._id, id)) pieces.push(piece);
      return { type, bytes: Buffer.concat(pieces) };
    },

    /** @throws DomainError `media-in-use` once a version of an item has had it */
    async remove(actor: Actor, bankId: string, id: string): Promise<void> {
      const bank = await requireRole(store, actor, bankId, 'author');
      const record = await requireMedia(bank._id, id);
      const inUse = new DomainError('media-in-use', 409);
      if (record.used) throw inUse;
      const entry = audit.entry(actor, 'media.delete', `media:${id}`, { bank: bank._id });
      try {
        await store.commit([...deletion(record, pieceIds(record)), entry]);
      } catch (error) {
        throw error instanceof Conflict ? inUse : error;
      }
      audit.poke();
    },

    openPieces,

    /** Deletes what uploads have left that broke off; returns how many. */
    async sweep(): Promise<number> {
      let swept = 0;
      const query = { index: 'by_state', equals: ['arriving'], lt: new Date(clock.now() - ARRIVING_MS) };
      for await (const left of eachPage(store, 'media', { ...query, limit: PAGE })) {
        for (const record of left) {
          const there: string[] = [];
          for (const id of pieceIds(record)) if (await store.get('mediaPieces', id)) there.push(id);
          await store.commit(deletion(record, there));
          swept++;
        }
      }
      return swept;
    },
  };
}

export type MediaVerbs = ReturnType<typeof createMediaVerbs>;

/**
 * The writes by which the recordings of an item come into use with its draft: from then on none of them is deleted.
 *
 * @throws DomainError `item-media-unknown` for one that the bank does not have
 */
export async function mediaWrites(
  store: Store,
  bank: string,
  { stem }: Pick<ItemContent, 'stem'>,
): Promise<Write[]> {
  const runs = mediaOf(stem);
  const records = await store.getMany(
    'media',
    runs.map(({ media }) => media),
  );
  return runs.flatMap(({ title, kind }, place): Write[] => {
    const record = records[place];
    const fits = record?.bank === bank && record.state === 'ready' && mediaKindOf(record.type) === kind;
    if (!fits) throw new DomainError('item-media-unknown', 422, { title });
    const { v, ...doc } = record;
    return doc.used ? [] : [{ op: 'replace', in: 'media', doc: { ...doc, used: true }, ifVersion: v }];
  });
}

function pieceId(media: string, piece: number): string {
  return `${media}.${piece}`;
}

function pieceIds({ _id, pieces }: MediaRecord): string[] {
  return Array.from({ length: pieces }, (_, piece) => pieceId(_id, piece));
}

/** A piece is written once. */
function deletion({ _id, v }: MediaRecord, pieces: readonly string[]): Write[] {
  return [
    { op: 'delete', in: 'media', id: _id, ifVersion: v },
    ...pieces.map((id): Write => ({ op: 'delete', in: 'mediaPieces', id, ifVersion: 1 })),
  ];
}
