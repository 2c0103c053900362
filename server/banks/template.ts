import type { TemplateList, TemplateView, VariantsInput } from '#bank/item/parametric';
import { templateContext, type Actor } from '#bank/protocol';
import { newId } from '#bank/vault';
import type { Stored, Write } from '#server/storage';
import { requireRole } from './bank-access.ts';
import type { BanksDeps } from './deps.ts';
import { jsonBytes } from './item-boxes.ts';

const PAGE = 50;

type TemplateRecord = Stored<'itemTemplates'>;

/** The newest template of a code; null where no variants were made under it. */
export async function templateOf(
  { store }: Pick<BanksDeps, 'store'>,
  bank: string,
  code: string,
): Promise<TemplateRecord | null> {
  const { docs } = await store.range('itemTemplates', { index: 'by_code', equals: [bank, code], limit: 1 });
  return docs[0] ?? null;
}

/** The write that keeps a template with its variants; over the one before, where there is one. */
export async function templateWrite(
  { keyring, tenant, clock }: BanksDeps,
  bank: string,
  { before, input, made }: { before: TemplateRecord | null; input: VariantsInput; made: number },
): Promise<Write> {
  const _id = before?._id ?? newId();
  const context = templateContext(tenant, _id);
  const template = await keyring.seal(`bank/${bank}/marking`, context, jsonBytes(input));
  const doc = { _id, bank, code: input.code, template, made, updatedAt: new Date(clock.now()) };
  if (!before) return { op: 'insert', in: 'itemTemplates', doc };
  return { op: 'replace', in: 'itemTemplates', doc, ifVersion: before.v };
}

/** Templates as their authors wrote them. */
export function createTemplateVerbs({ store, keyring, audit, tenant }: BanksDeps) {
  async function open({ _id, bank, template, made, updatedAt }: TemplateRecord): Promise<TemplateView> {
    const bytes = await keyring.open(`bank/${bank}/marking`, templateContext(tenant, _id), template);
    const input = JSON.parse(Buffer.from(bytes).toString('utf8')) as VariantsInput;
    return { ...input, made, updatedAt: updatedAt.getTime() };
  }

  return {
    /**
     * The templates of a bank by code, with their keys: reading them is recorded.
     *
     * @throws DomainError `not-found`, `bank-role-missing` for others than authors
     */
    async list(actor: Actor, bankId: string, after?: string): Promise<TemplateList> {
      const bank = await requireRole(store, actor, bankId, 'author');
      const { docs, next } = await store.range('itemTemplates', {
        index: 'by_code',
        equals: [bank._id],
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      if (docs.length > 0) {
        const data = { count: docs.length };
        await store.commit([audit.entry(actor, 'item.templates', `bank:${bank._id}`, data)]);
        audit.poke();
      }
      return {
        templates: await Promise.all(docs.map(open)),
        ...(next !== undefined && { next }),
      };
    },
  };
}
