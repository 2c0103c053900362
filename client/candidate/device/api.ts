/** A refusal of the server, or `unreachable` when no answer came; `message` is a sentence for a person. */
export class ApiError extends Error {
  declare readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
  }
}

export const UNREACHABLE = 'unreachable';
export const SIGNED_OUT = 'sign-in-required';

/** What the page needs of HTTP: the candidate's part of the interface. */
export interface Api {
  /** `onBytes` hears how many bytes of the answer have come. */
  get<T>(path: string, onBytes?: (bytes: number) => void): Promise<T>;
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

async function read(answer: Response, onBytes: (bytes: number) => void): Promise<string> {
  const decoder = new TextDecoder();
  const reader = answer.body?.getReader();
  let text = '';
  let bytes = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    text += decoder.decode(part.value, { stream: true });
    onBytes((bytes += part.value.length));
  }
  return text;
}

/** Talks to `/api/v1/candidate`; sentences of refusals come in the language that `language` gives. */
export function createApi(language: () => string): Api {
  async function call<T>(
    path: string,
    options: RequestInit,
    onBytes: (bytes: number) => void = () => {},
  ): Promise<T> {
    const headers: Record<string, string> = { 'x-niem': '1', 'accept-language': language() };
    if (options.body) headers['content-type'] = 'application/json';
    const { signal, hear, end } = listen();
    try {
      const answer = await fetch(`/api/v1/candidate/${path}`, { ...options, headers, signal });
      const text = await read(answer, (bytes) => {
        hear();
        onBytes(bytes);
      });
      const isJson = answer.headers.get('content-type')?.includes('json');
      if (answer.ok) return (isJson ? JSON.parse(text) : undefined) as T;
      if (isJson) {
        const { code, title } = JSON.parse(text);
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
    get: (path, onBytes) => call(path, {}, onBytes),
    post: (path, body) =>
      call(path, { method: 'POST', ...(body !== undefined && { body: JSON.stringify(body) }) }),
  };
}
