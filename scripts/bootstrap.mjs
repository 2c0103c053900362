/**
 * Entry of every npm script. Uses no dependency, because it is what installs them: checks Node, installs the
 * locked packages when they are missing or out of date, builds when a source changed, then hands over.
 *
 *   node scripts/bootstrap.mjs build | test [vitest arguments] | check | bench | bench:assembly | load | <niem subcommand> [arguments]
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** npm writes it when it has installed. */
const installed = join(root, 'node_modules', '.package-lock.json');
const buildStamp = join(root, 'dist', '.niem-source-hash');
const SOURCES = [
  'bank',
  'server',
  'client',
  'scripts',
  'load',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

const [command = 'serve', ...rest] = process.argv.slice(2);
process.chdir(root);
requireNode();
installDependencies();
if (command === 'check') check();
else {
  build(command === 'build');
  if (command === 'test') run('test', binary('vitest', 'vitest.mjs'), ['run', ...rest]);
  else if (command !== 'build') {
    if (command === 'bench:assembly') handOver(join('load', 'assembly', 'bench.js'), rest);
    else if (command === 'bench' || command === 'load') handOver(join('load', `${command}.js`), rest);
    else handOver(join('scripts', 'niem.js'), command === 'niem' ? rest : [command, ...rest]);
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Niêm needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer one from nodejs.org.`,
  );
  process.exit(2);
}

function installDependencies() {
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  console.error('Installing the locked dependencies …');
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--no-fund', '--no-audit', '--ignore-scripts', '--loglevel=error'];
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.status !== 0) fail('The dependencies could not be installed', result);
}

function build(force) {
  const wanted = hash(SOURCES.flatMap(contents));
  if (!force && existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === wanted) return;
  console.error('Building …');
  rmSync('dist', { recursive: true, force: true });
  mkdirSync('dist', { recursive: true });
  run('compile', binary('typescript', 'bin/tsc'), ['-p', 'tsconfig.build.json']);
  run('checks', join('dist', 'server', 'build.js'), []);
  if (existsSync('client/build.mjs')) run('client build', 'client/build.mjs', []);
  writeFileSync(buildStamp, wanted);
}

/** The server outlives this call, so signals are passed on to it and its exit code is ours. */
function handOver(program, args) {
  const child = spawn(process.execPath, [join('dist', program), ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

function check() {
  run('types', binary('typescript', 'bin/tsc'), ['-p', 'tsconfig.json']);
  run('client types', binary('typescript', 'bin/tsc'), ['-p', 'client/tsconfig.json', '--noEmit']);
  run('worker types', binary('typescript', 'bin/tsc'), [
    '-p',
    'client/candidate/worker/tsconfig.json',
    '--noEmit',
  ]);
  run('lint', binary('oxlint', 'bin/oxlint'), ['--deny-warnings', '.']);
  run('format', binary('prettier', 'bin/prettier.cjs'), ['--check', '--log-level=warn', '.']);
  console.log('types, lint and formatting are clean');
}

/** Runs a Node program; its ordinary output goes to stderr while building, so that `--json` stays one line. */
function run(name, script, args) {
  const quiet = name === 'compile' || name === 'client build';
  const result = spawnSync(process.execPath, [script, ...args], {
    stdio: ['inherit', quiet ? 2 : 'inherit', 'inherit'],
  });
  if (result.status !== 0) fail(`Step "${name}" failed`, result);
}

function binary(packageName, path) {
  return join('node_modules', packageName, path);
}

function contents(path) {
  if (!existsSync(path)) return [];
  if (/\.[a-z]+$/.test(path)) return [Buffer.from(path), readFileSync(path)];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((file) => [Buffer.from(file), readFileSync(file)]);
}

function hash(chunks) {
  const digest = createHash('sha256');
  for (const chunk of chunks) digest.update(String(chunk.length)).update(':').update(chunk);
  return digest.digest('hex');
}

function fail(message, result) {
  console.error(`${message}${result.error ? `: ${result.error.message}` : ` (exit code ${result.status}).`}`);
  process.exit(result.status || 1);
}
