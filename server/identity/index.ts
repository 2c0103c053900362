import type { Audit } from '#server/audit';
import type { Seat } from '#server/exams';
import type { Clock, SessionInfo } from '#server/http';
import type { Keyring } from '#server/keys';
import type { Store } from '#server/storage';
import { createAccounts } from './accounts.ts';
import { createCandidates } from './candidates.ts';
import { createDevices } from './devices.ts';
import { createGuesses, OF_ADDRESS, OF_DEVICE, NAMES_OF_ADDRESS } from './guesses.ts';
import type { Hasher } from './hasher.ts';
import { createKnownDevices } from './known-devices.ts';
import { createLinks } from './links.ts';
import { createPeople } from './people.ts';
import { createSessions } from './sessions.ts';
import { blindIndex, createStaff } from './staff.ts';
import { createThrottle } from './throttle.ts';
import { createTurns } from './turns.ts';

export { createHasher } from './hasher.ts';
export { identityRoutes } from './routes.ts';
export type { DeviceRequest } from './devices.ts';
export { createSessions } from './sessions.ts';

interface IdentityDeps {
  store: Store;
  keyring: Keyring;
  audit: Audit;
  clock: Clock;
  tenant: string;
  hasher: Hasher;
  findSeat(examCode: string, number: string): Promise<Seat | null>;
  /** Told when the sessions of an attempt were ended. */
  onRelease(attempt: string): void;
  /** Told when a member of staff has signed out, or may do other things than before. */
  onStaffChange(user: string): void;
  /** Told when other devices of an exam wait for the proctor than before. */
  onDevices(exam: string): void;
}

/** Who is who: staff accounts, candidates' sign-in, sessions, throttles. */
export async function createIdentity(deps: IdentityDeps) {
  const key = await deps.keyring.derive('identity', 'blind-index');
  const blind = (purpose: string, value: string) => blindIndex(key, purpose, value);
  const sessions = createSessions(deps);
  const throttle = createThrottle(deps);
  const seconds = () => deps.clock.now() / 1000;
  const guesses = {
    ofAddress: createGuesses(seconds, OF_ADDRESS),
    ofDevice: createGuesses(seconds, OF_DEVICE),
  };
  const names = createGuesses(seconds, NAMES_OF_ADDRESS);
  const knownDevices = createKnownDevices(await deps.keyring.derive('identity', 'device-names'), names);
  const people = createPeople(deps);
  const links = createLinks(deps);
  const inTurn = createTurns();
  const requestKey = await deps.keyring.derive('identity', 'device-requests');
  const devices = createDevices({ ...deps, sessions, inTurn, requestKey });
  const shared = {
    ...deps,
    sessions,
    throttle,
    guesses,
    links,
    people,
    devices,
    knownDevices,
    blind,
    inTurn,
  };
  const staff = createStaff(shared);
  return {
    sessions,
    people,
    staff,
    devices,
    knownDevices,
    accounts: createAccounts({ ...shared, forgive: staff.forgive }),
    candidates: createCandidates(shared),
    /** Ends a session, and the connections that were opened with it. */
    async signOut({ id, actor }: SessionInfo): Promise<void> {
      await sessions.remove(id);
      if (actor.kind === 'candidate') deps.onRelease(actor.attempt);
      else deps.onStaffChange(actor.user);
    },
    /** Forgets expired sessions and old failures. */
    async sweep(): Promise<void> {
      await sessions.sweep();
      await throttle.sweep();
      for (const counted of [guesses.ofAddress, guesses.ofDevice, names]) counted.sweep();
      devices.sweep();
    },
  };
}

export type Identity = Awaited<ReturnType<typeof createIdentity>>;
