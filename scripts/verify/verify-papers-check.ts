/** What a publication must fulfil; each failure is one sentence that says what does not agree. */
import { cellFailures, choiceFailures, type Failure } from './verify-papers-cells.ts';
import { deal } from './verify-papers-deal.ts';
import { checkForms } from './verify-papers-forms.ts';
import { commitmentOf, compareUtf8, Drawer, hashOf, type Chosen, type Slot } from './verify-papers-draw.ts';
import type { Item, Publication, PublishedPaper } from './verify-papers-file.ts';
import { heldFor, mayBeDrawn, offTarget } from './verify-papers-targets.ts';

/** Values from elsewhere (the ledger, a printed minute) that the file must agree with. */
export interface Expected {
  commitment?: string | undefined;
  manifest?: string | undefined;
}

const MAX_REDRAWS = 10_000;

/** Checks everything but the papers. */
export function checkFrame(publication: Publication, expected: Expected): Failure[] {
  const { exam, snapshot, blueprint, manifest, manifestHash, seed, papers } = publication;
  const failures: Failure[] = [];
  const must = (holds: boolean, check: Failure['check'], message: string): void => {
    if (!holds) failures.push({ check, message });
  };
  must(commitmentOf(publication) === seed.commitment, 'seed', 'r and salt do not give the commitment');
  if (expected.commitment !== undefined)
    must(seed.commitment === expected.commitment, 'seed', 'the commitment is not the one given');
  must(rising(snapshot.map(({ item }) => item)), 'snapshot', 'item ids are not sorted or one comes twice');
  must(hashOf(snapshot) === manifest.snapshotHash, 'snapshot', 'its hash is not the one in the manifest');
  must(hashOf(blueprint) === manifest.blueprintHash, 'blueprint', 'its hash is not the one in the manifest');
  for (const message of choiceFailures(blueprint)) must(false, 'blueprint', message);
  const attempts = papers.map(({ attempt }) => attempt);
  must(rising(attempts), 'roster', 'attempt ids are not sorted or one comes twice');
  must(hashOf(attempts) === manifest.rosterRoot, 'roster', 'the attempts are not those of the manifest');
  const known = new Set(attempts);
  const { reserve = [] } = manifest;
  must(
    reserve.every((one) => known.has(one)),
    'reserve',
    'a paper in reserve is not among the papers',
  );
  must(new Set(reserve).size === reserve.length, 'reserve', 'a paper stands in it twice');
  must(
    !manifest.keepsTargets || blueprint.targets !== undefined,
    'manifest',
    'it keeps targets that there are not',
  );
  must(manifest.exam === exam, 'manifest', 'it is about another exam');
  const { durationSeconds, sections } = manifest.schedule;
  if (sections) {
    must(blueprint.branches === undefined, 'manifest', 'it has sections beside branches');
    must(sections.length === blueprint.parts.length, 'manifest', 'it has not one section for each part');
    const sum = sections.reduce((all, seconds) => all + seconds, 0);
    must(sum === durationSeconds, 'manifest', 'its sections together are not the duration');
  }
  must(hashOf(manifest) === manifestHash, 'manifest', 'its hash is not the one stated');
  if (expected.manifest !== undefined)
    must(manifestHash === expected.manifest, 'manifest', 'its hash is not the one given');
  return failures;
}

/** Derives every paper again, in order; calls `done` after each. */
export function checkPapers(publication: Publication, done: (count: number) => void): Failure[] {
  const { algorithm } = publication.manifest;
  if (algorithm === 'niem-forms/1' || algorithm === 'niem-solved/1') return checkForms(publication, done);
  const drawer = new Drawer(publication);
  const held = heldFor(publication, drawer);
  const items = new Map(publication.snapshot.map((item) => [item.item, item]));
  const taken = new Set<string>();
  const failures: Failure[] = [];
  let rows: Chosen[][] = [];
  try {
    if (algorithm === 'niem-deal/1') rows = deal(drawer, publication.papers.length, held);
  } catch (error) {
    return [{ check: 'manifest', message: reasonOf(error) }];
  }
  const accepts = mayBeDrawn(publication, drawer);
  publication.papers.forEach((paper, index) => {
    const derive = (redraw: number): Slot[] => drawer.paper(paper.attempt, redraw, rows[index], accepts);
    const rules = (slots: readonly Slot[]): string[] => [
      ...cellFailures(publication.blueprint, items, slots),
      ...offTarget(held, chosenOf(items, publication, slots)),
    ];
    failures.push(...checkPaper(rules, derive, taken, paper));
    taken.add(paper.paperHash);
    done(index + 1);
  });
  return failures;
}

/** The questions of a paper, from its slots. */
function chosenOf(
  items: ReadonlyMap<string, Item>,
  { blueprint }: Publication,
  slots: readonly Slot[],
): Chosen[] {
  return slots.flatMap(({ item: id, cell: name, part }): Chosen[] => {
    const item = items.get(id);
    const cell = blueprint.parts[part]?.cells.find((one) => one.id === name);
    return item && cell ? [{ item, cell, part }] : [];
  });
}

function checkPaper(
  rules: (slots: readonly Slot[]) => string[],
  derive: (redraw: number) => Slot[],
  taken: ReadonlySet<string>,
  { attempt, redraw, paperHash }: PublishedPaper,
): Failure[] {
  const bad = (message: string, check: Failure['check'] = 'paper'): Failure => ({ check, attempt, message });
  if (taken.has(paperHash)) return [bad('an earlier attempt has the same paper')];
  try {
    for (let count = 0; count < MAX_REDRAWS; count++) {
      const slots = derive(count);
      const hash = hashOf({ slots });
      if (taken.has(hash)) continue;
      if (count !== redraw) return [bad(`redraw is ${redraw}, derived ${count}`)];
      if (hash !== paperHash) return [bad(`hash is ${paperHash}, derived ${hash}`)];
      return rules(slots).map((message) => bad(message, 'cell'));
    }
    return [bad('no paper is left that no earlier attempt has')];
  } catch (error) {
    return [bad(reasonOf(error))];
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it cannot be derived';
}

function rising(ids: readonly string[]): boolean {
  return ids.every((id, index) => index === 0 || compareUtf8(ids[index - 1] ?? '', id) < 0);
}
