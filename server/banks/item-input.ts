import { Type, type Static } from '@sinclair/typebox';
import {
  AssemblyData,
  DomainError,
  foldWord,
  Id,
  ItemCode,
  Level,
  TopicName,
  type RichText,
} from '#bank/protocol';
import { ItemContent, ItemKey, normaliseRichText } from '#bank/item';
import { checkItem } from '#bank/item/check';
import type { BankRecord } from './bank-access.ts';

/**
 * An item as an editor sends it. `base` is the newest version that the editor knew, absent for a new item;
 * `stimulus` the id of the description it belongs to. Without `assembly` an item keeps the data that it has, so that
 * nothing is lost by a program that does not know them; `{}` takes them away.
 */
export const ItemInput = Type.Object(
  {
    code: ItemCode,
    topic: TopicName,
    level: Level,
    stimulus: Type.Optional(Id),
    base: Type.Optional(Type.Integer({ minimum: 1 })),
    assembly: Type.Optional(AssemblyData),
    content: ItemContent,
    key: ItemKey,
  },
  { additionalProperties: false },
);
export type ItemInput = Omit<Static<typeof ItemInput>, 'content' | 'key'> & {
  content: ItemContent;
  key: ItemKey;
};

/**
 * The item in its normal form, checked by schema, kind and formula renderer.
 *
 * @throws DomainError `item-invalid`, `item-topic-unknown` or a code of `ITEM_ERRORS` with `where`
 */
export async function readItemInput(bank: BankRecord, input: ItemInput): Promise<ItemInput> {
  const content = mapTexts(input.content, normaliseRichText);
  const problems = checkItem(content.kind, { content, key: input.key });
  const [problem] = problems.length > 0 ? problems : (await import('#bank/item/math')).checkFormulas(content);
  if (problem) {
    const code = problem.code === 'row-invalid' ? 'item-invalid' : problem.code;
    throw new DomainError(code, 422, { where: problem.where, ...problem.values });
  }
  return { ...input, content, code: input.code.normalize('NFC'), topic: bankTopic(bank, input.topic) };
}

/**
 * The topic as the bank writes it; a bank without topics takes any.
 *
 * @throws DomainError `topic-unknown`
 */
function bankTopic({ topics }: BankRecord, topic: string): string {
  if (topics.length === 0) return topic.normalize('NFC');
  const found = topics.find((candidate) => foldWord(candidate) === foldWord(topic));
  if (found !== undefined) return found;
  throw new DomainError('topic-unknown', 422, { topic, known: topics.slice(0, 8).join('; ') });
}

interface Part {
  id: string;
  text: RichText;
}

/** The same content with every text changed by `change`. */
function mapTexts(content: ItemContent, change: (text: RichText) => RichText): ItemContent {
  const parts = <P extends Part>(list: readonly P[]): P[] =>
    list.map((part) => ({ ...part, text: change(part.text) }));
  const stem = change(content.stem);
  switch (content.kind) {
    case 'choice':
    case 'multiple':
      return { ...content, stem, options: parts(content.options) };
    case 'tfCluster':
      return { ...content, stem, statements: parts(content.statements) };
    case 'ordering':
      return { ...content, stem, parts: parts(content.parts) };
    case 'gapMatch':
      return { ...content, stem, choices: parts(content.choices) };
    case 'matching':
      return { ...content, stem, prompts: parts(content.prompts), choices: parts(content.choices) };
    default:
      return { ...content, stem };
  }
}
