import {
  DomainError,
  type BoxContext,
  type ColleagueList,
  type Role,
  type StaffList,
  type StaffPerson,
} from '#bank/protocol';
import type { Keyring } from '#server/keys';
import type { Sealed, Store, Stored } from '#server/storage';

const PAGE = 200;

export type UserRecord = Stored<'users'>;

/** What of an account is kept sealed. */
export interface Person {
  name: string;
  login: string;
}

interface PeopleDeps {
  store: Store;
  keyring: Keyring;
  tenant: string;
}

/** Names and roles of staff. */
export function createPeople({ store, keyring, tenant }: PeopleDeps) {
  const context = (user: string): BoxContext => ({
    type: 'person',
    tenant,
    object: user,
    version: 1,
    field: 'staff',
  });

  async function read(user: UserRecord): Promise<Person> {
    const bytes = await keyring.open('identity', context(user._id), user.person);
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Person;
  }

  async function view(user: UserRecord): Promise<StaffPerson> {
    const { _id: id, roles, status } = user;
    return { id, ...(await read(user)), roles: roles as Role[], active: status === 'active' };
  }

  async function list(after?: string): Promise<StaffList> {
    const page = await store.range('users', { index: '_id', limit: PAGE, ...(after && { after }) });
    const people = await Promise.all(page.docs.map(view));
    return { people, ...(page.next && { next: page.next }) };
  }

  return {
    seal(user: string, person: Person): Promise<Sealed> {
      return keyring.seal('identity', context(user), Buffer.from(JSON.stringify(person)));
    },

    read,
    view,
    list,

    /** Active staff without their sign-in names. */
    async colleagues(after?: string): Promise<ColleagueList> {
      const page = await list(after);
      const people = page.people.filter(({ active }) => active);
      return { ...page, people: people.map(({ id, name, roles }) => ({ id, name, roles })) };
    },

    /** One account, for its own pages and for printed minutes. */
    async person(user: string): Promise<StaffPerson> {
      const doc = await store.get('users', user);
      if (!doc) throw new DomainError('not-found', 404);
      return view(doc);
    },
  };
}

export type People = ReturnType<typeof createPeople>;
