import { createHmac } from 'node:crypto';
import { DomainError, type Actor, type Role } from '#bank/protocol';
import { newId } from '#bank/vault';
import type { Audit } from '#server/audit';
import type { Clock } from '#server/http';
import { Conflict, Duplicate, type Store, type Stored } from '#server/storage';
import type { Hasher } from './hasher.ts';
import type { Links, NewLink } from './links.ts';
import { requireGoodPassword } from './passwords.ts';
import type { People, Person } from './people.ts';
import type { NewSession, Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';
import type { InTurn } from './turns.ts';

const INVITATION_HOURS = 7 * 24;
const SETUP_HOURS = 24;
const SYSTEM: Actor = { kind: 'system' };

type StaffActor = Extract<Actor, { kind: 'staff' }>;

interface StaffDeps {
  store: Store;
  audit: Audit;
  clock: Clock;
  hasher: Hasher;
  links: Links;
  people: People;
  sessions: Sessions;
  throttle: Throttle;
  inTurn: InTurn;
  /** Blind index of something secret or personal, so that it can be looked up without being stored. */
  blind(purpose: string, value: string): string;
}

/** Staff accounts: one-time links that make them, and sign-in. No account ever has a default password. */
export function createStaff(deps: StaffDeps) {
  const { store, audit, clock, hasher, links, people, sessions, throttle, inTurn, blind } = deps;
  const throttleKey = (index: string) => blind('throttle', `staff\0${index}`);
  const loginIndex = (login: string) => blind('staff-login', login.normalize('NFKC').trim().toLowerCase());

  async function invite(actor: Actor, roles: readonly Role[], hours: number): Promise<NewLink> {
    const link = links.make(actor, { roles }, hours);
    const object = `invitation:${link.id.slice(0, 22)}`;
    await store.commit([link.write, audit.entry(actor, 'person.invite', object, { roles: [...roles] })]);
    audit.poke();
    return link;
  }

  async function openInvitation(token: string): Promise<Stored<'invitations'>> {
    const link = await links.open(token);
    if (link.user !== undefined) throw new DomainError('link-used', 410);
    return link;
  }

  async function setupNeeded(): Promise<boolean> {
    return (await store.count('users', { index: '_id' })) === 0;
  }

  async function accept(input: Person & { token: string; password: string }): Promise<NewSession> {
    const invitation = await openInvitation(input.token);
    requireGoodPassword(input.password, input.login);
    const user = newId();
    const name = input.name.normalize('NFC').trim();
    const session = sessions.create({ kind: 'staff', user, epoch: 0 });
    const roles = invitation.roles;
    const actor: Actor = { kind: 'staff', user, roles: roles as Role[] };
    const doc = {
      _id: user,
      loginIndex: loginIndex(input.login),
      person: await people.seal(user, { name, login: input.login.trim() }),
      passwordHash: await hasher.hash(input.password),
      roles,
      status: 'active' as const,
      createdAt: new Date(clock.now()),
    };
    try {
      await store.commit([
        { op: 'delete', in: 'invitations', id: invitation._id, ifVersion: invitation.v },
        { op: 'insert', in: 'users', doc },
        session.write,
        audit.entry(actor, 'person.join', `user:${user}`, { roles: [...roles] }),
      ]);
    } catch (error) {
      if (error instanceof Duplicate) throw new DomainError('login-taken', 409);
      if (error instanceof Conflict) throw new DomainError('link-used', 410);
      throw error;
    }
    audit.poke();
    return session;
  }

  async function checkPassword(index: string, key: string, password: string): Promise<NewSession> {
    await throttle.check(key);
    const { docs } = await store.range('users', { index: 'by_login', equals: [index], limit: 1 });
    const user = docs[0]?.status === 'active' ? docs[0] : null;
    if (!(await hasher.verify(user?.passwordHash ?? null, password)) || !user) {
      await throttle.failed(key);
      throw new DomainError('wrong-credentials', 401);
    }
    await throttle.succeeded(key);
    const session = sessions.create({ kind: 'staff', user: user._id, epoch: user.epoch ?? 0 });
    const actor: Actor = { kind: 'staff', user: user._id, roles: user.roles as Role[] };
    await store.commit([session.write, audit.entry(actor, 'session.open', `user:${user._id}`)]);
    audit.poke();
    return session;
  }

  return {
    /** True until the first account exists. */
    setupNeeded,

    /** The one-time link token that creates the first administrator. */
    async createSetupToken(): Promise<string> {
      return (await invite(SYSTEM, ['admin'], SETUP_HOURS)).token;
    },

    invite: (actor: StaffActor, roles: readonly Role[]): Promise<NewLink> =>
      invite(actor, roles, INVITATION_HOURS),

    /** Uses the link up and creates the account in one commit, so that a link makes one account at most. */
    acceptInvitation: (input: Person & { token: string; password: string }): Promise<NewSession> =>
      inTurn('join', () => accept(input)),

    /** Unknown name and wrong password look and cost the same; guesses at one name are counted one by one. */
    signIn(input: { login: string; password: string }): Promise<NewSession> {
      const index = loginIndex(input.login);
      const key = throttleKey(index);
      return inTurn(key, () => checkPassword(index, key, input.password));
    },

    /** Forgets the failures under this name, for its owner has shown to be who they are. */
    forgive: (login: string): Promise<void> => throttle.succeeded(throttleKey(loginIndex(login))),
  };
}

/** Keyed hash of a value under a purpose; 128 bits are kept. */
export function blindIndex(key: Uint8Array, purpose: string, value: string): string {
  return createHmac('sha256', key).update(`${purpose}\0${value}`).digest().subarray(0, 16).toString('hex');
}
