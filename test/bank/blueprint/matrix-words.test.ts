import { expect, test } from 'vitest';
import { KIND_GROUPS, OFFICIAL_GROUPS } from '../../../bank/blueprint/matrix-words.ts';
import { ITEM_KINDS } from '#bank/protocol';

test.each([
  ['the official', OFFICIAL_GROUPS],
  ['the generic', KIND_GROUPS],
])('every kind of question stands in one column of %s matrix', (_, groups) => {
  const kinds = groups.flatMap((group) => group.kinds);
  expect(kinds.toSorted()).toEqual(ITEM_KINDS.filter((kind) => kind !== 'description').toSorted());
});
