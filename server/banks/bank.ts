import {
  BANK_ROLES,
  DomainError,
  foldWord,
  type Actor,
  type BankList,
  type BankMember,
  type BankMemberList,
  type BankRole,
  type BankSettings,
  type BankView,
  type NewBank,
} from '#bank/protocol';
import { newId } from '#bank/vault';
import { eachDocument, type Write } from '#server/storage';
import { enterBank, memberId, requireRole, rolesOf, staffId, type BankRecord } from './bank-access.ts';
import type { BanksDeps } from './deps.ts';

const PAGE = 100;

/** Banks and who may do what in them. */
export function createBankVerbs({ store, audit, clock }: BanksDeps) {
  return {
    /** A new bank; who makes it may do everything in it. */
    async create(actor: Actor, input: NewBank): Promise<BankView> {
      const owner = staffId(actor);
      const id = newId();
      const { name, topics } = tidy(input);
      const createdAt = new Date(clock.now());
      await store.commit([
        { op: 'insert', in: 'banks', doc: { _id: id, name, kind: input.kind, owner, topics, createdAt } },
        memberInsert(id, owner, [...BANK_ROLES]),
        audit.entry(actor, 'bank.create', `bank:${id}`, { kind: input.kind, topics: topics.length }),
      ]);
      audit.poke();
      const { bank, roles } = await enterBank(store, actor, id);
      return bankView(bank, roles);
    },

    async get(actor: Actor, id: string): Promise<BankView> {
      const { bank, roles } = await enterBank(store, actor, id);
      return bankView(bank, roles);
    },

    /** Banks of which the actor is a member. */
    async list(actor: Actor, after?: string): Promise<BankList> {
      const page = await store.range('bankMembers', {
        index: 'by_user',
        equals: [staffId(actor)],
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      const banks = await store.getMany(
        'banks',
        page.docs.map((member) => member.bank),
      );
      const views = page.docs.flatMap((member, i) => {
        const bank = banks[i];
        return bank ? [bankView(bank, rolesOf(member))] : [];
      });
      return { banks: views, ...(page.next !== undefined && { next: page.next }) };
    },

    /**
     * Changes name and topics. A topic that items have can be written otherwise, not taken away.
     *
     * @throws DomainError `topic-in-use`
     */
    async update(actor: Actor, id: string, input: BankSettings): Promise<BankView> {
      const bank = await requireRole(store, actor, id, 'manager');
      const { name, topics } = tidy(input);
      for (const topic of topics.length === 0 ? [] : bank.topics) {
        if (!topics.includes(topic)) await requireUnused(id, topic);
      }
      const { v, ...doc } = bank;
      await store.commit([
        { op: 'replace', in: 'banks', doc: { ...doc, name, topics }, ifVersion: v },
        audit.entry(actor, 'bank.update', `bank:${id}`, { topics: topics.length }),
      ]);
      audit.poke();
      const seat = await enterBank(store, actor, id);
      return bankView(seat.bank, seat.roles);
    },

    async members(actor: Actor, id: string, after?: string): Promise<BankMemberList> {
      await enterBank(store, actor, id);
      const page = await store.range('bankMembers', {
        index: 'by_bank',
        equals: [id],
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      const members = page.docs.map((member): BankMember => ({ user: member.user, roles: rolesOf(member) }));
      return { members, ...(page.next !== undefined && { next: page.next }) };
    },

    /**
     * Gives a member these roles, making them one; without any role they may still read and draw.
     *
     * @throws DomainError `bank-last-manager`
     */
    async setMember(actor: Actor, id: string, user: string, roles: readonly BankRole[]): Promise<void> {
      const bank = await requireRole(store, actor, id, 'manager');
      const member = await store.get('bankMembers', memberId(id, user));
      if (!roles.includes('manager')) await requireOtherManager(id, user);
      const write: Write = member
        ? {
            op: 'replace',
            in: 'bankMembers',
            doc: { _id: member._id, bank: id, user, roles: [...roles] },
            ifVersion: member.v,
          }
        : memberInsert(id, user, roles);
      await commitMember(actor, bank, user, write, roles);
    },

    /** @throws DomainError `bank-last-manager`, `not-found` */
    async removeMember(actor: Actor, id: string, user: string): Promise<void> {
      const bank = await requireRole(store, actor, id, 'manager');
      const member = await store.get('bankMembers', memberId(id, user));
      if (!member) throw new DomainError('not-found', 404);
      await requireOtherManager(id, user);
      const write: Write = { op: 'delete', in: 'bankMembers', id: member._id, ifVersion: member.v };
      await commitMember(actor, bank, user, write, []);
    },
  };

  /** The bank is written too, so that two managers cannot remove each other at the same moment. */
  async function commitMember(
    actor: Actor,
    bank: BankRecord,
    user: string,
    write: Write,
    roles: readonly BankRole[],
  ): Promise<void> {
    const { v, ...doc } = bank;
    await store.commit([
      write,
      { op: 'replace', in: 'banks', doc, ifVersion: v },
      audit.entry(actor, 'bank.member', `user:${user}`, { bank: bank._id, roles: [...roles] }),
    ]);
    audit.poke();
  }

  async function requireOtherManager(bank: string, user: string): Promise<void> {
    for await (const member of eachDocument(store, 'bankMembers', { index: 'by_bank', equals: [bank] })) {
      if (member.user !== user && member.roles.includes('manager')) return;
    }
    throw new DomainError('bank-last-manager', 409);
  }

  async function requireUnused(bank: string, topic: string): Promise<void> {
    const used = await store.range('items', { index: 'by_topic', equals: [bank, topic], limit: 1 });
    if (used.docs.length > 0) throw new DomainError('topic-in-use', 409, { topic });
  }
}

function memberInsert(bank: string, user: string, roles: readonly BankRole[]): Write {
  return {
    op: 'insert',
    in: 'bankMembers',
    doc: { _id: memberId(bank, user), bank, user, roles: [...roles] },
  };
}

/** NFC, single blanks, and no topic twice however it is written. */
function tidy({ name, topics }: BankSettings): BankSettings {
  const clean = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
  const byFold = new Map(topics.map((topic) => [foldWord(topic), clean(topic)]));
  return { name: clean(name), topics: [...byFold.values()] };
}

function bankView(bank: BankRecord, roles: readonly BankRole[]): BankView {
  const { _id, name, kind, topics, createdAt } = bank;
  return { id: _id, name, kind, topics, roles: [...roles], createdAt: createdAt.getTime() };
}
