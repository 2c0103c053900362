import { setImmediate as nextTurn } from 'node:timers/promises';
import { makeVariants, MAX_VARIANTS, type VariantsInput } from '#bank/item/parametric';
import { DomainError, type Actor, type VariantsMade } from '#bank/protocol';
import { Conflict, Duplicate, eachDocument, type Write } from '#server/storage';
import { requireRole, staffId } from './bank-access.ts';
import type { BanksDeps } from './deps.ts';
import { draftWrites } from './draft.ts';
import type { ItemBoxes } from './item-boxes.ts';
import { mediaWrites } from './media.ts';
import { readItemInput } from './item-input.ts';
import { templateOf, templateWrite } from './template.ts';

/** Variants between two pauses for other requests; each has its formulas rendered. */
const BREATH = 20;
const DIGITS = String(MAX_VARIANTS).length;

/** Items whose numbers are drawn, as drafts of their own. */
export function createVariantVerbs(deps: BanksDeps, boxes: ItemBoxes) {
  const { store, audit, clock } = deps;

  /** Keyed hashes of the variants that a family has. */
  async function hashesOf(bank: string, family: string): Promise<Set<string>> {
    const hashes = new Set<string>();
    const range = { index: 'by_code', equals: [bank], gte: `${family}-`, lt: `${family}.` };
    for await (const { contentHash } of eachDocument(store, 'items', range)) hashes.add(contentHash);
    return hashes;
  }

  return {
    /**
     * Makes every variant of a parametric item a draft: `<code>-001` and so on, all of them enemies, so that a paper
     * holds one at most. Each is reviewed, sealed and drawn as any other item. All of them come in one commit, with the
     * template. Made again under its code, as with other ranges, what the bank has already is left out and the numbers
     * go on.
     *
     * @throws DomainError a code of `PARAMETRIC_ERRORS`, `item-code-taken`, and what `readItemInput` throws
     */
    async make(
      actor: Actor,
      bankId: string,
      { code, topic, level, item }: VariantsInput,
    ): Promise<VariantsMade> {
      const bank = await requireRole(store, actor, bankId, 'author');
      const { variants, problem } = makeVariants(item);
      if (problem) throw new DomainError(problem.code, 422, problem.values);
      const family = code.normalize('NFC');
      const before = await templateOf(deps, bank._id, family);
      const known = before ? await hashesOf(bank._id, family) : new Set<string>();
      const first = before?.made ?? 0;
      let made = first;
      const writes: Write[] = await mediaWrites(store, bank._id, item);
      for (const [at, { content, key }] of variants.entries()) {
        if (at % BREATH === 0) await nextTurn();
        const own = `${family}-${String(made + 1).padStart(DIGITS, '0')}`;
        const input = await readItemInput(bank, { code: own, topic, level, content, key });
        const text = {
          content: input.content,
          key,
          topic: input.topic,
          level,
          stimulus: '',
          assembly: { enemies: [family] },
        };
        const hash = await boxes.hash(bank._id, text);
        if (known.has(hash)) continue;
        made++;
        const draft = await draftWrites(store, boxes, {
          bank,
          code: own,
          kind: content.kind,
          text,
          hash,
          stimulus: '',
          author: staffId(actor),
          at: new Date(clock.now()),
          item: null,
        });
        writes.push(...draft.writes);
      }
      const count = made - first;
      if (count === 0) throw new DomainError('parametric-all-made', 409, { code: family });
      const data = { code: family, count };
      const kept = { code: family, topic, level, item };
      writes.push(await templateWrite(deps, bank._id, { before, input: kept, made }));
      try {
        await store.commit([...writes, audit.entry(actor, 'item.variants', `bank:${bank._id}`, data)]);
      } catch (error) {
        if (error instanceof Conflict) throw new DomainError('item-changed', 409);
        throw error instanceof Duplicate ? new DomainError('item-code-taken', 409, { code: family }) : error;
      }
      audit.poke();
      return { code: family, count };
    },
  };
}
