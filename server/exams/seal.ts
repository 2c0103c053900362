import { createExamTally, examSeed, hashJson } from '#bank/assembly';
import {
  certifiedContext,
  DomainError,
  poolMapContext,
  type Actor,
  type Blueprint,
  type Manifest,
  type PoolMapEntry,
} from '#bank/protocol';
import { newId } from '#bank/vault';
import type { JobView, Progress } from '#server/http';
import { turn, type Stored, type Write } from '#server/storage';
import { requireEditable } from './claim.ts';
import type { Certified } from './certified.ts';
import type { ExamsDeps } from './deps.ts';
import { drawPapers } from './draw-papers.ts';
import { ownExam, staffId } from './exam-access.ts';
import { examWrite, transition, type ExamRecord } from './exam-state.ts';
import { createFreeze, type Frozen } from './freeze.ts';
import { guessedOf } from './guessing.ts';
import { countUses, usesWrite, type PapersOf } from './item-uses.ts';
import { requireMeans } from './means.ts';
import { jsonBytes } from './person.ts';
import { sealPaper, type UnownedPaper } from './sealed-paper.ts';
import { openSeed } from './seed.ts';
import { requireTime } from './settings.ts';
import { abandon, createStage, leaseEnd, sweepExam, whileRenewing, type Stage } from './staging.ts';
import { poolMapEntry, sealMedia, sealViews, type SealedMedia, type SealedView } from './view-pool.ts';

/** Milliseconds of work between two pauses for other requests; papers held to targets may take many draws each. */
const BREATH_MS = 4;

/** What the draw was in the end made from; with forms also who sits where, with the code of the form. */
interface Settled {
  manifest: Manifest;
  manifestHash: string;
  certified: Certified & { seats?: NonNullable<Stored<'pools'>['seating']> };
}

interface Work {
  actor: Actor;
  progress: Progress;
  signal: AbortSignal;
}

/**
 * Sealing: the pool is encrypted anew, every paper drawn from the committed seed and sealed, all of it staged in
 * chunks, and one commit moves the exam from draft to sealed. Until that commit nothing has happened.
 */
export function createSealVerbs(deps: ExamsDeps) {
  const { store, keyring, audit, banks, custody, clock, tenant, jobs } = deps;
  const freeze = createFreeze(deps);

  return {
    /**
     * Starts the seal job; its result is `{ papers, manifestHash }`. The job fails with the codes of
     * `blueprint.set`, `papers-exhausted` when there are fewer different papers than candidates, those of `formSeries`
     * and `assembleForms`, and `target-facility-unmet` or `target-seconds-unmet` when papers cannot keep the targets.
     *
     * @throws DomainError `exam-not-draft`, `exam-sealing`, `blueprint-missing`, `roster-empty`, `deadline-past`,
     * `deadline-too-soon`, `sections-parts`, `sections-branches`, those of `requireMeans`
     */
    async seal(actor: Actor, id: string): Promise<JobView> {
      const owner = staffId(actor);
      const job = newId();
      const claimed = await claim(await ownExam(store, actor, id), job);
      return jobs.start(owner, 'exam.seal', async (progress, signal) => {
        try {
          return await run(claimed, { actor, progress, signal });
        } catch (error) {
          // What cannot be cleared up now is swept when the claim has run out.
          await abandon(store, id, job).catch(() => undefined);
          throw error;
        }
      });
    },
  };

  async function claim(exam: ExamRecord, job: string): Promise<ExamRecord> {
    requireEditable(exam, clock.now());
    await requireMeans(exam, deps.means);
    if (!exam.blueprint) throw new DomainError('blueprint-missing', 409);
    if (exam.candidateCount === 0) throw new DomainError('roster-empty', 409);
    requireTime(exam, clock);
    requireTimeOfParts(exam.sections, exam.blueprint);
    const sealing = { job, until: leaseEnd(clock) };
    await store.commit([examWrite(exam, { sealing })]);
    return { ...exam, sealing, v: exam.v + 1 };
  }

  async function run(claimed: ExamRecord, work: Work): Promise<{ papers: number; manifestHash: string }> {
    await sweepExam(store, claimed);
    const frozen = await freeze(claimed, work.actor);
    const stage = createStage(deps, claimed);
    const key = await custody.newKey(claimed._id);
    const views = new Map<string, SealedView>();
    const uses = countUses();
    try {
      await stageViews(frozen, stage, views, key.mediaKey, work);
      const settled = await stagePapers(frozen, stage, views, uses, key.sectionKey, work);
      await stage.flush();
      work.signal.throwIfAborted();
      const sealed = { ...settled, uses: uses.papers, paperKey: key.sealed, actor: work.actor };
      await publish(frozen, stage, views, sealed);
      return { papers: settled.certified.certificate.papers, manifestHash: settled.manifestHash };
    } finally {
      key.erase();
      for (const view of views.values()) view.key.fill(0);
    }
  }

  async function stageViews(
    frozen: Frozen,
    stage: Stage,
    views: Map<string, SealedView>,
    mediaKey: (media: string) => Uint8Array,
    { progress, signal }: Work,
  ): Promise<void> {
    const { exam, snapshot } = frozen;
    const { total } = stepsOf(frozen);
    for await (const { item, view, box } of sealViews(banks, tenant, exam.bank, snapshot)) {
      signal.throwIfAborted();
      views.set(item.item, view);
      const doc = { _id: view.address, exam: exam._id, box: Buffer.from(box) };
      await stage.put({ op: 'insert', in: 'viewBoxes', doc }, box.length);
      for (const media of view.media) await stageMedia(exam, stage, media, mediaKey(media.media), signal);
      progress(views.size, total);
    }
  }

  async function stageMedia(
    exam: ExamRecord,
    stage: Stage,
    media: SealedMedia,
    key: Uint8Array,
    signal: AbortSignal,
  ): Promise<void> {
    for await (const { address, box } of sealMedia(banks, tenant, exam.bank, media, key)) {
      signal.throwIfAborted();
      const doc = { _id: address, exam: exam._id, box: Buffer.from(box) };
      await stage.put({ op: 'insert', in: 'viewBoxes', doc }, box.length);
      await turn();
    }
    key.fill(0);
  }

  async function stagePapers(
    frozen: Frozen,
    stage: Stage,
    views: ReadonlyMap<string, SealedView>,
    uses: ReturnType<typeof countUses>,
    sectionKey: (attempt: string, section: number) => Uint8Array,
    { progress, signal }: Work,
  ): Promise<Settled> {
    const { exam, blueprint, snapshot, plan, roster, seating } = frozen;
    const guessed = await guessedOf(banks, exam, plan);
    signal.throwIfAborted();
    const attempts = [...roster.keys()];
    const task = { exam: exam._id, blueprint, snapshot, plan, manifest: frozen.manifest, attempts, seating };
    const steps = stepsOf(frozen);
    const made = (forms: number): void => progress(views.size + forms, steps.total);
    const drawn = await whileRenewing(stage, () =>
      drawPapers(task, (hash) => seedOf(exam, hash), { signal, made }),
    );
    const { manifest, manifestHash } = drawn;
    const certified = {
      algorithm: manifest.algorithm,
      exam: exam._id,
      seedCommitment: exam.seedCommitment,
      manifestHash,
      snapshotHash: manifest.snapshotHash,
      blueprint,
      items: plan.items,
    };
    const stimuli = new Map(
      snapshot.flatMap(({ item, stimulus }) => (stimulus === undefined ? [] : [[item, stimulus]])),
    );
    const { reserve = [] } = manifest;
    const listed = attempts.filter((attempt) => roster.get(attempt) !== null);
    const formOf = new Map<string, string>();
    const tally = createExamTally({ certified, manifest, plan, seating, listed, guessed }, drawn.seed);
    let done = 0;
    let breathed = performance.now();
    try {
      for (const one of drawn.papers) {
        const { attempt } = one;
        const doc = await sealPaper(deps, {
          ...certified,
          drawn: one,
          sectionKey: (section) => sectionKey(attempt, section),
          hasSections: exam.sections !== undefined,
          views,
          stimuli,
        });
        tally.add(one, doc.certificate);
        if (roster.get(attempt) !== null) uses.add(one.paper);
        if (one.form !== undefined) formOf.set(attempt, one.form);
        await stage.put(paperWrite(doc, roster.get(attempt) ?? null, reserve), doc.indexBox.length * 3);
        progress(views.size + steps.forms + ++done, steps.total);
        if (performance.now() - breathed >= BREATH_MS) {
          await turn();
          breathed = performance.now();
        }
        signal.throwIfAborted();
      }
    } finally {
      drawn.seed.fill(0);
    }
    const seats = seating.map((seat) => ({ ...seat, form: formOf.get(seat.attempt) ?? '' }));
    const { forms } = drawn;
    const certificate = tally.certificate();
    return { manifest, manifestHash, certified: { certificate, ...(forms && { forms, seats }) } };
  }

  async function seedOf(exam: ExamRecord, manifestHash: string): Promise<Uint8Array> {
    const { r, salt } = await openSeed(deps, exam);
    const seed = examSeed(r, exam._id, manifestHash);
    r.fill(0);
    salt.fill(0);
    return seed;
  }

  /** The one commit after which the exam is sealed. */
  async function publish(
    frozen: Frozen,
    stage: Stage,
    views: ReadonlyMap<string, SealedView>,
    sealed: Settled & Pick<ExamRecord, 'paperKey'> & { uses: PapersOf; actor: Actor },
  ): Promise<void> {
    const { exam, snapshot } = frozen;
    const { manifest, manifestHash: hash } = sealed;
    const { certificate, seats } = sealed.certified;
    const map = snapshot.flatMap((item): PoolMapEntry[] => {
      const view = views.get(item.item);
      return view ? [poolMapEntry(item, view)] : [];
    });
    const { sealing: _ended, ...current } = stage.exam();
    const moved = transition(current, 'sealed', {
      sealedAt: new Date(clock.now()),
      manifest,
      manifestHash: hash,
      snapshotHash: manifest.snapshotHash,
      ...(sealed.paperKey && { paperKey: sealed.paperKey }),
    });
    if (!moved) throw new DomainError('exam-not-draft', 409, { state: 'sealed' });
    const data = {
      profile: exam.profile,
      manifestHash: hash,
      papersRoot: certificate.papersRoot,
      papers: certificate.papers,
      items: snapshot.length,
      certificateHash: hashJson(certificate),
    };
    const line = `exam/${exam._id}/marking`;
    const box = await keyring.seal(line, poolMapContext(tenant, exam._id), jsonBytes(map));
    const certified = await keyring.seal(
      line,
      certifiedContext(tenant, exam._id),
      jsonBytes(sealed.certified),
    );
    const pool = { _id: exam._id, snapshot, map: box, certified, ...(seats && { seating: seats }) };
    await store.commit([
      { op: 'insert', in: 'pools', doc: pool },
      ...(await usesWrite(deps, exam, sealed.uses)),
      moved,
      audit.entry(sealed.actor, 'exam.seal', `exam:${exam._id}`, data),
    ]);
    audit.poke();
  }
}

/** Views, forms and papers, as the progress counts them. */
function stepsOf({ snapshot, roster, manifest: { forms } }: Frozen): { forms: number; total: number } {
  const made = forms ? forms.count + forms.spare : 0;
  return { forms: made, total: snapshot.length + made + roster.size };
}

/** A paper in reserve waits apart, in the order of the manifest, so that nobody takes it for somebody's. */
function paperWrite(doc: UnownedPaper, candidate: string | null, reserve: readonly string[]): Write {
  if (candidate !== null) return { op: 'insert', in: 'papers', doc: { ...doc, candidate } };
  return { op: 'insert', in: 'reservePapers', doc: { ...doc, order: reserve.indexOf(doc._id) } };
}

/**
 * @throws DomainError when there are times, `sections-parts` where not one for each part, `sections-branches` where a
 * part is not for every candidate
 */
function requireTimeOfParts(sections: readonly number[] | undefined, { parts, branches }: Blueprint): void {
  if (!sections) return;
  if (branches) throw new DomainError('sections-branches', 409);
  if (sections.length !== parts.length)
    throw new DomainError('sections-parts', 409, { sections: sections.length, parts: parts.length });
}
