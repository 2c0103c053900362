import { setImmediate } from 'node:timers/promises';
import {
  algorithmFor,
  blueprintHash,
  dealAll,
  drawAll,
  drawPlan,
  examSeed,
  manifestHash,
  papersRoot,
  rosterRoot,
  snapshotHash,
  snapshotOf,
  type DrawnPaper,
  type DrawPlan,
} from '#bank/assembly';
import {
  DEAL_ALGORITHM,
  DomainError,
  poolMapContext,
  type Actor,
  type Blueprint,
  type Manifest,
  type PoolItem,
  type PoolMapEntry,
} from '#bank/protocol';
import { newId } from '#bank/vault';
import { requireFillable } from '#server/solver';
import type { JobView, Progress } from '#server/http';
import { eachDocument } from '#server/storage';
import { admittedPool, requirePool } from './bank-pool.ts';
import { requireEditable } from './claim.ts';
import { dealInThread } from './deal-thread.ts';
import type { ExamsDeps } from './deps.ts';
import { ownExam, staffId } from './exam-access.ts';
import { examWrite, transition, type ExamRecord } from './exam-state.ts';
import { requireMeans } from './means.ts';
import { jsonBytes } from './person.ts';
import { sealPaper } from './sealed-paper.ts';
import { openSeed } from './seed.ts';
import { requireTime } from './settings.ts';
import { abandon, createStage, leaseEnd, sweepExam, type Stage } from './staging.ts';
import { poolMapEntry, sealViews, type SealedView } from './view-pool.ts';

/** Papers between two pauses for other requests. */
const BREATH = 20;

/** What is fixed before the draw. */
interface Frozen {
  exam: ExamRecord;
  blueprint: Blueprint;
  snapshot: PoolItem[];
  plan: DrawPlan;
  /** Attempt → candidate. */
  roster: ReadonlyMap<string, string>;
  manifest: Manifest;
  manifestHash: string;
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

  return {
    /**
     * Starts the seal job; its result is `{ papers, manifestHash }`. The job fails with the codes of
     * `blueprint.set`, and `papers-exhausted` when there are fewer different papers than candidates.
     *
     * @throws DomainError `exam-not-draft`, `exam-sealing`, `blueprint-missing`, `roster-empty`, `deadline-past`,
     * `deadline-too-soon`, `sections-parts`, those of `requireMeans`
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
    try {
      await stageViews(frozen, stage, views, work);
      const hashes = await stagePapers(frozen, stage, views, key.sectionKey, work);
      await stage.flush();
      work.signal.throwIfAborted();
      await publish(frozen, stage, views, { hashes, paperKey: key.sealed, actor: work.actor });
      return { papers: hashes.length, manifestHash: frozen.manifestHash };
    } finally {
      key.erase();
      for (const view of views.values()) view.key.fill(0);
    }
  }

  async function freeze(exam: ExamRecord, actor: Actor): Promise<Frozen> {
    const { blueprint } = exam;
    if (!blueprint) throw new DomainError('blueprint-missing', 409);
    const pool = await banks.poolMetadata(actor, exam.bank);
    requirePool(exam.profile, blueprint, pool);
    await requireFillable(blueprint, admittedPool(exam.profile, pool));
    const snapshot = snapshotOf(blueprint, admittedPool(exam.profile, pool));
    const plan = drawPlan(blueprint, snapshot);
    const roster = new Map<string, string>();
    const candidates = eachDocument(store, 'candidates', { index: 'by_number', equals: [exam._id] });
    for await (const { _id, attempt } of candidates) roster.set(attempt, _id);
    const { durationSeconds, deadline, sections, profile, markingPolicy, showPoints } = exam;
    const manifest: Manifest = {
      algorithm: algorithmFor(plan),
      exam: exam._id,
      snapshotHash: snapshotHash(snapshot),
      blueprintHash: blueprintHash(blueprint),
      rosterRoot: rosterRoot([...roster.keys()]),
      schedule: { durationSeconds, deadline: deadline?.getTime() ?? null, ...(sections && { sections }) },
      policy: { profile, markingPolicy, showPoints },
    };
    return { exam, blueprint, snapshot, plan, roster, manifest, manifestHash: manifestHash(manifest) };
  }

  async function stageViews(
    { exam, snapshot, roster }: Frozen,
    stage: Stage,
    views: Map<string, SealedView>,
    { progress, signal }: Work,
  ): Promise<void> {
    const total = snapshot.length + roster.size;
    for await (const { item, view, box } of sealViews(banks, tenant, exam.bank, snapshot)) {
      signal.throwIfAborted();
      views.set(item.item, view);
      const doc = { _id: view.address, exam: exam._id, box: Buffer.from(box) };
      await stage.put({ op: 'insert', in: 'viewBoxes', doc }, box.length);
      progress(views.size, total);
    }
  }

  async function stagePapers(
    frozen: Frozen,
    stage: Stage,
    views: ReadonlyMap<string, SealedView>,
    sectionKey: (attempt: string, section: number) => Uint8Array,
    work: Work,
  ): Promise<{ attempt: string; paperHash: string }[]> {
    const { exam, blueprint, snapshot, plan, roster, manifest } = frozen;
    const { progress, signal } = work;
    const seed = await seedOf(frozen);
    const hashes: { attempt: string; paperHash: string }[] = [];
    const certified = {
      algorithm: manifest.algorithm,
      exam: exam._id,
      seedCommitment: exam.seedCommitment,
      manifestHash: frozen.manifestHash,
      snapshotHash: manifest.snapshotHash,
      blueprint,
      items: plan.items,
    };
    const stimuli = new Map(
      snapshot.flatMap(({ item, stimulus }) => (stimulus === undefined ? [] : [[item, stimulus]])),
    );
    try {
      for (const drawn of await allPapers(frozen, seed, work)) {
        const candidate = roster.get(drawn.attempt) ?? '';
        const doc = await sealPaper(deps, {
          ...certified,
          candidate,
          drawn,
          sectionKey: (section) => sectionKey(drawn.attempt, section),
          hasSections: exam.sections !== undefined,
          views,
          stimuli,
        });
        await stage.put({ op: 'insert', in: 'papers', doc }, doc.indexBox.length * 3);
        hashes.push({ attempt: drawn.attempt, paperHash: drawn.paperHash });
        progress(views.size + hashes.length, views.size + roster.size);
        if (hashes.length % BREATH === 0) await setImmediate();
        signal.throwIfAborted();
      }
    } finally {
      seed.fill(0);
    }
    return hashes;
  }

  /** Papers of all attempts; dealing looks at all of them at once and so comes before the first. */
  async function allPapers(
    { exam, blueprint, snapshot, plan, roster, manifest }: Frozen,
    seed: Uint8Array,
    { signal }: Work,
  ): Promise<Generator<DrawnPaper, void>> {
    const attempts = [...roster.keys()];
    if (manifest.algorithm !== DEAL_ALGORITHM) return drawAll(plan, seed, exam._id, attempts);
    const task = { blueprint, snapshot, seed, exam: exam._id, papers: attempts.length };
    const cards = await dealInThread(task, signal);
    return dealAll(plan, cards, seed, exam._id, attempts);
  }

  async function seedOf({ exam, manifestHash: hash }: Frozen): Promise<Uint8Array> {
    const { r, salt } = await openSeed(deps, exam);
    const seed = examSeed(r, exam._id, hash);
    r.fill(0);
    salt.fill(0);
    return seed;
  }

  /** The one commit after which the exam is sealed. */
  async function publish(
    frozen: Frozen,
    stage: Stage,
    views: ReadonlyMap<string, SealedView>,
    sealed: Pick<ExamRecord, 'paperKey'> & {
      hashes: { attempt: string; paperHash: string }[];
      actor: Actor;
    },
  ): Promise<void> {
    const { exam, snapshot, manifest, manifestHash: hash } = frozen;
    const map = snapshot.flatMap((item): PoolMapEntry[] => {
      const view = views.get(item.item);
      return view ? [poolMapEntry(item, view)] : [];
    });
    const { sealing: _ended, ...current } = stage.exam();
    const moved = transition(current, 'sealed', {
      manifest,
      manifestHash: hash,
      snapshotHash: manifest.snapshotHash,
      ...(sealed.paperKey && { paperKey: sealed.paperKey }),
    });
    if (!moved) throw new DomainError('exam-not-draft', 409, { state: 'sealed' });
    const data = {
      profile: exam.profile,
      manifestHash: hash,
      papersRoot: papersRoot(sealed.hashes),
      papers: sealed.hashes.length,
      items: snapshot.length,
    };
    const line = `exam/${exam._id}/marking`;
    const box = await keyring.seal(line, poolMapContext(tenant, exam._id), jsonBytes(map));
    await store.commit([
      { op: 'insert', in: 'pools', doc: { _id: exam._id, snapshot, map: box } },
      moved,
      audit.entry(sealed.actor, 'exam.seal', `exam:${exam._id}`, data),
    ]);
    audit.poke();
  }
}

/** @throws DomainError `sections-parts` when there are times, and not one for each part */
function requireTimeOfParts(sections: readonly number[] | undefined, { parts }: Blueprint): void {
  if (sections && sections.length !== parts.length)
    throw new DomainError('sections-parts', 409, { sections: sections.length, parts: parts.length });
}
