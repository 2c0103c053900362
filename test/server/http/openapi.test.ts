import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { ERROR_STATUS } from '#bank/protocol';
import { openApi } from '#server/http';
import { declaredRoutes } from '../../../server/declared-routes.ts';

interface Operation {
  operationId: string;
  security: object[];
  parameters: { name?: string; in?: string; schema?: object }[];
  requestBody?: { content: Record<string, { schema?: object }> };
  responses: Record<string, { $ref?: string; content?: Record<string, { schema?: object }> }>;
}

/** A type and not an interface, because the validator takes anything with names. */
type Description = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: {
    securitySchemes: object;
    responses: Record<string, { content: Record<string, { schema: { properties: Codes } }> }>;
  };
};

interface Codes {
  code: { enum: string[] };
}

const routes = declaredRoutes();
const description = JSON.parse(
  JSON.stringify(openApi(routes, { version: '1.0.0', secureCookies: true })),
) as Description;
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
);

describe('the description of the interface', () => {
  it('is OpenAPI 3.1', async () => {
    const result = await new Validator().validate(description);
    expect(result).toEqual({ valid: true });
    expect(description.openapi).toBe('3.1.0');
  });

  it('holds every route and nothing else, each under a name of its own', () => {
    const declared = routes.map(
      ({ method, path }) => `${method} /api/v1${path.replaceAll(/:(\w+)/g, '{$1}')}`,
    );
    expect(declared.length).toBeGreaterThan(60);
    expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(declared.toSorted());
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  it('names the parameters that stand in its paths', () => {
    for (const { path, operation } of operations) {
      const named = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  it('holds schemas that JSON Schema 2020-12 can read', () => {
    const ajv = new Ajv2020({ strict: false });
    const contents = operations.flatMap(({ operation: { requestBody, responses, parameters } }) => [
      ...parameters,
      ...Object.values(requestBody?.content ?? {}),
      ...Object.values(responses['2XX']?.content ?? {}),
    ]);
    const schemas = contents.flatMap(({ schema }) => schema ?? []);
    expect(schemas.length).toBeGreaterThan(150);
    for (const schema of schemas) expect(() => ajv.compile(schema)).not.toThrow();
  });

  it('asks for a session wherever the guard does', () => {
    const open = operations.filter(({ operation }) => operation.security.length === 0);
    const declared = routes.filter(({ access }) => access === 'public');
    expect(open).toHaveLength(declared.length);
    expect(open.filter(({ operation }) => '401' in operation.responses)).toEqual([]);
    expect(description.components.securitySchemes).toMatchObject({ session: { name: '__Host-niem' } });
  });

  it('lists every code of a refusal under its status', () => {
    const told = Object.entries(description.components.responses).flatMap(([name, { content }]) =>
      content['application/problem+json']!.schema.properties.code.enum.map((code) => [
        code,
        Number(name.replace('problem', '')),
      ]),
    );
    expect(told.toSorted()).toEqual(Object.entries(ERROR_STATUS).toSorted());
    const refusals = operations.flatMap(({ operation }) => Object.values(operation.responses));
    const named = refusals.flatMap(({ $ref }) => $ref?.replace('#/components/responses/', '') ?? []);
    expect(named.filter((name) => !(name in description.components.responses))).toEqual([]);
  });
});
