import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import {
  ASSEMBLY_DATA_ERRORS,
  BANKS_ERRORS,
  FORMATS_ERRORS,
  ITEM_ERRORS,
  MESSAGES,
  PARAMETRIC_ERRORS,
} from '#bank/protocol';

const root = fileURLToPath(new URL('../../../', import.meta.url));

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

it('every refusal and remark of banks and formats has a sentence', () => {
  const all = [...sources('bank/formats'), ...sources('server/banks')].join('\n');
  const named = [
    ...all.matchAll(/(?:refuse|warn|DomainError|refuseRow)\(\s*(?:context,\s*|row,\s*)?'([a-z-]+)'/g),
  ];
  const codes = new Set(named.map(([, code]) => code ?? ''));
  expect(codes.size).toBeGreaterThan(60);
  expect([...codes].filter((code) => !Object.hasOwn(MESSAGES, code))).toEqual([]);
});

it('every refusal of a verb is in the table of its module, with its status', () => {
  const known: Record<string, number> = {
    ...ASSEMBLY_DATA_ERRORS,
    ...BANKS_ERRORS,
    ...FORMATS_ERRORS,
    ...ITEM_ERRORS,
    ...PARAMETRIC_ERRORS,
    'not-found': 404,
    forbidden: 403,
  };
  const all = [...sources('bank/formats'), ...sources('server/banks')].join('\n');
  const thrown = [...all.matchAll(/DomainError\(\s*'([a-z-]+)',\s*(\d+)/g)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(thrown.filter(([code, status]) => known[String(code)] !== status)).toEqual([]);
});
