/**
 * Build step, run once the sources are compiled: writes the checks of everything that the service takes in, made from
 * the declarations of its routes and events, so that a running server makes no code.
 */
import type { TSchema } from '@sinclair/typebox';
import { CANDIDATE_EVENTS, STAFF_EVENTS } from '#bank/protocol';
import { writeChecks } from '#server/http';
import { declaredRoutes } from './declared-routes.ts';

const routes = declaredRoutes();
const given = (schema: TSchema | null): TSchema[] => (schema ? [schema] : []);

await writeChecks({
  body: [
    ...routes.flatMap(({ body }) => given(body)),
    ...Object.values(CANDIDATE_EVENTS),
    ...Object.values(STAFF_EVENTS),
  ],
  text: routes.flatMap(({ params, query }) => [...given(params), ...given(query)]),
});
