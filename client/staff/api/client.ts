import type { Problem } from '#bank/protocol';
import { currentLanguage } from '../words/language.ts';

export type ProblemValues = Record<string, string | number>;

/** A refusal of the server. `message` is a sentence for the reader; it is empty when no answer came. */
export class ApiError extends Error {
  readonly code: string;
  readonly values: ProblemValues;
  constructor({ code, title, values = {} }: Pick<Problem, 'code' | 'title'> & { values?: ProblemValues }) {
    super(title);
    this.name = 'ApiError';
    this.code = code;
    this.values = values;
  }
}

/** Code of an `ApiError` that stands for "no answer came". */
export const UNREACHABLE = 'unreachable';

const SIGNED_OUT = 'sign-in-required';

const sessionEnded = new Set<() => void>();

/** Calls `tell` whenever the server says that the session is over; returns how to stop that. */
export function onSessionEnded(tell: () => void): () => void {
  sessionEnded.add(tell);
  return () => sessionEnded.delete(tell);
}

async function send(method: string, path: string, type?: string, body?: string | Blob): Promise<Response> {
  const headers: Record<string, string> = { 'x-niem': '1', 'accept-language': currentLanguage() };
  if (type !== undefined) headers['content-type'] = type;
  const init = { method, headers, ...(body !== undefined && { body }) };
  const answer = await fetch(`/api/v1${path}`, init).catch(() => null);
  if (!answer) throw new ApiError({ code: UNREACHABLE, title: '' });
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => null)) as Partial<Problem> | null;
  const error = new ApiError({
    code: problem?.code ?? UNREACHABLE,
    title: problem?.title ?? '',
    ...(problem?.values && { values: problem.values }),
  });
  throw error.code === SIGNED_OUT ? sessionIsOver(error) : error;
}

/** Tells everybody that the session is over; gives what is to be thrown. */
export function sessionIsOver(error = new ApiError({ code: SIGNED_OUT, title: '' })): ApiError {
  for (const tell of sessionEnded) tell();
  return error;
}

async function json<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await (method === 'GET' || method === 'DELETE'
    ? send(method, path)
    : send(method, path, 'application/json', JSON.stringify(body ?? {})));
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** The HTTP interface under `/api/v1`; every verb throws `ApiError`. */
export const api = {
  get: <T>(path: string) => json<T>('GET', path),
  post: <T = void>(path: string, body?: unknown) => json<T>('POST', path, body),
  put: <T = void>(path: string, body?: unknown) => json<T>('PUT', path, body),
  patch: <T = void>(path: string, body?: unknown) => json<T>('PATCH', path, body),
  remove: <T = void>(path: string) => json<T>('DELETE', path),

  /** The file itself, to be shown on the page. */
  blob: async (path: string) => (await send('GET', path)).blob(),

  /** Sends a file; its name is only for the server's messages. */
  async upload<T>(path: string, file: File): Promise<T> {
    const target = `${path}${path.includes('?') ? '&' : '?'}name=${encodeURIComponent(file.name)}`;
    const answer = await send('POST', target, 'application/octet-stream', file);
    return (await answer.json()) as T;
  },

  /** Fetches a file and hands it to the browser's downloads under the name that the server gives it. */
  async download(path: string, body?: unknown): Promise<void> {
    const answer = await (body === undefined
      ? send('GET', path)
      : send('POST', path, 'application/json', JSON.stringify(body)));
    const given = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
    const address = URL.createObjectURL(await answer.blob());
    const link = document.createElement('a');
    link.href = address;
    link.download = given ? decodeURIComponent(given) : (path.split('/').pop() ?? 'niem');
    link.click();
    URL.revokeObjectURL(address);
  },
};
