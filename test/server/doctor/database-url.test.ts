import { expect, test } from 'vitest';
import { isDatabaseUrl } from '#server/doctor';
import { withDatabase } from '../../../server/doctor/database-url.ts';

test.each([
  ['mongodb://a:27017', 'mongodb://a:27017/new'],
  ['mongodb://a:1,b:2,c:3/niem?replicaSet=rs0', 'mongodb://a:1,b:2,c:3/new?replicaSet=rs0'],
  [
    'mongodb://u:p%40@a:1,b:2/niem?replicaSet=rs0',
    'mongodb://u:p%40@a:1,b:2/new?replicaSet=rs0&authSource=niem',
  ],
  ['mongodb://u:p@a/niem?authSource=admin', 'mongodb://u:p@a/new?authSource=admin'],
  ['mongodb://u:p@a/niem', 'mongodb://u:p@a/new?authSource=niem'],
  ['mongodb+srv://u:p@cluster.example/?w=1', 'mongodb+srv://u:p@cluster.example/new?w=1'],
])('%s with another database keeps where its user is known', (url, other) => {
  expect(withDatabase(url, 'new')).toBe(other);
});

test('other addresses are none of a database', () => {
  expect(['', 'niem', 'https://a/b', 'mongodb://', 'mongodb:///niem'].filter(isDatabaseUrl)).toEqual([]);
  expect(() => withDatabase('https://a/b', 'new')).toThrow(TypeError);
});
