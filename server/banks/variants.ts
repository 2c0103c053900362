import { setImmediate as nextTurn } from 'node:timers/promises';
import { makeVariants, MAX_VARIANTS, type VariantsInput } from '#bank/item/parametric';
import { DomainError, type Actor, type VariantsMade } from '#bank/protocol';
import { Duplicate, type Write } from '#server/storage';
import { requireRole, staffId } from './bank-access.ts';
import type { BanksDeps } from './deps.ts';
import { draftWrites } from './draft.ts';
import type { ItemBoxes } from './item-boxes.ts';
import { mediaWrites } from './media.ts';
import { readItemInput } from './item-input.ts';

/** Variants between two pauses for other requests; each has its formulas rendered. */
const BREATH = 20;
const DIGITS = String(MAX_VARIANTS).length;

/** Items whose numbers are drawn, as drafts of their own. */
export function createVariantVerbs({ store, audit, clock }: BanksDeps, boxes: ItemBoxes) {
  return {
    /**
     * Makes every variant of a parametric item a draft: `<code>-001` and so on, all of them enemies, so that a paper
     * holds one at most. Each is reviewed, sealed and drawn as any other item. All of them come in one commit.
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
      const writes: Write[] = await mediaWrites(store, bank._id, item);
      for (const [at, { content, key }] of variants.entries()) {
        if (at % BREATH === 0) await nextTurn();
        const own = `${family}-${String(at + 1).padStart(DIGITS, '0')}`;
        const input = await readItemInput(bank, { code: own, topic, level, content, key });
        const text = {
          content: input.content,
          key,
          topic: input.topic,
          level,
          stimulus: '',
          assembly: { enemies: [family] },
        };
        const draft = await draftWrites(store, boxes, {
          bank,
          code: own,
          kind: content.kind,
          text,
          hash: await boxes.hash(bank._id, text),
          stimulus: '',
          author: staffId(actor),
          at: new Date(clock.now()),
          item: null,
        });
        writes.push(...draft.writes);
      }
      const data = { code: family, count: variants.length };
      try {
        await store.commit([...writes, audit.entry(actor, 'item.variants', `bank:${bank._id}`, data)]);
      } catch (error) {
        throw error instanceof Duplicate ? new DomainError('item-code-taken', 409, { code: family }) : error;
      }
      audit.poke();
      return { code: family, count: variants.length };
    },
  };
}
