import {
  BankList,
  BankMemberList,
  BankMemberParams,
  BankParams,
  BankSettings,
  BankView,
  CursorQuery,
  MemberRoles,
  NewBank,
} from '#bank/protocol';
import { defineRoute, Reply, type Route } from '#server/http';
import { fileRoutes } from './file-routes.ts';
import type { Banks } from './index.ts';
import { itemRoutes } from './item-routes.ts';
import { mediaRoutes } from './media-routes.ts';

export function banksRoutes(banks: Banks): Route[] {
  return [
    ...bankRoutes(banks),
    ...memberRoutes(banks),
    ...itemRoutes(banks),
    ...fileRoutes(banks),
    ...mediaRoutes(banks),
  ];
}

function bankRoutes(banks: Banks): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/banks',
      access: 'banks.read',
      summary: 'Banks of which the caller is a member.',
      query: CursorQuery,
      response: BankList,
      handle: ({ actor, query }) => banks.list(actor, query.after),
    }),
    defineRoute({
      method: 'post',
      path: '/banks',
      access: 'banks.manage',
      summary: 'Creates a bank; the caller manages it.',
      body: NewBank,
      response: BankView,
      handle: async ({ actor, body }) => new Reply({ status: 201, body: await banks.create(actor, body) }),
    }),
    defineRoute({
      method: 'get',
      path: '/banks/:bank',
      access: 'banks.read',
      summary: 'One bank, with the roles of the caller.',
      params: BankParams,
      response: BankView,
      handle: ({ actor, params }) => banks.get(actor, params.bank),
    }),
    defineRoute({
      method: 'put',
      path: '/banks/:bank',
      access: 'banks.manage',
      summary: 'Changes name and topics of a bank.',
      params: BankParams,
      body: BankSettings,
      response: BankView,
      handle: ({ actor, params, body }) => banks.update(actor, params.bank, body),
    }),
  ];
}

function memberRoutes(banks: Banks): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/banks/:bank/members',
      access: 'banks.read',
      summary: 'Members of a bank and their roles.',
      params: BankParams,
      query: CursorQuery,
      response: BankMemberList,
      handle: ({ actor, params, query }) => banks.members(actor, params.bank, query.after),
    }),
    defineRoute({
      method: 'put',
      path: '/banks/:bank/members/:user',
      access: 'banks.manage',
      summary: 'Gives somebody these roles in a bank; no roles means reading and drawing only.',
      params: BankMemberParams,
      body: MemberRoles,
      handle: ({ actor, params, body }) => banks.setMember(actor, params.bank, params.user, body.roles),
    }),
    defineRoute({
      method: 'delete',
      path: '/banks/:bank/members/:user',
      access: 'banks.manage',
      summary: 'Takes somebody out of a bank.',
      params: BankMemberParams,
      handle: ({ actor, params }) => banks.removeMember(actor, params.bank, params.user),
    }),
  ];
}
