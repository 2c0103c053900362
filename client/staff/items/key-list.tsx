import type { ItemDetail } from '#bank/item';
import { itemWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import { keyLines } from './item-key.ts';

/** The key of an item in words, one line per answer. */
export function KeyList({ item: { content, key } }: { item: Pick<ItemDetail, 'content' | 'key'> }) {
  const t = useWords(itemWords);
  return (
    <ul className="key">
      {keyLines(content, key, t).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
