import type { JobView, Problem } from '#bank/protocol';

/** An error answer of the server, with its stable code and its sentence. */
export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

/** Speaks to a Niêm server over its public interface, keeping the session cookie of one person. */
export class ApiClient {
  readonly base: string;
  readonly language: 'vi' | 'en';
  cookie = '';

  constructor(base: string, language: 'vi' | 'en' = 'vi') {
    this.base = base.replace(/\/$/, '');
    this.language = language;
  }

  get<T>(path: string): Promise<T> {
    return this.#json<T>('GET', path);
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.#json<T>('POST', path, body);
  }

  put<T>(path: string, body?: unknown): Promise<T> {
    return this.#json<T>('PUT', path, body);
  }

  /** Sends a file; `name` is only for the server's messages. */
  async upload<T>(path: string, bytes: Uint8Array, name: string): Promise<T> {
    const target = `${path}${path.includes('?') ? '&' : '?'}name=${encodeURIComponent(name)}`;
    const response = await this.#send('POST', target, 'application/octet-stream', Buffer.from(bytes));
    return (await response.json()) as T;
  }

  async download(path: string): Promise<Buffer> {
    const response = await this.#send('GET', path);
    return Buffer.from(await response.arrayBuffer());
  }

  /** Follows a job to its end; `onProgress` is told each change. */
  async finished<T>(job: JobView, onProgress?: (done: number, total: number) => void): Promise<T> {
    let view = job;
    while (view.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 100));
      view = await this.get<JobView>(`/jobs/${job.id}`);
      onProgress?.(view.done, view.total);
    }
    if (view.state === 'done') return view.result as T;
    const code = view.error?.code ?? 'cancelled';
    const values = view.error?.values ?? {};
    throw new ApiError({ type: `urn:niem:error:${code}`, title: code, status: 409, code, values });
  }

  async #json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const sent = method === 'GET' ? undefined : JSON.stringify(body ?? {});
    const response = await this.#send(method, path, 'application/json', sent);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  async #send(
    method: string,
    path: string,
    type?: string,
    body?: string | Buffer<ArrayBuffer>,
  ): Promise<Response> {
    const headers: Record<string, string> = { 'x-niem': '1', 'accept-language': this.language };
    if (this.cookie) headers['cookie'] = this.cookie;
    if (type && body !== undefined) headers['content-type'] = type;
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    const session = response.headers.getSetCookie()[0]?.split(';')[0];
    if (session) this.cookie = session;
    if (response.ok) return response;
    throw new ApiError((await response.json()) as Problem);
  }
}
