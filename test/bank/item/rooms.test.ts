import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ITEM_KINDS } from '#bank/protocol';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

function resolve(specifier: string, from: string): string {
  if (specifier.startsWith('.')) return join(dirname(from), specifier);
  return specifier.startsWith('#') ? join(ROOT, `${specifier.slice(1)}/index.ts`) : specifier;
}

/** Every file and package that a module loads, types left out. */
function loaded(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!file.endsWith('.ts')) return seen;
  const source = readFileSync(file, 'utf8');
  for (const [, specifier = ''] of source.matchAll(/^(?:import|export)(?! type\b)[^;]*?from '([^']+)';/gm)) {
    loaded(resolve(specifier, file), seen);
  }
  return seen;
}

describe('what a candidate’s page loads with the item kinds', () => {
  const names = [...loaded(join(ROOT, 'bank/item/index.ts'))].map((name) => name.replace(ROOT, ''));

  it('is all of the kinds', () => {
    expect(names.filter((name) => name.endsWith('/view.ts'))).toHaveLength(ITEM_KINDS.length);
  });

  it('has no scoring, no marks, no formula engine and nothing of Node in it', () => {
    expect(
      names.filter((name) => /score|scoring|bank\/marks|katex|re2js|expression|\/math\/|^node:/.test(name)),
    ).toEqual([]);
  });
});
