import {
  BankMediaParams,
  BankParams,
  CursorQuery,
  LIMITS,
  MEDIA_TYPES,
  MediaList,
  MediaSummary,
} from '#bank/protocol';
import { defineRoute, Reply, type Route } from '#server/http';
import type { Banks } from './index.ts';

/** Audio and video for questions. */
export function mediaRoutes({ media }: Banks): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/banks/:bank/media',
      heavy: true,
      access: 'items.write',
      summary: 'Keeps an audio or video file; what it is, is told by its content.',
      params: BankParams,
      upload: { maxBytes: LIMITS.mediaBytes },
      response: MediaSummary,
      handle: async ({ actor, params, upload }) => {
        const file = upload ?? { bytes: Buffer.alloc(0), name: '' };
        return new Reply({ status: 201, body: await media.upload(actor, params.bank, file) });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/banks/:bank/media',
      access: 'banks.read',
      summary: 'Audio and video of a bank, newest first.',
      params: BankParams,
      query: CursorQuery,
      response: MediaList,
      handle: ({ actor, params, query }) => media.list(actor, params.bank, query.after),
    }),
    defineRoute({
      method: 'get',
      path: '/banks/:bank/media/:media',
      heavy: true,
      access: 'banks.read',
      summary: 'An audio or video file, for who writes or reviews questions; recorded.',
      params: BankMediaParams,
      file: [...MEDIA_TYPES],
      handle: async ({ actor, params }) => {
        const { type, bytes } = await media.read(actor, params.bank, params.media);
        return new Reply({ headers: { 'content-type': type }, body: bytes });
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/banks/:bank/media/:media',
      access: 'items.write',
      summary: 'Deletes an audio or video file that no question has used.',
      params: BankMediaParams,
      handle: ({ actor, params }) => media.remove(actor, params.bank, params.media),
    }),
  ];
}
