import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit, type Options } from 'express-rate-limit';
import { DomainError } from '#bank/protocol';
import { personOf } from './session.ts';

/** Requests in a minute: of one person, and of all at one address who are not signed in. */
export interface RequestRates {
  person: number;
  address: number;
}

/** A page sends some dozens in a busy minute, and a whole school may sign in behind one address. */
export const REQUEST_RATES: RequestRates = { person: 3_000, address: 20_000 };

const WINDOW_MS = 60_000;
/** Whoever has an IPv6 address has a whole network of them. */
const IPV6_NETWORK = 64;

/** What stands for the sender of a request where its address is counted. */
export function networkOf(ip: string): string {
  return ipKeyGenerator(ip, IPV6_NETWORK);
}

/**
 * Refuses the requests of one person, or of strangers at one address, that are more than anybody needs. It stands
 * behind the look at the session and in front of everything that takes work; saving answers does not pass through it.
 */
export function limitRequests({ person, address }: RequestRates): RequestHandler {
  const common: Partial<Options> = {
    windowMs: WINDOW_MS,
    standardHeaders: false,
    legacyHeaders: false,
    validate: false,
    requestPropertyName: 'rate',
    handler: refuse,
  };
  const ofPerson = rateLimit({
    ...common,
    limit: person,
    keyGenerator: (_request, response) => personOf(response.locals['session']),
  });
  const ofAddress = rateLimit({
    ...common,
    limit: address,
    keyGenerator: (request) => networkOf(request.ip ?? ''),
  });
  return (request, response, next) =>
    (response.locals['session'] ? ofPerson : ofAddress)(request, response, next);
}

function refuse(request: Request, _response: Response, next: NextFunction): void {
  const { resetTime } = (request as Request & { rate: { resetTime?: Date } }).rate;
  const milliseconds = (resetTime?.getTime() ?? 0) - Date.now();
  next(new DomainError('too-many-requests', 429, { seconds: Math.max(1, Math.ceil(milliseconds / 1000)) }));
}
