import {
  DomainError,
  type Actor,
  type AuditAction,
  type InvitationView,
  type Role,
  type StaffPerson,
} from '#bank/protocol';
import type { LeafData } from '#bank/ledger';
import type { Audit } from '#server/audit';
import { Conflict, type Documents, type Store, type Write } from '#server/storage';
import type { Hasher } from './hasher.ts';
import type { Links, NewLink } from './links.ts';
import { requireGoodPassword } from './passwords.ts';
import type { People, UserRecord } from './people.ts';
import type { NewSession, Sessions } from './sessions.ts';
import type { InTurn } from './turns.ts';

/** Long enough for somebody who is told of the link today and reads it tomorrow. */
const LINK_HOURS = 48;
/** Times that an act is tried anew because somebody else was quicker. */
const ATTEMPTS = 5;

type StaffActor = Extract<Actor, { kind: 'staff' }>;

interface AccountsDeps {
  store: Store;
  audit: Audit;
  hasher: Hasher;
  links: Links;
  sessions: Sessions;
  people: People;
  inTurn: InTurn;
  /** Forgets the failures to sign in under this name. */
  forgive(login: string): Promise<void>;
  /** Told when somebody's sessions have ended, or they may do other things than before. */
  onStaffChange(user: string): void;
}

type User = Documents['users'];

interface Change {
  /** Fields of the account; an undefined one goes. */
  user: { [F in keyof User]?: User[F] | undefined };
  action: AuditAction;
  data?: LeafData;
  /** A further write of the same commit. */
  more?: Write;
}

/**
 * What administrators do with the accounts of others. Nobody does it with their own, and each act holds only while who
 * does it is an active administrator, which the commit asserts: so whatever is done at once, one of them remains.
 */
export function createAccounts(deps: AccountsDeps) {
  const { store, audit, hasher, links, sessions, people, inTurn } = deps;

  /** Changes the account of somebody else as `decide` says; null means that there is nothing to do. */
  async function change(
    actor: StaffActor,
    id: string,
    decide: (user: UserRecord) => Change | null | Promise<Change | null>,
  ): Promise<StaffPerson> {
    if (actor.user === id) throw new DomainError('own-account', 403);
    for (let attempt = 1; ; attempt++) {
      const [self, user] = await store.getMany('users', [actor.user, id]);
      if (!self || !isAdministrator(self)) throw new DomainError('forbidden', 403);
      if (!user) throw new DomainError('not-found', 404);
      const decided = await decide(user);
      if (!decided) return people.view(user);
      try {
        await store.commit([
          changed(user, decided.user),
          { op: 'assert', in: 'users', id: self._id, version: self.v },
          ...(decided.more ? [decided.more] : []),
          audit.entry(actor, decided.action, `user:${id}`, decided.data),
        ]);
        audit.poke();
        deps.onStaffChange(id);
        return await people.person(id);
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** The account that a link for a new password is for. */
  async function openPasswordLink(token: string) {
    const link = await links.open(token);
    const user = link.user === undefined ? null : await store.get('users', link.user);
    if (user?.status !== 'active' || user.link !== link._id) throw new DomainError('link-used', 410);
    return { link, user };
  }

  async function usePasswordLink(token: string, password: string): Promise<NewSession> {
    const { link, user } = await openPasswordLink(token);
    const { login } = await people.read(user);
    requireGoodPassword(password, login);
    const next = { passwordHash: await hasher.hash(password), ...ended(user) };
    const session = sessions.create({ kind: 'staff', user: user._id, epoch: next.epoch });
    const actor: Actor = { kind: 'staff', user: user._id, roles: user.roles as Role[] };
    try {
      await store.commit([
        { op: 'delete', in: 'invitations', id: link._id, ifVersion: link.v },
        changed(user, next),
        session.write,
        audit.entry(actor, 'person.password', `user:${user._id}`),
      ]);
    } catch (error) {
      throw error instanceof Conflict ? new DomainError('link-used', 410) : error;
    }
    audit.poke();
    deps.onStaffChange(user._id);
    await deps.forgive(login);
    return session;
  }

  return {
    /** Every session of the account ends, and links for it; what the person has made stays. */
    disable: (actor: StaffActor, id: string): Promise<StaffPerson> =>
      change(actor, id, (user) =>
        user.status === 'disabled'
          ? null
          : { user: { status: 'disabled', ...ended(user) }, action: 'person.disable' },
      ),

    enable: (actor: StaffActor, id: string): Promise<StaffPerson> =>
      change(actor, id, (user) =>
        user.status === 'active' ? null : { user: { status: 'active' }, action: 'person.enable' },
      ),

    /** From the next call on the account may do what these roles may. */
    setRoles: (actor: StaffActor, id: string, roles: readonly Role[]): Promise<StaffPerson> =>
      change(actor, id, (user) =>
        isSame(user.roles, roles)
          ? null
          : {
              user: { roles: [...roles] },
              action: 'person.roles',
              data: { roles: [...roles], before: [...user.roles] },
            },
      ),

    /**
     * A one-time link with which its owner sets a new password; an earlier one is good for nothing more.
     *
     * @throws DomainError `account-disabled`
     */
    async passwordLink(actor: StaffActor, id: string): Promise<NewLink> {
      const link = links.make(actor, { user: id }, LINK_HOURS);
      await change(actor, id, (user) => {
        if (user.status !== 'active') throw new DomainError('account-disabled', 409);
        return { user: { link: link.id }, action: 'person.link', more: link.write };
      });
      return link;
    },

    /**
     * What a link is for: an account to be made, or a password to be set.
     *
     * @throws DomainError `link-used`
     */
    async checkLink(token: string): Promise<InvitationView> {
      const { user, roles } = await links.open(token);
      if (user === undefined) return { roles: roles as Role[] };
      return { account: await people.read((await openPasswordLink(token)).user) };
    },

    /**
     * Uses a link up: sets the password, ends every session of before, and signs in.
     *
     * @throws DomainError `link-used`, or why the password is not good enough
     */
    setPassword: ({ token, password }: { token: string; password: string }): Promise<NewSession> =>
      inTurn(`password\0${token}`, () => usePasswordLink(token, password)),
  };
}

function isAdministrator({ roles, status }: UserRecord): boolean {
  return status === 'active' && roles.includes('admin');
}

/** Sessions of an earlier epoch are over, and so is a link that has not been used. */
function ended({ epoch = 0 }: UserRecord) {
  return { epoch: epoch + 1, link: undefined };
}

function changed({ v, ...user }: UserRecord, change: Change['user']): Write {
  const fields = Object.entries({ ...user, ...change }).filter(([, value]) => value !== undefined);
  return { op: 'replace', in: 'users', doc: Object.fromEntries(fields) as typeof user, ifVersion: v };
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((role) => others.includes(role));
}
