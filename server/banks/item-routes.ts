import {
  BankItemParams,
  BankParams,
  CursorQuery,
  ItemList,
  ItemsQuery,
  ItemSummary,
  ItemVersionQuery,
  ItemVersions,
  ReturnInput,
  ReviewReport,
  VariantsMade,
} from '#bank/protocol';
import { ItemDetail } from '#bank/item';
import { TemplateList, VariantsInput } from '#bank/item/parametric';
import { defineRoute, Reply, type Route } from '#server/http';
import type { Banks } from './index.ts';
import { ItemInput } from './item-input.ts';

/** Items from the first draft to their end. */
export function itemRoutes(banks: Banks): Route[] {
  return [...writingRoutes(banks), ...reviewRoutes(banks)];
}

function writingRoutes({ items, variants, templates }: Banks): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/banks/:bank/items',
      access: 'banks.read',
      summary: 'Items of a bank by topic, level, kind or status.',
      params: BankParams,
      query: ItemsQuery,
      response: ItemList,
      handle: ({ actor, params, query }) => items.list(actor, params.bank, query),
    }),
    defineRoute({
      method: 'post',
      path: '/banks/:bank/items',
      access: 'items.write',
      summary: 'Saves the first draft of an item.',
      params: BankParams,
      body: ItemInput,
      response: ItemSummary,
      handle: async ({ actor, params, body }) =>
        new Reply({ status: 201, body: await items.save(actor, params.bank, body as ItemInput) }),
    }),
    defineRoute({
      method: 'get',
      path: '/banks/:bank/items/:item',
      access: 'banks.read',
      summary: 'One version of an item with content and key; recorded.',
      params: BankItemParams,
      query: ItemVersionQuery,
      response: ItemDetail,
      handle: ({ actor, params, query }) => items.get(actor, params.bank, params.item, query.version),
    }),
    defineRoute({
      method: 'put',
      path: '/banks/:bank/items/:item',
      access: 'items.write',
      summary: 'Saves a new version of an item, as a draft.',
      params: BankItemParams,
      body: ItemInput,
      response: ItemSummary,
      handle: ({ actor, params, body }) => items.save(actor, params.bank, body as ItemInput, params.item),
    }),
    defineRoute({
      method: 'post',
      path: '/banks/:bank/variants',
      heavy: true,
      access: 'items.write',
      summary: 'Makes drafts of a question whose numbers are drawn, one for each choice of numbers.',
      params: BankParams,
      body: VariantsInput,
      response: VariantsMade,
      handle: async ({ actor, params, body }) =>
        new Reply({ status: 201, body: await variants.make(actor, params.bank, body) }),
    }),
    defineRoute({
      method: 'get',
      path: '/banks/:bank/templates',
      access: 'items.write',
      summary: 'Questions whose numbers are drawn, as they were written, with their keys; recorded.',
      params: BankParams,
      query: CursorQuery,
      response: TemplateList,
      handle: ({ actor, params, query }) => templates.list(actor, params.bank, query.after),
    }),
  ];
}

function reviewRoutes({ review }: Banks): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/banks/:bank/submit',
      access: 'items.write',
      summary: 'Sends drafts for review.',
      params: BankParams,
      body: ItemVersions,
      response: ReviewReport,
      handle: ({ actor, params, body }) => review.submit(actor, params.bank, body.items),
    }),
    defineRoute({
      method: 'post',
      path: '/banks/:bank/approve',
      heavy: true,
      access: 'items.review',
      summary: 'Approves versions; from then on papers may hold them.',
      params: BankParams,
      body: ItemVersions,
      response: ReviewReport,
      handle: ({ actor, params, body }) => review.approve(actor, params.bank, body.items),
    }),
    defineRoute({
      method: 'post',
      path: '/banks/:bank/items/:item/return',
      access: 'items.review',
      summary: 'Gives a version back to its author with a comment.',
      params: BankItemParams,
      body: ReturnInput,
      handle: ({ actor, params, body }) =>
        review.giveBack(actor, params.bank, params.item, body.version, body.comment),
    }),
    defineRoute({
      method: 'post',
      path: '/banks/:bank/items/:item/retire',
      access: 'items.write',
      summary: 'Takes an item out of use.',
      params: BankItemParams,
      handle: ({ actor, params }) => review.retire(actor, params.bank, params.item),
    }),
  ];
}
