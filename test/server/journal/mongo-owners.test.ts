import { describe, expect, it } from 'vitest';
import { playTakeovers } from '#server/doctor';
import { newDatabase, testServer } from '../../support/mongo-server.ts';

const ROUNDS = 20;
/** Long enough for an owner to renew it on a busy computer: one that cannot is overtaken before its round. */
const LEASE_MS = 1500;

describe.skipIf(!testServer)(
  'two owners of one journal (skipped unless NIEM_TEST_DATABASE_URL names a server)',
  () => {
    it(`lose and double nothing in ${ROUNDS} takeovers from owners killed or stopped in the middle of a batch`, async () => {
      const url = newDatabase();
      const acknowledged = await playTakeovers({
        url,
        rounds: ROUNDS,
        leaseMs: LEASE_MS,
        ways: ['killed', 'paused'],
      });
      expect(acknowledged).toBeGreaterThan(ROUNDS * 60);
    }, 300_000);
  },
);
