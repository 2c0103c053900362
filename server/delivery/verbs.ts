import { setTimeout as pause } from 'node:timers/promises';
import type {
  CandidateEvent,
  Chunk,
  ChunkKept,
  Join,
  Joined,
  LeaveSection,
  Play,
  Played,
  Save,
  Saved,
  SectionLeft,
  Submit,
  Submitted,
} from '#bank/protocol';
import type { Attempt } from './attempt.ts';
import type { Attempts } from './attempts.ts';
import type { Changes } from './changes.ts';
import type { Confirming } from './confirming.ts';
import { join, type AttemptContext } from './joining.ts';
import { keepChunk } from './keeping-chunks.ts';
import { play } from './playing.ts';
import type { Receipts } from './receipts.ts';
import { save } from './saving.ts';
import { leaveSection } from './sections.ts';
import { submit } from './submitting.ts';
import type { CandidateActor } from './tickets.ts';

/** What a candidate may do with the own attempt, by socket or by HTTP; each event has the name of its verb. */
export interface CandidateVerbs {
  join(actor: CandidateActor, body: Join): Promise<Joined>;
  save(actor: CandidateActor, body: Save): Promise<Saved>;
  chunk(actor: CandidateActor, body: Chunk): Promise<ChunkKept>;
  submit(actor: CandidateActor, body: Submit): Promise<Submitted>;
  next(actor: CandidateActor, body: LeaveSection): Promise<SectionLeft>;
  play(actor: CandidateActor, body: Play): Promise<Played>;
}

export function createVerbs(deps: {
  attempts: Attempts;
  receipts: Receipts;
  context: AttemptContext;
  changes: Pick<Changes, 'after'>;
  confirming: Pick<Confirming, 'told'>;
}): CandidateVerbs {
  const { attempts, receipts, context, changes, confirming } = deps;

  /**
   * Takes the time of arrival first: what follows may have to wait for its turn. Nothing is waited for that is there,
   * because this is on the way of every answer.
   */
  function arrive<T>(
    { attempt: id, exam }: CandidateActor,
    event: CandidateEvent,
    act: (attempt: Attempt, at: number) => Promise<T>,
  ): Promise<T> {
    const at = context.now();
    const inTurn = (attempt: Attempt) => {
      const wait = attempt.rates.take(event);
      return wait === 0 ? act(attempt, at) : pause(wait).then(() => act(attempt, at));
    };
    const known = attempts.inMemory(id);
    const done = changes.after(id, known ? inTurn(known) : attempts.get(id).then(inTurn));
    return confirming.told(exam, done);
  }

  return {
    join: (actor, body) => arrive(actor, 'join', (attempt) => join(context, attempt, body)),
    save: (actor, body) => arrive(actor, 'save', (attempt, at) => save(context, attempt, body, at)),
    chunk: (actor, body) => arrive(actor, 'chunk', (attempt, at) => keepChunk(context, attempt, body, at)),
    submit: (actor, body) =>
      arrive(actor, 'submit', (attempt, at) => submit(context, attempt, receipts, body, at)),
    next: (actor, body) => arrive(actor, 'next', (attempt, at) => leaveSection(context, attempt, body, at)),
    play: (actor, body) => arrive(actor, 'play', (attempt, at) => play(context, attempt, body, at)),
  };
}
