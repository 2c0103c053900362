import { DomainError, isAllowed, type Actor, type Role } from '#bank/protocol';
import type { Clock } from '#server/http';
import type { Store, Stored, Write } from '#server/storage';
import { hashToken, newSecretToken } from './sessions.ts';

const SYSTEM = 'system';

/** What a link is for: a new account with these roles, or a new password for this account. */
export type LinkPurpose = { roles: readonly Role[] } | { user: string };

export interface NewLink {
  /** Stands in the link; only its hash is stored. */
  token: string;
  id: string;
  expiresAt: Date;
  write: Write;
}

/** One-time links. */
export function createLinks({ store, clock }: { store: Store; clock: Clock }) {
  /** A link is worth no more than who made it: it ends with the account, or with its right to invite. */
  async function makerMay(createdBy: string): Promise<boolean> {
    if (createdBy === SYSTEM) return (await store.count('users', { index: '_id' })) === 0;
    const maker = await store.get('users', createdBy);
    if (maker?.status !== 'active') return false;
    return isAllowed({ kind: 'staff', user: maker._id, roles: maker.roles as Role[] }, 'people.invite');
  }

  return {
    make(actor: Actor, purpose: LinkPurpose, hours: number): NewLink {
      const token = newSecretToken();
      const id = hashToken(token);
      const expiresAt = new Date(clock.now() + hours * 3_600_000);
      const createdBy = actor.kind === 'staff' ? actor.user : SYSTEM;
      const what = 'user' in purpose ? { user: purpose.user, roles: [] } : { roles: [...purpose.roles] };
      const doc = { _id: id, ...what, expiresAt, createdBy };
      return { token, id, expiresAt, write: { op: 'insert', in: 'invitations', doc } };
    },

    /**
     * Set-up links, one of which each start without an account makes, end with the first account.
     *
     * @throws DomainError `link-used` also when it has expired, or its maker may invite nobody any more
     */
    async open(token: string): Promise<Stored<'invitations'>> {
      const link = await store.get('invitations', hashToken(token));
      const isGood = link && link.expiresAt.getTime() > clock.now() && (await makerMay(link.createdBy));
      if (!isGood) throw new DomainError('link-used', 410);
      return link;
    },
  };
}

export type Links = ReturnType<typeof createLinks>;
