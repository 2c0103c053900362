import type { ImportedItem } from '#bank/formats';
import { checkAssemblyData } from '#bank/item';
import { DomainError, type AssemblyData } from '#bank/protocol';
import type { ItemInput } from './item-input.ts';
import type { ItemRecord } from './item-state.ts';

interface Bearer {
  assembly?: AssemblyData;
}

/**
 * The data for assembly that an input carries, as a field of what is stored; none where it tells nothing.
 *
 * @throws DomainError with a code of `ASSEMBLY_DATA_ERRORS`
 */
export function requireAssembly(
  { code, content, assembly = {} }: Pick<ItemInput, 'code' | 'content' | 'assembly'>,
  stimulus: ItemRecord | null,
): Bearer {
  const bearer = { code, kind: content.kind, ...(stimulus && { stimulus: stimulus.code }) };
  const [problem] = checkAssemblyData(bearer, assembly);
  if (problem) throw new DomainError(problem.code, 422, { where: problem.where, ...problem.values });
  requireEmbargo(assembly, stimulus);
  return tidy(assembly);
}

/**
 * An item is not to be free before the description that comes with it.
 *
 * @throws DomainError `item-embargo-overlap`
 */
export function requireEmbargo({ embargoUntil: own }: AssemblyData, stimulus: ItemRecord | null): void {
  const until = stimulus?.assembly?.embargoUntil;
  if (own === undefined || until === undefined || own >= until) return;
  throw new DomainError('item-embargo-overlap', 422, { code: stimulus?.code ?? '', until, own });
}

/**
 * The data of an imported row over those that the item has: what the file does not tell stays, null takes away.
 */
export function importedAssembly({ assembly }: ImportedItem, existing: ItemRecord | undefined): Bearer {
  const merged: Record<string, unknown> = { ...existing?.assembly, ...assembly };
  return tidy(
    Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as AssemblyData,
  );
}

/** Names of sets in NFC; an empty list says nothing. */
function tidy({ enemies = [], ...data }: AssemblyData): Bearer {
  const sets = enemies.map((set) => set.normalize('NFC').trim());
  const assembly: AssemblyData = { ...data, ...(sets.length > 0 && { enemies: sets }) };
  return Object.keys(assembly).length > 0 ? { assembly } : {};
}
