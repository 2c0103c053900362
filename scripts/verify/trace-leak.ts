/** `niem trace-leak`: names the papers that show some questions and options in the order of a photo. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { deal } from './verify-papers-deal.ts';
import { Drawer, hashOf, type Slot } from './verify-papers-draw.ts';
import { NotAPublication, readPublication, type Publication } from './verify-papers-file.ts';
import { publishedForms } from './verify-papers-forms.ts';
import { heldFor, mayBeDrawn } from './verify-papers-targets.ts';

const USAGE = `Usage: niem trace-leak FILE --seen=ITEM[:OPTION,OPTION…] [--seen=…] [--json]

Derives every paper of an exam again from its publication file and names the attempts whose papers show these
questions in this order, from above, and the options of each in the order given. Questions and options in between
may be left out. Items and options go by the ids of the publication file; the beginning of an item's id will do.
Where candidates share forms, the codes of the forms that fit are named too.

  --seen=…   one question of the photo; repeat it for each, in their order
  --json     print one JSON object on one line
  --help     print this

Exit code: 0 some papers fit, 1 none does, 2 the file or the options cannot be used.`;

/** A question as it is seen on a photo. */
interface Seen {
  item: string;
  options: string[];
}

/** @returns the exit code */
export async function main(argv: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        seen: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new Error('Name one publication file.');
    if (values.seen.length === 0) throw new Error('Name at least one question with --seen.');
    const publication = readPublication(JSON.parse(await readFile(file, 'utf8')));
    const traced = trace(publication, values.seen.map(readSeen(publication)));
    report(publication, traced, values.json);
    return traced.attempts.length + (traced.forms?.length ?? 0) > 0 ? 0 : 1;
  } catch (error) {
    const reason =
      error instanceof NotAPublication ? `not a publication file: ${error.message}` : String(error);
    process.stderr.write(`${reason}\n\n${USAGE}\n`);
    return 2;
  }
}

function readSeen({ snapshot }: Publication): (text: string) => Seen {
  return (text) => {
    const [beginning = '', options = ''] = text.split(':');
    const matching = snapshot.filter(({ item }) => item.startsWith(beginning));
    const [found] = matching;
    if (!found || beginning === '') throw new Error(`No item of this exam begins with "${beginning}".`);
    if (matching.length > 1)
      throw new Error(`${matching.length} items begin with "${beginning}": give more of it.`);
    const names = options === '' ? [] : options.split(',');
    const unknown = names.find((name) => !found.parts.includes(name));
    if (unknown !== undefined) throw new Error(`${found.item} has no option "${unknown}".`);
    return { item: found.item, options: names };
  };
}

/** What fits: attempts, and of an exam with forms their codes, also of one that nobody got. */
interface Traced {
  attempts: string[];
  forms?: string[];
}

function trace(publication: Publication, seen: readonly Seen[]): Traced {
  return publication.forms ? traceForms(publication, seen) : { attempts: tracePapers(publication, seen) };
}

/** Attempts have the paper of the form whose hash is published for them; without such a form it is an error. */
function traceForms(publication: Publication, seen: readonly Seen[]): Traced {
  const forms = publishedForms(publication);
  const known = new Set(forms.map(({ hash }) => hash));
  const strange = publication.papers.find(({ paperHash }) => !known.has(paperHash));
  if (strange) throw underivable(strange.attempt);
  const fitting = forms.filter(({ slots }) => fits(slots, seen));
  const hashes = new Set(fitting.map(({ hash }) => hash));
  return {
    attempts: publication.papers.flatMap(({ attempt, paperHash }) => (hashes.has(paperHash) ? attempt : [])),
    forms: fitting.map(({ code }) => code),
  };
}

function underivable(attempt: string): Error {
  return new Error(`The paper of ${attempt} cannot be derived: run niem verify-papers first.`);
}

/** Attempts whose derived papers fit; a paper that is not what was published is an error. */
function tracePapers(publication: Publication, seen: readonly Seen[]): string[] {
  const { manifest, papers } = publication;
  const drawer = new Drawer(publication);
  const rows =
    manifest.algorithm === 'niem-deal/1' ? deal(drawer, papers.length, heldFor(publication, drawer)) : [];
  const accepts = mayBeDrawn(publication, drawer);
  return papers.flatMap(({ attempt, redraw, paperHash }, index) => {
    const slots = drawer.paper(attempt, redraw, rows[index], accepts);
    if (hashOf({ slots }) !== paperHash) throw underivable(attempt);
    return fits(slots, seen) ? attempt : [];
  });
}

function fits(slots: readonly Slot[], seen: readonly Seen[]): boolean {
  const items = slots.map(({ item }) => item);
  if (
    !inOrder(
      items,
      seen.map(({ item }) => item),
    )
  )
    return false;
  const orders = new Map(slots.map(({ item, order }) => [item, order]));
  return seen.every(({ item, options }) => inOrder(orders.get(item) ?? [], options));
}

/** Whether all the wanted stand in the list, one after the other. */
function inOrder(list: readonly string[], wanted: readonly string[]): boolean {
  const places = wanted.map((one) => list.indexOf(one));
  return places.every((place, at) => place >= 0 && (at === 0 || place > (places[at - 1] ?? 0)));
}

function report({ exam, papers }: Publication, { attempts, forms }: Traced, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ exam, papers: papers.length, attempts, forms })}\n`);
    return;
  }
  if (forms) process.stdout.write(`Forms that fit: ${forms.join(', ') || 'none'}\n`);
  process.stdout.write(`Exam ${exam}: ${attempts.length} of ${papers.length} papers fit\n`);
  for (const attempt of attempts) process.stdout.write(`${attempt}\n`);
}
