import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { Conflict, InvalidQuery, StandbyMissing, Unavailable } from '#server/storage';
import { DomainError, sentence, type Language, type Problem, type Refused } from '#bank/protocol';

/**
 * Turns whatever was thrown into problem details. Only a `DomainError` says more than "internal error": anything
 * else is logged under an opaque incident number, and the caller gets that number.
 */
export function toProblem(error: unknown, language: Language, log: Logger): Problem {
  const domain = error instanceof DomainError ? error : (fromFramework(error) ?? fromStorage(error));
  if (domain) {
    const title = sentence(domain.code, domain.values, language);
    return {
      type: `urn:niem:error:${domain.code}`,
      title,
      status: domain.status,
      code: domain.code,
      ...(Object.keys(domain.values).length > 0 && { values: domain.values }),
    };
  }
  const incident = randomBytes(6).toString('hex');
  const unavailable = error instanceof Unavailable;
  const conflict = error instanceof Conflict;
  const code = unavailable ? 'unavailable' : conflict ? 'conflict' : 'internal';
  if (!conflict) log.error({ incident, err: error }, 'request failed');
  return {
    type: `urn:niem:error:${code}`,
    title: sentence(code, { incident }, language),
    status: unavailable ? 503 : conflict ? 409 : 500,
    code,
    incident,
  };
}

/** A refusal as it goes over a socket; anything unexpected is logged and told by its code alone. */
export function refusalOf(error: unknown, log: Logger): Refused {
  const { code, values } = toProblem(error, 'en', log);
  return { ok: false, code, ...(values && { values }) };
}

/** A resume key that is none is the caller's mistake; a lost standby is in the log already. Other errors are ours. */
function fromStorage(error: unknown): DomainError | null {
  if (error instanceof StandbyMissing) return new DomainError('standby-missing', 503);
  const isQuery = error instanceof InvalidQuery;
  return isQuery
    ? new DomainError('invalid-input', 400, { where: 'after', reason: 'not a page of this list' })
    : null;
}

/** The router refuses an address that is not UTF-8; errors of the body readers carry a `type` (body-parser). */
function fromFramework(error: unknown): DomainError | null {
  if (error instanceof URIError && 'status' in error) return new DomainError('not-found', 404);
  if (!(error instanceof Error) || !('type' in error)) return null;
  const kind = String(error.type);
  if (kind === 'entity.too.large') {
    const limit = 'limit' in error ? Number(error.limit) : 0;
    return new DomainError('too-large', 413, { megabytes: Math.max(1, Math.floor(limit / 1_048_576)) });
  }
  if (/^(entity|encoding|charset|request)\./.test(kind)) {
    return new DomainError('invalid-input', 400, { where: '/', reason: 'the body cannot be read' });
  }
  return null;
}
