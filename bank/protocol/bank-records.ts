import { Type, type Static } from '@sinclair/typebox';
import type { BoxContext } from './box.ts';

/** What a member of a bank may do there; a manager may do everything. Every member reads it and draws from it. */
export const BANK_ROLES = ['author', 'reviewer', 'manager'] as const;
export const BankRole = Type.Union(BANK_ROLES.map((role) => Type.Literal(role)));
export type BankRole = (typeof BANK_ROLES)[number];

/** In a shared bank nobody approves what they wrote; in a personal one that keeps an item out of official papers. */
export const BANK_KINDS = ['shared', 'personal'] as const;
export const BankKind = Type.Union(BANK_KINDS.map((kind) => Type.Literal(kind)));
export type BankKind = (typeof BANK_KINDS)[number];

/** State of a version, and of an item as a whole: that of its newest version. */
export const ITEM_STATUSES = ['draft', 'inReview', 'returned', 'approved', 'retired'] as const;
export const ItemStatus = Type.Union(ITEM_STATUSES.map((status) => Type.Literal(status)));
export type ItemStatus = Static<typeof ItemStatus>;

/** `_id` of a version in `itemVersions`. */
export function itemVersionId(item: string, version: number): string {
  return `${item}.${version}`;
}

/**
 * Sealed JSON of an item version: `content` (ItemContent), `view` (its formulas, rendered) and `comment` (text of
 * a review) under `bank/<id>/content`; `key` (ItemKey) under `bank/<id>/marking`.
 */
export function itemContext(
  tenant: string,
  item: string,
  version: number,
  field: 'content' | 'key' | 'view' | 'comment',
): BoxContext {
  return { type: 'item', tenant, object: item, version, field };
}

/** Sealed JSON of the input that variants were made from in `itemTemplates.template` (line `bank/<id>/marking`). */
export function templateContext(tenant: string, template: string): BoxContext {
  return { type: 'item-template', tenant, object: template, version: 1, field: 'template' };
}

/** Sealed JSON list of staged rows of an import, chunk by chunk (line `import`). */
export function importRowsContext(tenant: string, importId: string, chunk: number): BoxContext {
  return { type: 'import', tenant, object: importId, version: chunk, field: 'rows' };
}
