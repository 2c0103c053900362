import type { TSchema } from '@sinclair/typebox';
import { ERROR_STATUS, PERMISSIONS, Problem, ROLES, type Access } from '#bank/protocol';
import type { Route } from './route.ts';
import { SESSION_COOKIE } from './session.ts';

export interface ApiInfo {
  version: string;
  secureCookies: boolean;
}

const JSON_TYPE = 'application/json';
const PROBLEM_TYPE = 'application/problem+json';
const STATUSES = [...new Set(Object.values(ERROR_STATUS))].toSorted((a, b) => a - b);

/** The OpenAPI 3.1 description of the interface, made from the same declarations that serve it. */
export function openApi(routes: readonly Route[], { version, secureCookies }: ApiInfo): object {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = `/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`;
    (paths[path] ??= {})[route.method] = operation(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Niêm',
      version,
      description:
        'Lists page by cursor: send `next` of a page as `after`. Refusals are problem details (RFC 9457); programs ' +
        'rely on their `code`, people read their `title`, in the language of `accept-language` (vi, en).',
      license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: secureCookies ? SESSION_COOKIE.secure : SESSION_COOKIE.plain,
          description: 'Set by signing in.',
        },
      },
      parameters: { sameSite: SAME_SITE },
      schemas: { Problem },
      responses: Object.fromEntries(STATUSES.map((status) => [`problem${status}`, problem(status)])),
    },
  };
}

/** A form on another site cannot set it, so every call that may change something must. */
const SAME_SITE = {
  name: 'x-niem',
  in: 'header',
  required: true,
  description: 'Shows that the call does not come from a form on another site.',
  schema: { const: '1' },
};

function operation(route: Route): object {
  const { method, access, params, query, upload } = route;
  return {
    operationId: operationId(route),
    summary: route.summary,
    'x-access': access,
    ...(access in PERMISSIONS && { description: `For the roles ${rolesFor(access).join(', ')}.` }),
    security: access === 'public' ? [] : [{ session: [] }],
    parameters: [
      ...parameters(params, 'path'),
      ...parameters(query, 'query'),
      ...(upload ? [FILE_NAME] : []),
      ...(method === 'get' ? [] : [{ $ref: '#/components/parameters/sameSite' }]),
    ],
    ...requestBody(route),
    responses: {
      '2XX': given(route),
      ...Object.fromEntries(
        expectedProblems(route).map((status) => [
          String(status),
          { $ref: `#/components/responses/problem${status}` },
        ]),
      ),
      default: { description: 'Another refusal', content: problemContent({}) },
    },
  };
}

/** `get /exams/:exam/results.xlsx` → `getExamsExamResultsXlsx`. */
function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function rolesFor(access: Access): readonly string[] {
  const table: Partial<Record<Access, readonly string[]>> = PERMISSIONS;
  return table[access] ?? ROLES;
}

const FILE_NAME = {
  name: 'name',
  in: 'query',
  description: 'Name of the file, for messages.',
  schema: { type: 'string' },
};

function parameters(schema: TSchema | null, place: 'path' | 'query'): object[] {
  const properties: Record<string, TSchema> = schema?.['properties'] ?? {};
  const required: string[] = schema?.['required'] ?? [];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function requestBody({ body, upload }: Route): object {
  if (upload) {
    const description = `A file of at most ${upload.maxBytes} bytes.`;
    return { requestBody: { required: true, description, content: { 'application/octet-stream': {} } } };
  }
  return body ? { requestBody: { required: true, content: { [JSON_TYPE]: { schema: body } } } } : {};
}

function given({ response, file }: Route): object {
  if (response) return { description: 'Done', content: { [JSON_TYPE]: { schema: response } } };
  if (file) return { description: 'A file', content: Object.fromEntries(file.map((type) => [type, {}])) };
  return { description: 'Done; the answer is empty' };
}

/** Statuses that guards and checks give to any call of this shape; what verbs refuse is among the codes of all. */
function expectedProblems({ method, access, params, query, body, upload }: Route): number[] {
  const takesBody = body !== null || upload !== null;
  return [
    ...(params || query || takesBody ? [400] : []),
    ...(access === 'public' ? [] : [401]),
    ...(access === 'public' && method === 'get' ? [] : [403]),
    ...(params ? [404] : []),
    ...(takesBody ? [413, 415] : []),
    500,
    503,
  ];
}

function problem(status: number): object {
  const codes = Object.keys(ERROR_STATUS).filter((code) => ERROR_STATUS[code] === status);
  return {
    description: codes.join(', '),
    content: problemContent({ status: { const: status }, code: { enum: codes } }),
  };
}

function problemContent(properties: object): object {
  return { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem', properties } } };
}
