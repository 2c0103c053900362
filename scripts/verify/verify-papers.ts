/** `niem verify-papers`: derives every paper of a closed exam again, from its publication file and nothing else. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Failure } from './verify-papers-cells.ts';
import { checkFrame, checkPapers, type Expected } from './verify-papers-check.ts';
import { NotAPublication, readPublication, type Publication } from './verify-papers-file.ts';

const USAGE = `Usage: niem verify-papers FILE [options]

Derives every paper of an exam again from its publication file, without server or database, and checks the seed
commitment, the hashes of snapshot, blueprint, roster and manifest, every paper, and every cell of the blueprint.
Of forms that candidates share it counts every rule (cells, bands, uses, overlaps) and derives who got which.

  --commitment HEX  the seed commitment as it stands in the log since the exam was created
  --manifest HEX    the manifest hash as it stands in the log since the exam was sealed
  --json            print one JSON object on one line
  --help            print this

Exit code: 0 everything agrees, 1 something does not, 2 the file or the options cannot be used.`;

interface Options extends Expected {
  file: string;
  json: boolean;
}

/** @returns the exit code */
export async function main(argv: string[]): Promise<number> {
  let options: Options | null;
  try {
    options = readOptions(argv);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${USAGE}\n`);
    return 2;
  }
  if (!options) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  try {
    const publication = readPublication(JSON.parse(await readFile(options.file, 'utf8')));
    return verify(publication, options);
  } catch (error) {
    return unusable(error, options);
  }
}

function readOptions(argv: string[]): Options | null {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      commitment: { type: 'string' },
      manifest: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error('Name one publication file.');
  return { file, json: values.json, commitment: values.commitment, manifest: values.manifest };
}

function verify(publication: Publication, options: Options): number {
  const count = publication.papers.length;
  const progress = process.stderr.isTTY && !options.json;
  const failures = [
    ...checkFrame(publication, options),
    ...checkPapers(publication, (done) => {
      if (progress && (done % 500 === 0 || done === count)) process.stderr.write(`\r${done}/${count} papers`);
    }),
  ];
  if (progress) process.stderr.write('\n');
  report(publication, failures, options.json);
  return failures.length === 0 ? 0 : 1;
}

function report(publication: Publication, failures: readonly Failure[], json: boolean): void {
  const { exam, papers, manifestHash, seed } = publication;
  const badPapers = new Set(failures.flatMap(({ attempt }) => attempt ?? []));
  const verified = papers.length - badPapers.size;
  const ok = failures.length === 0;
  if (json) {
    const figures = { ok, exam, papers: papers.length, verified, commitment: seed.commitment, manifestHash };
    process.stdout.write(`${JSON.stringify({ ...figures, failures: failures.slice(0, 100) })}\n`);
    return;
  }
  process.stdout.write(`Exam ${exam}: ${verified} of ${papers.length} papers derived again alike\n`);
  process.stdout.write(`Seed commitment ${seed.commitment}\nManifest hash   ${manifestHash}\n`);
  for (const { check, message } of failures.filter(({ attempt }) => attempt === undefined))
    process.stdout.write(`FAILED ${check}: ${message}\n`);
  const first = failures.find(({ attempt }) => attempt !== undefined);
  if (first) process.stdout.write(`FAILED first bad paper, attempt ${first.attempt}: ${first.message}\n`);
  process.stdout.write(
    ok
      ? 'All papers are what seed, roster, blueprint and snapshot give.\n'
      : 'This publication does not agree with itself. Ask for the original file, and compare both hashes with the log.\n',
  );
}

function unusable(error: unknown, { file, json }: Options): number {
  const reason =
    error instanceof NotAPublication
      ? `it is not a publication file: ${error.message}`
      : error instanceof SyntaxError
        ? 'it is not JSON'
        : messageOf(error);
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, error: reason })}\n`);
  else process.stderr.write(`${file} cannot be used: ${reason}\n`);
  return 2;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
