import type { ItemStatus } from '#bank/protocol';
import { Tag } from '../parts/tag.tsx';
import { itemStatusNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';

export function ItemStatusTag({ status }: { status: ItemStatus }) {
  const name = useWords(itemStatusNames);
  if (status === 'approved') return <Tag tone="accent">{name(status)}</Tag>;
  if (status === 'inReview' || status === 'returned') return <Tag tone="care">{name(status)}</Tag>;
  return <Tag>{name(status)}</Tag>;
}
