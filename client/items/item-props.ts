import type { ItemView, PartView } from '#bank/item';
import type { ItemKindName, Response as Answer } from '#bank/protocol';
import type { ItemTexts } from '../i18n/items.vi.ts';

type ViewOf<K extends ItemKindName> = Extract<ItemView, { kind: K }>;

/** What every renderer gets; the same for the candidate's page and the author's preview. */
export interface ItemProps<K extends ItemKindName = ItemKindName> {
  view: ViewOf<K>;
  /** Tokens of the shuffled group in the order to show; empty keeps the order of the view. */
  order: readonly string[];
  response: Answer;
  /** Unique on the page; prefix of ids and radio groups. */
  name: string;
  /** Id of the heading that names the question. */
  labelledBy: string;
  isDisabled: boolean;
  texts: ItemTexts;
  /**
   * `typing` tells that more characters are likely to follow: `true` waits for a pause of the typist, a number goes on
   * after so many milliseconds whatever follows.
   */
  onAnswer(response: Answer, typing?: boolean | number): void;
  /** Options the candidate has crossed out; a help for the eye, never part of the answer. */
  struck: readonly string[];
  onStrike?: ((token: string) => void) | undefined;
}

/** The parts in the order of this paper; tokens that the view does not have are passed over. */
export function inOrder(parts: readonly PartView[], order: readonly string[]): readonly PartView[] {
  if (order.length === 0) return parts;
  return order.flatMap((token) => parts.find((part) => part.token === token) ?? []);
}

export function letter(index: number): string {
  return String.fromCharCode(65 + index);
}
