import { Type } from '@sinclair/typebox';
import {
  AcceptInvitation,
  CandidateSignIn,
  ColleagueList,
  CursorQuery,
  DecideDevice,
  DeviceAsked,
  DeviceClaim,
  DeviceDecided,
  DeviceRequestParams,
  DeviceStands,
  Id,
  InvitationCheck,
  InvitationLink,
  InvitationView,
  NewPassword,
  PersonParams,
  ReleaseDevice,
  ReleasedSessions,
  RoleSet,
  StaffCaller,
  StaffPerson,
  StaffList,
  StaffSignIn,
} from '#bank/protocol';
import { defineRoute, Reply, type Origin, type Route } from '#server/http';
import type { Identity } from './index.ts';
import type { NewLink } from './links.ts';
import type { NewSession } from './sessions.ts';

const CandidateParams = Type.Object({ candidate: Id }, { additionalProperties: false });

export function identityRoutes(identity: Identity): Route[] {
  return [
    ...signInRoutes(identity),
    ...linkRoutes(identity),
    ...accountRoutes(identity),
    ...colleagueRoutes(identity),
  ];
}

function signInRoutes(identity: Identity): Route[] {
  const { staff, candidates, signOut: end } = identity;
  const signOut = defineRoute({
    method: 'post',
    path: '/sign-out',
    access: 'public',
    summary: 'Ends the session of the caller.',
    handle: async ({ session }) => {
      if (session) await end(session);
      return new Reply({ status: 204, session: { clear: true } });
    },
  });
  return [
    defineRoute({
      method: 'post',
      path: '/sign-in',
      access: 'public',
      summary: 'Signs a member of staff in; sets the session cookie.',
      body: StaffSignIn,
      handle: async ({ body }) => signedIn(await staff.signIn(body)),
    }),
    defineRoute({
      method: 'post',
      path: '/candidate/sign-in',
      access: 'public',
      summary: 'Signs a candidate in; sets the session cookie.',
      body: CandidateSignIn,
      handle: async ({ body, origin }) =>
        signedIn(await candidates.signIn({ ...body, ip: origin.ip, device: origin.device })),
    }),
    defineRoute({
      method: 'post',
      path: '/candidates/:candidate/release',
      access: 'exams.start',
      summary: 'Signs a candidate out everywhere, so that another device can sign in; always with a reason.',
      params: CandidateParams,
      body: ReleaseDevice,
      response: ReleasedSessions,
      handle: async ({ actor, params, body }) => ({
        released: await candidates.release(actor, params.candidate, body.reason),
      }),
    }),
    ...deviceRoutes(identity),
    signOut,
    { ...signOut, path: '/candidate/sign-out' },
  ];
}

/** A device that wants an attempt which another has, and the proctor who decides on it. */
function deviceRoutes({ candidates, devices }: Identity): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/candidate/device-requests',
      access: 'public',
      summary: 'Asks the proctor to let this device go on in place of another; needs what signing in needs.',
      body: CandidateSignIn,
      response: DeviceAsked,
      handle: ({ body, origin }) =>
        candidates.askForDevice({ ...body, ip: origin.ip, device: origin.device }, origin.userAgent),
    }),
    defineRoute({
      method: 'post',
      path: '/candidate/device-requests/claim',
      access: 'public',
      summary: 'Whether the proctor has decided on this device; signs it in once it is approved.',
      body: DeviceClaim,
      response: DeviceStands,
      async handle({ body }) {
        const { expiresAt, session } = await devices.claim(body.request);
        if (!session) return { state: 'waiting', expiresAt };
        return new Reply({ body: { state: 'approved', expiresAt }, session: cookieOf(session) });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/device-requests/:request',
      access: 'exams.start',
      summary:
        'Lets a device go on in place of the one that has the attempt, or refuses it; always with a reason.',
      params: DeviceRequestParams,
      body: DecideDevice,
      response: DeviceDecided,
      async handle({ actor, params: { request }, body }) {
        await devices.decide(actor, request, body);
        return { request, verdict: body.verdict };
      },
    }),
  ];
}

function linkRoutes({ staff, accounts }: Identity): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/invitations',
      access: 'people.invite',
      summary: 'Makes a one-time link for a new member of staff.',
      body: RoleSet,
      response: InvitationLink,
      handle: async ({ actor, body, origin }) => linkOf(await staff.invite(actor, body.roles), origin),
    }),
    defineRoute({
      method: 'post',
      path: '/invitations/check',
      access: 'public',
      summary: 'What a one-time link is for; refuses a used or expired one.',
      body: InvitationCheck,
      response: InvitationView,
      handle: ({ body }) => accounts.checkLink(body.token),
    }),
    defineRoute({
      method: 'post',
      path: '/invitations/accept',
      access: 'public',
      summary: 'Uses a one-time link: creates the account and signs it in.',
      body: AcceptInvitation,
      handle: async ({ body }) => signedIn(await staff.acceptInvitation(body)),
    }),
    defineRoute({
      method: 'post',
      path: '/invitations/password',
      access: 'public',
      summary: 'Uses a one-time link: sets a new password, ends the sessions of before and signs in.',
      body: NewPassword,
      handle: async ({ body }) => signedIn(await accounts.setPassword(body)),
    }),
  ];
}

function accountRoutes({ accounts, people }: Identity): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/people',
      access: 'people.read',
      summary: 'Staff accounts.',
      query: CursorQuery,
      response: StaffList,
      handle: ({ query }) => people.list(query.after),
    }),
    defineRoute({
      method: 'put',
      path: '/people/:user/roles',
      access: 'people.manage',
      summary: 'Gives an account of somebody else these roles and no others.',
      params: PersonParams,
      body: RoleSet,
      response: StaffPerson,
      handle: ({ actor, params, body }) => accounts.setRoles(actor, params.user, body.roles),
    }),
    defineRoute({
      method: 'post',
      path: '/people/:user/disable',
      access: 'people.manage',
      summary: 'Locks an account of somebody else and ends its sessions.',
      params: PersonParams,
      response: StaffPerson,
      handle: ({ actor, params }) => accounts.disable(actor, params.user),
    }),
    defineRoute({
      method: 'post',
      path: '/people/:user/enable',
      access: 'people.manage',
      summary: 'Unlocks an account of somebody else.',
      params: PersonParams,
      response: StaffPerson,
      handle: ({ actor, params }) => accounts.enable(actor, params.user),
    }),
    defineRoute({
      method: 'post',
      path: '/people/:user/link',
      access: 'people.manage',
      summary: 'Makes a one-time link with which its owner sets a new password; an earlier one ends.',
      params: PersonParams,
      response: InvitationLink,
      handle: async ({ actor, params, origin }) =>
        linkOf(await accounts.passwordLink(actor, params.user), origin),
    }),
  ];
}

function colleagueRoutes({ people }: Identity): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/colleagues',
      access: 'staff',
      summary: 'Names and roles of active staff, for choosing who works with the caller.',
      query: CursorQuery,
      response: ColleagueList,
      handle: ({ query }) => people.colleagues(query.after),
    }),
    defineRoute({
      method: 'get',
      path: '/me',
      access: 'public',
      summary: 'The account of the caller; null when no member of staff is signed in.',
      response: StaffCaller,
      handle: ({ actor }) => (actor?.kind === 'staff' ? people.person(actor.user) : null),
    }),
  ];
}

function linkOf({ token, expiresAt }: NewLink, { baseUrl }: Origin) {
  return { url: `${baseUrl}/staff/#/join/${token}`, expiresAt: expiresAt.toISOString() };
}

function signedIn(session: NewSession): Reply {
  return new Reply({ status: 204, session: cookieOf(session) });
}

function cookieOf({ token, maxAgeSeconds }: Pick<NewSession, 'token' | 'maxAgeSeconds'>) {
  return { set: token, maxAgeSeconds };
}
