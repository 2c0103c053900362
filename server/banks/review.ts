import { DomainError, type Actor, type ItemVersions, type ReviewReport } from '#bank/protocol';
import { itemKind, statementLevels } from '#bank/item';
import { Conflict, eachDocument, type Write } from '#server/storage';
import { requireEmbargo } from './assembly-data.ts';
import { requireRole, staffId, type BankRecord } from './bank-access.ts';
import type { BanksDeps } from './deps.ts';
import type { ItemBoxes } from './item-boxes.ts';
import {
  itemWrite,
  requireItem,
  requireLatest,
  versionWrite,
  type ItemRecord,
  type VersionRecord,
} from './item-state.ts';

type Wanted = ItemVersions['items'][number];

/** From draft to approved: sent for review, approved by somebody else, returned with a comment, retired. */
export function createReviewVerbs({ store, audit, clock }: BanksDeps, boxes: ItemBoxes) {
  /** Writes a change of status to item and version, with its entry in the ledger. */
  async function move(
    actor: Actor,
    action: 'item.submit' | 'item.approve' | 'item.return',
    { item, latest }: { item: ItemRecord; latest: VersionRecord },
    writes: readonly Write[],
    data: Record<string, string | number | boolean> = {},
  ): Promise<void> {
    const entry = audit.entry(actor, action, `item:${item._id}`, {
      bank: item.bank,
      version: latest.version,
      hash: latest.contentHash,
      ...data,
    });
    try {
      await store.commit([...writes, entry]);
    } catch (error) {
      throw error instanceof Conflict ? new DomainError('item-changed', 409) : error;
    }
    audit.poke();
  }

  async function submitOne(actor: Actor, bank: BankRecord, { item: id, version }: Wanted): Promise<void> {
    const found = await requireLatest(store, bank._id, id, version);
    if (found.latest.status === 'inReview') return;
    if (found.latest.status !== 'draft') throw new DomainError('item-not-draft', 409);
    await move(actor, 'item.submit', found, [
      versionWrite(found.latest, { status: 'inReview' }),
      itemWrite(found.item, { status: 'inReview', updatedAt: new Date(clock.now()) }),
    ]);
  }

  /** In a personal bank a draft may be approved as it is. */
  async function approveOne(actor: Actor, bank: BankRecord, { item: id, version }: Wanted): Promise<void> {
    const found = await requireLatest(store, bank._id, id, version);
    const { item, latest } = found;
    if (latest.status === 'approved') return;
    const ready = latest.status === 'inReview' || (bank.kind === 'personal' && latest.status === 'draft');
    if (!ready) throw new DomainError('item-not-in-review', 409);
    const reviewer = staffId(actor);
    const own = latest.authors.includes(reviewer);
    if (own && bank.kind === 'shared') throw new DomainError('own-item', 403);
    const at = new Date(clock.now());
    await move(
      actor,
      'item.approve',
      found,
      [
        ...(await touchStimulus(latest)),
        versionWrite(latest, {
          status: 'approved',
          viewSealed: await boxes.sealView(latest),
          reviewer,
          reviewedAt: at,
        }),
        itemWrite(item, { status: 'approved', approved: await approvedFields(latest, !own), updatedAt: at }),
      ],
      { officialUse: !own },
    );
  }

  /** What a draw sees of the version. */
  async function approvedFields(version: VersionRecord, officialUse: boolean) {
    const content = await boxes.content(version);
    const { parts, pinned } = itemKind(content.kind).shuffled(content);
    const levels = content.kind === 'tfCluster' ? statementLevels(content, version.level) : null;
    return {
      version: version.version,
      topic: version.topic,
      level: version.level,
      ...(levels && { statementLevels: levels }),
      ...(version.stimulus !== '' && { stimulus: version.stimulus }),
      parts,
      pinned,
      ...(version.assembly && { assembly: version.assembly }),
      officialUse,
    };
  }

  /** The description must be approved. It is written too, so that it cannot be retired at the same moment. */
  async function touchStimulus({ stimulus, assembly = {} }: VersionRecord): Promise<Write[]> {
    if (stimulus === '') return [];
    const description = await store.get('items', stimulus);
    if (!description?.approved)
      throw new DomainError('stimulus-not-approved', 409, { code: description?.code ?? stimulus });
    requireEmbargo(assembly, description);
    return [itemWrite(description, {})];
  }

  /** One after the other, each in a commit of its own; what is refused does not keep the others back. */
  async function all(wanted: readonly Wanted[], act: (one: Wanted) => Promise<void>): Promise<ReviewReport> {
    const report: ReviewReport = { done: 0, refused: [] };
    for (const one of wanted) {
      try {
        await act(one);
        report.done++;
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        report.refused.push({ ...one, code: error.code, values: error.values });
      }
    }
    return report;
  }

  return {
    /** Sends drafts for review. */
    async submit(actor: Actor, bankId: string, wanted: readonly Wanted[]): Promise<ReviewReport> {
      const bank = await requireRole(store, actor, bankId, 'author');
      return all(wanted, (one) => submitOne(actor, bank, one));
    },

    /**
     * Approves versions: their views are made, and papers may hold them from now on. Descriptions come first, so
     * that they can be approved together with the items that belong to them.
     *
     * Refusals per item: `item-not-latest`, `item-not-in-review`, `own-item`, `stimulus-not-approved`,
     * `item-embargo-overlap`, `item-changed`, `item-too-large`, `not-found`.
     */
    async approve(actor: Actor, bankId: string, wanted: readonly Wanted[]): Promise<ReviewReport> {
      const bank = await requireRole(store, actor, bankId, 'reviewer');
      const docs = await store.getMany(
        'items',
        wanted.map((one) => one.item),
      );
      const isDescription = (_one: Wanted, i: number): boolean => docs[i]?.kind === 'description';
      const ordered = [...wanted.filter(isDescription), ...wanted.filter((one, i) => !isDescription(one, i))];
      return all(ordered, (one) => approveOne(actor, bank, one));
    },

    /** Gives a version back to its author, saying why. */
    async giveBack(
      actor: Actor,
      bankId: string,
      id: string,
      version: number,
      comment: string,
    ): Promise<void> {
      const bank = await requireRole(store, actor, bankId, 'reviewer');
      const found = await requireLatest(store, bank._id, id, version);
      if (found.latest.status !== 'inReview') throw new DomainError('item-not-in-review', 409);
      const at = new Date(clock.now());
      const commentSealed = await boxes.sealComment(bank._id, id, version, comment.normalize('NFC').trim());
      await move(actor, 'item.return', found, [
        versionWrite(found.latest, {
          status: 'returned',
          commentSealed,
          reviewer: staffId(actor),
          reviewedAt: at,
        }),
        itemWrite(found.item, { status: 'returned', updatedAt: at }),
      ]);
    },

    /**
     * Takes an item out of use; papers already sealed keep it. A new version brings it back.
     *
     * @throws DomainError `item-in-use` for a description that approved items belong to
     */
    async retire(actor: Actor, bankId: string, id: string): Promise<void> {
      const bank = await requireRole(store, actor, bankId, 'manager');
      const item = await requireItem(store, bank._id, id);
      if (item.status === 'retired') return;
      const count = item.kind === 'description' ? await approvedDependants(bank._id, id) : 0;
      if (count > 0) throw new DomainError('item-in-use', 409, { count });
      const { approved: _ended, ...kept } = item;
      const write = itemWrite(kept, { status: 'retired', updatedAt: new Date(clock.now()) });
      const data = { bank: bank._id, version: item.latest };
      try {
        await store.commit([write, audit.entry(actor, 'item.retire', `item:${id}`, data)]);
      } catch (error) {
        throw error instanceof Conflict ? new DomainError('item-changed', 409) : error;
      }
      audit.poke();
    },
  };

  /** Items whose approved version belongs to the description, whatever their drafts say. */
  async function approvedDependants(bank: string, description: string): Promise<number> {
    let count = 0;
    for await (const { approved } of eachDocument(store, 'items', { index: 'by_code', equals: [bank] })) {
      if (approved?.stimulus === description) count++;
    }
    return count;
  }
}
