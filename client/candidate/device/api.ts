/** A refusal of the server, or `unreachable` when no answer came; `message` is a sentence for a person. */
export class ApiError extends Error {
  declare readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
  }
}

const BOX_TYPE = 'application/octet-stream';
export const UNREACHABLE = 'unreachable';
export const SIGNED_OUT = 'sign-in-required';

/** What the page needs of HTTP: the candidate's part of the interface. */
export interface Api {
  /** JSON, or the bytes of a box; undefined when something else than the server has answered. */
  get<T>(path: string): Promise<T>;
  post<T = void>(path: string, body?: unknown): Promise<T>;
}

/** A call during which nothing arrives for this long has failed, in ms. */
const SILENCE = 15_000;

/** Gives a call up when nothing has been heard for too long. */
function listen() {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  const hear = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), SILENCE);
  };
  hear();
  return { signal: controller.signal, hear, end: () => clearTimeout(timer) };
}

/** The whole answer, piece by piece. */
async function read({ body }: Response, hear: () => void): Promise<Response> {
  const reader = body?.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parts.push(part.value);
    hear();
  }
  return new Response(new Blob(parts));
}

/** Talks to `/api/v1/candidate`; sentences of refusals come in the language that `language` gives. */
export function createApi(language: () => string): Api {
  async function call<T>(path: string, options: RequestInit): Promise<T> {
    const headers: Record<string, string> = { 'x-niem': '1', 'accept-language': language() };
    if (options.body) headers['content-type'] = 'application/json';
    const { signal, hear, end } = listen();
    try {
      const answer = await fetch(`/api/v1/candidate/${path}`, { ...options, headers, signal });
      const whole = await read(answer, hear);
      const type = answer.headers.get('content-type');
      const isJson = type?.includes('json');
      if (answer.ok && isJson) return await whole.json();
      if (answer.ok) return (type === BOX_TYPE ? new Uint8Array(await whole.arrayBuffer()) : undefined) as T;
      if (isJson) {
        const { code, title } = await whole.json();
        throw new ApiError(code, title);
      }
    } catch (error) {
      if (error instanceof ApiError) throw error;
    } finally {
      end();
    }
    throw new ApiError(UNREACHABLE, '');
  }
  return {
    get: (path) => call(path, {}),
    post: (path, body) =>
      call(path, { method: 'POST', ...(body !== undefined && { body: JSON.stringify(body) }) }),
  };
}
