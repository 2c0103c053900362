import type { Route } from '#server/http';
import { apiRoutes, type Modules } from './app.ts';

/** Stands in for modules: what a route is made of is known without them. */
const nobody: unknown = new Proxy({}, { get: () => nobody });

/** Every route as it is declared, for whoever describes the interface; none of them can be called. */
export function declaredRoutes(): Route[] {
  return apiRoutes(nobody as Modules);
}
