import { DomainError, type AttemptPhase } from '#bank/protocol';

/** What can happen to an attempt apart from answers. */
export type AttemptEvent =
  | 'seat'
  | 'start'
  | 'section'
  | 'lose'
  | 'regain'
  | 'pause'
  | 'resume'
  | 'submit'
  | 'close'
  | 'terminate'
  | 'supersede';

/** Where a paused attempt goes on. */
export type BeforePause = 'admitted' | 'waiting' | 'running';

const BEFORE_PAUSE = 'before the pause';
type Target = AttemptPhase | typeof BEFORE_PAUSE;

/**
 * Which event leads where; what is not here is refused. A candidate may hand in with the line just gone, because it
 * comes over another one; a pause ends an outage, because the time stands still, and one that nobody ends is closed in
 * the end by the policy.
 */
export const TRANSITIONS = {
  admitted: {
    seat: 'waiting',
    start: 'running',
    pause: 'paused',
    close: 'closed',
    terminate: 'terminated',
    supersede: 'superseded',
  },
  waiting: {
    seat: 'waiting',
    start: 'running',
    pause: 'paused',
    close: 'closed',
    terminate: 'terminated',
    supersede: 'superseded',
  },
  running: {
    seat: 'running',
    section: 'running',
    lose: 'disconnected',
    pause: 'paused',
    submit: 'submitted',
    close: 'closed',
    terminate: 'terminated',
    supersede: 'superseded',
  },
  disconnected: {
    seat: 'disconnected',
    section: 'disconnected',
    regain: 'running',
    pause: 'paused',
    submit: 'submitted',
    close: 'closed',
    terminate: 'terminated',
    supersede: 'superseded',
  },
  paused: {
    seat: 'paused',
    resume: BEFORE_PAUSE,
    close: 'closed',
    terminate: 'terminated',
    supersede: 'superseded',
  },
  submitted: { close: 'closed', supersede: 'superseded' },
  closed: {},
  terminated: {},
  superseded: {},
} as const satisfies Readonly<Record<AttemptPhase, Partial<Record<AttemptEvent, Target>>>>;

type Table = typeof TRANSITIONS;
/** The phases in which an event is possible. */
export type PhaseWith<E extends AttemptEvent> = {
  [P in AttemptPhase]: E extends keyof Table[P] ? P : never;
}[AttemptPhase];

export function allows<E extends AttemptEvent>(phase: AttemptPhase, event: E): phase is PhaseWith<E> {
  return Object.hasOwn(TRANSITIONS[phase], event);
}

/**
 * The phase after an event.
 *
 * @param beforePause where a paused attempt goes on
 * @throws DomainError `illegal-transition`
 */
export function phaseAfter(
  phase: AttemptPhase,
  event: AttemptEvent,
  beforePause: BeforePause | null = null,
): AttemptPhase {
  const next = (TRANSITIONS[phase] as Partial<Record<AttemptEvent, Target>>)[event];
  const target = next === BEFORE_PAUSE ? beforePause : next;
  if (!target) throw illegal(phase);
  return target;
}

/** Whether answers that arrive now are taken for current ones. */
export function isWriting(phase: AttemptPhase): phase is 'running' | 'disconnected' {
  return phase === 'running' || phase === 'disconnected';
}

/** Whether a device may still take the attempt, and its end may still move. */
export function isOpen(phase: AttemptPhase): phase is PhaseWith<'seat'> {
  return allows(phase, 'seat');
}

/** Whether nothing more can happen to it. */
export function isFinal(phase: AttemptPhase): phase is 'closed' | 'terminated' | 'superseded' {
  return Object.keys(TRANSITIONS[phase]).length === 0;
}

export function illegal(phase: AttemptPhase): DomainError {
  return new DomainError('illegal-transition', 409, { state: phase });
}
