import { Type, type Static } from '@sinclair/typebox';
import { Id } from './ids.ts';
import { ROLES } from './permissions.ts';
import { Instant } from './wire-values.ts';

const closed = { additionalProperties: false };
const Secret = Type.String({ minLength: 1, maxLength: 256 });
const Login = Type.String({ minLength: 3, maxLength: 100 });

export const RoleName = Type.Union(ROLES.map((role) => Type.Literal(role)));
export const LinkToken = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

export const StaffSignIn = Type.Object({ login: Login, password: Secret }, closed);
export const AcceptInvitation = Type.Object(
  { token: LinkToken, name: Type.String({ minLength: 1, maxLength: 200 }), login: Login, password: Secret },
  closed,
);
export const InvitationCheck = Type.Object({ token: LinkToken }, closed);
/** What a one-time link is for: an account with these roles, or a new password for the account that it names. */
export const InvitationView = Type.Union([
  Type.Object({ roles: Type.Array(RoleName) }, closed),
  Type.Object({ account: Type.Object({ name: Type.String(), login: Type.String() }, closed) }, closed),
]);
export type InvitationView = Static<typeof InvitationView>;
export const NewPassword = Type.Object({ token: LinkToken, password: Secret }, closed);
export const RoleSet = Type.Object(
  { roles: Type.Array(RoleName, { minItems: 1, maxItems: ROLES.length, uniqueItems: true }) },
  closed,
);
export const InvitationLink = Type.Object({ url: Type.String(), expiresAt: Type.String() }, closed);
export type InvitationLink = Static<typeof InvitationLink>;
export const StaffPerson = Type.Object(
  { id: Id, name: Type.String(), login: Type.String(), roles: Type.Array(RoleName), active: Type.Boolean() },
  closed,
);
export type StaffPerson = Static<typeof StaffPerson>;

/** Answer of `/me`. Null when no member of staff is signed in: a page may ask that of anybody, so it is no refusal. */
export const StaffCaller = Type.Union([StaffPerson, Type.Null()]);
export type StaffCaller = Static<typeof StaffCaller>;

export const StaffList = Type.Object(
  { people: Type.Array(StaffPerson), next: Type.Optional(Type.String()) },
  closed,
);
export type StaffList = Static<typeof StaffList>;
export const PersonParams = Type.Object({ user: Id }, closed);

/** What staff see of each other: enough to choose who works with them, no sign-in names. */
export const ColleagueList = Type.Object(
  {
    people: Type.Array(Type.Object({ id: Id, name: Type.String(), roles: Type.Array(RoleName) }, closed)),
    next: Type.Optional(Type.String()),
  },
  closed,
);
export type ColleagueList = Static<typeof ColleagueList>;

export const CandidateSignIn = Type.Object(
  {
    exam: Type.String({ minLength: 1, maxLength: 20 }),
    number: Type.String({ minLength: 1, maxLength: 40 }),
    code: Type.String({ minLength: 1, maxLength: 64 }),
  },
  closed,
);

/** Why a candidate's device is released; a code, because free text has no place in the ledger. */
export const RELEASE_REASONS = ['device-failed', 'device-changed', 'seat-changed', 'wrong-person'] as const;
export const ReleaseReason = Type.Union(RELEASE_REASONS.map((reason) => Type.Literal(reason)));
export type ReleaseReason = Static<typeof ReleaseReason>;
/** How many sessions were ended. */
export const ReleasedSessions = Type.Object({ released: Type.Integer({ minimum: 0 }) }, closed);
export const ReleaseDevice = Type.Object({ reason: ReleaseReason }, closed);

/** What a device asked for, and the proof that the server has heard it. */
const DeviceSecret = Type.String({ pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}$', maxLength: 1000 });
/** A device waits for the proctor: with `request`, which nobody else knows, it asks what has become of it. */
export const DeviceAsked = Type.Object({ request: DeviceSecret, expiresAt: Instant }, closed);
export type DeviceAsked = Static<typeof DeviceAsked>;
export const DeviceClaim = Type.Object({ request: DeviceSecret }, closed);
export const DeviceStands = Type.Object(
  { state: Type.Union([Type.Literal('waiting'), Type.Literal('approved')]), expiresAt: Instant },
  closed,
);
export type DeviceStands = Static<typeof DeviceStands>;

export const DEVICE_KINDS = ['computer', 'tablet', 'phone'] as const;

/** What a proctor may know of a device to find it in the room. */
export const DeviceHint = Type.Object(
  {
    kind: Type.Union(DEVICE_KINDS.map((kind) => Type.Literal(kind))),
    /** The operating system, as its browser names it; empty when it does not. */
    system: Type.String(),
    /** The network of its address: `192.168.1.*`. */
    network: Type.String(),
  },
  closed,
);
export type DeviceHint = Static<typeof DeviceHint>;

/** Devices of an exam that wait, the longest first. */
export const DeviceRequests = Type.Object(
  {
    exam: Id,
    now: Instant,
    requests: Type.Array(
      Type.Object(
        {
          request: Id,
          candidate: Id,
          number: Type.String(),
          name: Type.String(),
          askedAt: Instant,
          expiresAt: Instant,
          device: DeviceHint,
        },
        closed,
      ),
    ),
  },
  closed,
);
export type DeviceRequests = Static<typeof DeviceRequests>;
export type WaitingDevice = DeviceRequests['requests'][number];

export const DeviceRequestParams = Type.Object({ request: Id }, closed);
export const DeviceVerdict = Type.Union([Type.Literal('approve'), Type.Literal('refuse')]);
export type DeviceVerdict = Static<typeof DeviceVerdict>;
export const DecideDevice = Type.Object({ verdict: DeviceVerdict, reason: ReleaseReason }, closed);
export type DecideDevice = Static<typeof DecideDevice>;
export const DeviceDecided = Type.Object({ request: Id, verdict: DeviceVerdict }, closed);
