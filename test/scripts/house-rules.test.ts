import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../support/temp-dir.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Lints a folder that has the configuration of the house and these files; exit code and report. */
function lint(files: Record<string, string>) {
  const folder = tempDir();
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const result = spawnSync(process.execPath, [oxlint, '--deny-warnings', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: result.status, report: result.stdout };
}

const from = (module: string) => `import { x } from '${module}';\nexport const y = x;\n`;

describe('the lint step', () => {
  it('lets an import pass that follows the arrows', () => {
    expect(lint({ 'server/exams/file.ts': from('#bank/marks') })).toMatchObject({ code: 0 });
  });

  it.each([
    ['bank/marks/file.ts', '#server/exams', 'no-restricted-imports'],
    ['bank/marks/file.ts', '../../server/config.ts', 'no-restricted-imports'],
    ['bank/marks/file.ts', '../item/schema.ts', 'no-restricted-imports'],
    ['bank/marks/file.ts', 'node:fs', 'no-restricted-imports'],
    ['bank/marks/file.ts', 'fs', 'prefer-node-protocol'],
    ['client/core/file.ts', '#server/exams', 'no-restricted-imports'],
    ['server/exams/file.ts', '../banks/routes.ts', 'no-restricted-imports'],
    ['server/exams/file.ts', '../../client/core/clock.ts', 'no-restricted-imports'],
    ['scripts/verify/file.ts', '#bank/ledger', 'no-restricted-imports'],
  ])('refuses %s importing %s', (file, module, rule) => {
    const { code, report } = lint({ [file]: from(module) });
    expect(code).toBe(1);
    expect(report).toContain(rule);
  });

  it('refuses a circle', () => {
    const { code, report } = lint({
      'bank/marks/one.ts': "import { two } from './two.ts';\nexport const one = () => two;\n",
      'bank/marks/two.ts': "import { one } from './one.ts';\nexport const two = () => one;\n",
    });
    expect(code).toBe(1);
    expect(report).toContain('no-cycle');
  });
});
