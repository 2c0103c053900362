import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const sentences = readFileSync(here('../../../server/delivery/CONTRACT.md'), 'utf8')
  .split(/\n(?=- |## )/)
  .filter((part) => part.startsWith('- '));

it('has sentences', () => {
  expect(sentences.length).toBeGreaterThan(15);
});

it.each(sentences)('names a test that is there: %s', (sentence) => {
  const [, file = '', title = ''] = /`([\w/.-]+)` › ([\s\S]+)$/.exec(sentence) ?? [];
  const path = here(`../../${file}`);
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8')).toContain(title.trim());
});
