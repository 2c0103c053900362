import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Role } from '#bank/protocol';
import { newId } from '#bank/vault';
import { createAudit, type Audit } from '#server/audit';
import { createHasher, createIdentity, type Identity } from '#server/identity';
import { createFileKeyProvider, createKeyring } from '#server/keys';
import type { Store } from '#server/storage';
import type { StaffActor } from '../../support/staff.ts';
import { openTempStore, tempDir } from '../../support/temp.ts';

export const PASSWORD = 'một câu dài dễ nhớ 2026';
export const CODE = 'K7M2Q9TX';
const PERSON = { type: 'person', tenant: 't', object: 'o', version: 1, field: 'candidate' } as const;

/** The one candidate, number 110001 of the exam with the code THK123. */
export const seat = {
  exam: newId(),
  candidate: newId(),
  attempt: newId(),
  joinable: true,
  cancelled: false,
  oneDevice: true,
} as const;

export interface World {
  store: Store;
  audit: Audit;
  identity: Identity;
  clock: { time: number; now(): number };
  /** Attempts whose sessions were ended. */
  released: string[];
  /** Staff of whom it was told that their sessions have ended or their rights changed. */
  changed: string[];
  /** Exams of which it was told that other devices wait. */
  asked: string[];
  /** The same over what is in the Store, as after a restart of the server. */
  restarted(): Promise<Identity>;
}

const audits: Audit[] = [];

afterAll(() => Promise.all(audits.splice(0).map((audit) => audit.stop())));

/** Identity over a store of its own, without any account. */
export async function openWorld(): Promise<World> {
  const store = await openTempStore();
  const dir = tempDir();
  const provider = await createFileKeyProvider({
    path: join(dir, 'keys.json'),
    dataFolder: join(dir, 'data'),
  });
  const keyring = await createKeyring({ provider, store });
  const clock = { time: Date.UTC(2026, 10, 22), now: () => clock.time };
  const audit = await createAudit({ store, keyring, dir: join(dir, 'ledger'), clock, origin: 'test/ledger' });
  audits.push(audit);
  const hasher = createHasher(await keyring.derive('identity', 'pepper'));
  const codeHash = await hasher.hash(CODE);
  const released: string[] = [];
  const changed: string[] = [];
  const asked: string[] = [];
  const deps = {
    store,
    keyring,
    audit,
    clock,
    tenant: newId(),
    hasher,
    onRelease: (attempt: string) => released.push(attempt),
    onStaffChange: (user: string) => changed.push(user),
    onDevices: (exam: string) => asked.push(exam),
    findSeat: async (exam: string, number: string) =>
      exam === 'THK123' && number === '110001' ? { ...seat, codeHash } : null,
  };
  const restarted = () => createIdentity(deps);
  const identity = await restarted();
  const person = await keyring.seal('identity', PERSON, Buffer.from('{}'));
  const { candidate, exam, attempt } = seat;
  await store.commit([
    { op: 'insert', in: 'candidates', doc: { _id: candidate, exam, attempt, number: '110001', person } },
  ]);
  return { store, audit, identity, clock, released, changed, asked, restarted };
}

/** Uses a link for a new account; gives who it is, and the cookie of the first session. */
export async function useLink({ identity }: World, token: string, login: string) {
  const session = await identity.staff.acceptInvitation({
    token,
    name: 'Nguyễn Thị Lan',
    login,
    password: PASSWORD,
  });
  const info = await identity.sessions.find(session.token);
  if (info?.actor.kind !== 'staff') throw new Error('the new account has no session');
  return { actor: info.actor, token: session.token };
}

/** The first account. */
export async function foundedBy(world: World, login = 'quan.tri'): Promise<StaffActor> {
  return (await useLink(world, await world.identity.staff.createSetupToken(), login)).actor;
}

export async function invited(world: World, by: StaffActor, login: string, roles: readonly Role[]) {
  return useLink(world, (await world.identity.staff.invite(by, roles)).token, login);
}
