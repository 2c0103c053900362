import {
  CANDIDATE_EVENTS,
  CandidateCaller,
  ChunkAnswer,
  DomainError,
  JoinAnswer,
  KeySet,
  LIMITS,
  NextAnswer,
  PlayAnswer,
  SaveAnswer,
  SealedPaper,
  SubmitAnswer,
  Ticket,
  ViewBoxPath,
  type Refused,
} from '#bank/protocol';
import { defineRoute, Reply, type Origin, type Route } from '#server/http';
import type { Delivery } from './delivery.ts';

/** The header that names a device which has no name yet. */
type NameFor = (origin: Origin) => string | null;

const BOX_TYPE = 'application/octet-stream';

/** The candidate's side over HTTP: the way to a socket, and the same verbs where no socket gets through. */
export function deliveryRoutes(delivery: Delivery, nameFor: NameFor): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/candidate/ticket',
      access: 'candidate',
      summary: 'A ticket for one socket connection within 30 seconds.',
      response: Ticket,
      front: {},
      handle: async ({ actor, session, origin }) => ({
        ticket: await delivery.ticket({ actor, session: session.id, origin: origin.page }),
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/candidate/me',
      access: 'public',
      summary:
        'Exam, seat and state of the caller, the section key only while the attempt is running; null when no candidate is signed in.',
      response: CandidateCaller,
      async handle({ actor, origin }) {
        if (actor?.kind === 'candidate')
          return { ...(await delivery.page(actor)), language: origin.language };
        const name = nameFor(origin);
        return new Reply({ body: null, ...(name !== null && { headers: { 'set-cookie': name } }) });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/candidate/paper',
      access: 'candidate',
      summary: 'The sealed paper of the caller, with the addresses of its boxes.',
      response: SealedPaper,
      front: {},
      handle: ({ actor }) => delivery.paper(actor),
    }),
    defineRoute({
      method: 'get',
      path: '/candidate/boxes/:address',
      access: 'candidate',
      summary: 'A sealed box of the sitting, the same for every candidate; it never changes.',
      params: ViewBoxPath,
      file: [BOX_TYPE],
      front: {},
      handle: async ({ actor, params: { address } }) => boxReply(address, await delivery.box(actor, address)),
    }),
    ...verbRoutes(delivery),
    defineRoute({
      method: 'get',
      path: '/receipt-keys',
      access: 'public',
      summary: 'The public keys of the hand-in receipts, a JWK set.',
      response: KeySet,
      handle: () => delivery.receiptKeys,
    }),
  ];
}

function verbRoutes(delivery: Delivery): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/candidate/join',
      access: 'candidate',
      summary: 'Takes the attempt over for a device.',
      body: CANDIDATE_EVENTS.join,
      response: JoinAnswer,
      handle: ({ actor, body }) => answer(delivery.joinWithoutSocket(actor, body)),
    }),
    defineRoute({
      method: 'post',
      path: '/candidate/save',
      access: 'candidate',
      summary: 'Saves answers; acknowledged when they are durable.',
      body: CANDIDATE_EVENTS.save,
      response: SaveAnswer,
      front: { maxBytes: LIMITS.socketMessageBytes, hasOwnRates: true },
      handle: ({ actor, body }) => answer(delivery.save(actor, body)),
    }),
    defineRoute({
      method: 'post',
      path: '/candidate/chunk',
      access: 'candidate',
      summary:
        'Keeps a piece of an answer that is too long for one message; acknowledged when it is durable.',
      body: CANDIDATE_EVENTS.chunk,
      response: ChunkAnswer,
      front: { maxBytes: LIMITS.socketMessageBytes },
      handle: ({ actor, body }) => answer(delivery.chunk(actor, body)),
    }),
    defineRoute({
      method: 'post',
      path: '/candidate/submit',
      access: 'candidate',
      summary: 'Hands the attempt in; doing it again gives the same receipt.',
      body: CANDIDATE_EVENTS.submit,
      response: SubmitAnswer,
      handle: ({ actor, body }) => answer(delivery.submit(actor, body)),
    }),
    defineRoute({
      method: 'post',
      path: '/candidate/next',
      access: 'candidate',
      summary: 'Leaves a section for good and begins the next; doing it again changes nothing.',
      body: CANDIDATE_EVENTS.next,
      response: NextAnswer,
      handle: ({ actor, body }) => answer(delivery.next(actor, body)),
    }),
    defineRoute({
      method: 'post',
      path: '/candidate/play',
      access: 'candidate',
      summary: 'Gives the key of a recording for one play, which is counted; or tells how it stands.',
      body: CANDIDATE_EVENTS.play,
      response: PlayAnswer,
      handle: ({ actor, body }) => answer(delivery.play(actor, body)),
    }),
  ];
}

/** Whoever keeps copies for a room may keep this one: it opens nothing, and its address is told to candidates only. */
function boxReply(address: string, body: Buffer): Reply {
  const headers = {
    'content-type': BOX_TYPE,
    'content-length': String(body.length),
    'cache-control': 'public, max-age=31536000, immutable',
    etag: `"${address}"`,
  };
  return new Reply({ headers, body });
}

/** A refusal by the rules of the exam is an answer like any other, as on a socket. */
function answer<T>(reply: Promise<T>): Promise<T | Refused> {
  return reply.catch((error: unknown): Refused => {
    if (!(error instanceof DomainError) || error.status !== 409) throw error;
    return { ok: false, code: error.code, values: error.values };
  });
}
