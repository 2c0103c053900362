import { foldWord, type RichText } from '#bank/protocol';
import { plainText } from './rich-text.ts';

/** Words between the first and the last of such an option: "tất cả các phương án trên", "cả ba câu đều đúng". */
const BETWEEN =
  '(?: (?:cac|nhung|phuong|an|dap|cau|y|lua|chon|menh|de|tra|loi|o|ben|neu|co|nao|so|trong|tren))*';
const VIETNAMESE = new RegExp(
  `^(?:tat ca|ca (?:[2-9]|hai|ba|bon|nam)|khong)${BETWEEN} (?:tren|(?:deu |la )?(?:dung|sai)|con lai|o tren)$`,
);
const ENGLISH =
  /^(?:all|none|both|any|neither)(?: of)?(?: the| these)?(?: (?:above|others?|preceding|rest)(?: (?:answers?|options?|choices?))?|(?: (?:answers?|options?|choices?))? (?:above|are (?:correct|right|true|wrong|false)))$/;
/** "cả A và C", "A và B đều đúng", "both A and B": two letters or more, said to be right or wrong together. */
const LETTERS =
  /^(?:(?:ca|both) [a-h](?: (?:va|and))?(?: [a-h](?: (?:va|and))?)+|[a-h](?: (?:va|and))?(?: [a-h](?: (?:va|and))?)+ (?:(?:deu )?(?:dung|sai)|are (?:both )?(?:correct|right|true|wrong)))\b/;

interface Option {
  id: string;
  text: RichText;
  fixed?: true;
}

/** Whether an option speaks of the others by their places: it makes sense only where its author put it. */
export function speaksOfOthers({ text }: Pick<Option, 'text'>): boolean {
  const words = foldWord(plainText(text));
  return VIETNAMESE.test(words) || ENGLISH.test(words) || LETTERS.test(words);
}

function lettersIn({ text }: Option): number[] {
  const words = foldWord(plainText(text));
  if (!LETTERS.test(words)) return [];
  return words.split(' ').flatMap((word) => (/^[a-h]$/.test(word) ? [word.charCodeAt(0) - 97] : []));
}

/** Ids of the options that keep their places: those told to, those that speak of others, and those that they name. */
export function pinnedOptions(options: readonly Option[]): string[] {
  const named = new Set(options.flatMap(lettersIn));
  return options
    .filter((option, place) => option.fixed || named.has(place) || speaksOfOthers(option))
    .map(({ id }) => id);
}
