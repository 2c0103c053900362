import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { personOf, type SessionInfo } from './session.ts';

/**
 * Takes a place among the large pieces of work of the caller, before the body is read: so many files of one person at
 * most are in memory. It is free again when the request is dealt with, also where nobody waits for the answer.
 */
export function takePlace(reserve: (person: string) => () => void): RequestHandler {
  return (_request: Request, response: Response, next: NextFunction): void => {
    const session: SessionInfo = response.locals['session'];
    const free = reserve(personOf(session));
    response.locals['free'] = free;
    response.once('close', () => {
      if (!response.locals['isBeingHandled']) free();
    });
    next();
  };
}

/** Handles a request, and frees its place when that is done. */
export async function inItsPlace(response: Response, handle: () => Promise<void>): Promise<void> {
  response.locals['isBeingHandled'] = true;
  try {
    await handle();
  } finally {
    response.locals['free']?.();
  }
}
