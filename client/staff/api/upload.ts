import type { Problem } from '#bank/protocol';
import { currentLanguage } from '../words/language.ts';
import { ApiError, sessionIsOver, UNREACHABLE } from './client.ts';

/**
 * Sends a file and tells how much of it is on its way, from 0 to 1, which only the older interface of browsers can.
 *
 * @throws ApiError
 */
export function uploadWithProgress<T>(
  path: string,
  file: File,
  onProgress: (part: number) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1${path}?name=${encodeURIComponent(file.name)}`);
    request.responseType = 'json';
    request.setRequestHeader('x-niem', '1');
    request.setRequestHeader('accept-language', currentLanguage());
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    );
    request.addEventListener('loadend', () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as T);
      else reject(refusalIn(request));
    });
    request.send(file);
  });
}

function refusalIn({ response }: XMLHttpRequest): ApiError {
  const problem = response as Partial<Problem> | null;
  const error = new ApiError({
    code: problem?.code ?? UNREACHABLE,
    title: problem?.title ?? '',
    ...(problem?.values && { values: problem.values }),
  });
  return error.code === 'sign-in-required' ? sessionIsOver(error) : error;
}
