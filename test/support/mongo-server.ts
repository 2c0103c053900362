import { randomBytes } from 'node:crypto';

/** The MongoDB that tests may use; nothing where none is named. */
export const testServer = process.env['NIEM_TEST_DATABASE_URL'];

/** Address of a database on the test server that nobody has used. */
export function newDatabase(): string {
  const url = new URL(testServer ?? '');
  url.pathname = `/niem_test_${randomBytes(6).toString('hex')}`;
  return url.href;
}
