import type { AttemptPhase, Outage, PlayEntry, TimeChange, TimeReason } from '#bank/protocol';
import type { AttemptRecord, Receipt } from './records.ts';
import { illegal, isOpen, isWriting, phaseAfter, type BeforePause } from './transitions.ts';

/** One device's turn at the attempt. */
interface Lease {
  epoch: number;
  /** Hash of what the device called itself. */
  device: string;
  at: number;
  voided: readonly [number, number][];
}

/** Time that a candidate has by right: every section has its share of it, and no section has it alone. */
export function isByRight({ reason }: Pick<TimeChange, 'reason'>): boolean {
  return reason === 'accommodation';
}

/** A pause that has not ended. */
export interface Pause {
  decision: string;
  reason: TimeReason;
  at: number;
  before: BeforePause;
}

/** What is known of an attempt apart from its answers. */
export interface AttemptState {
  phase: AttemptPhase;
  leases: readonly Lease[];
  /** Changes of its end, in the order in which they were decided. */
  times: readonly TimeChange[];
  /** Every decision about it; none counts twice. */
  decisions: readonly string[];
  pause: Pause | null;
  outages: readonly Outage[];
  plays: readonly PlayEntry[];
  /** The section that began last, and when its time began; null before the start. Without sections it stays at 0. */
  section: { number: number; from: number } | null;
  /** Milliseconds by which this section ends later: pauses in it, and time given since it began. */
  given: number;
  startedAt: number | null;
  submittedAt: number | null;
  closedAt: number | null;
  receipt: Receipt | null;
}

export const NEW_ATTEMPT: AttemptState = {
  phase: 'admitted',
  leases: [],
  times: [],
  decisions: [],
  pause: null,
  outages: [],
  plays: [],
  section: null,
  given: 0,
  startedAt: null,
  submittedAt: null,
  closedAt: null,
  receipt: null,
};

/** The epoch whose answers count now; 0 before the first device has come. */
export function currentEpoch(state: AttemptState): number {
  return state.leases.at(-1)?.epoch ?? 0;
}

/**
 * The state after a record; answers and their chunks leave it as it is.
 *
 * @throws DomainError `illegal-transition` when the record is not allowed in this state
 */
export function reduceAttempt(state: AttemptState, record: AttemptRecord): AttemptState {
  const { at } = record;
  switch (record.type) {
    case 'answer':
      if (!isWriting(state.phase)) throw illegal(state.phase);
      return state;
    case 'late':
    case 'chunk':
      return state;
    case 'play':
      if (!isWriting(state.phase)) throw illegal(state.phase);
      return { ...state, plays: [...state.plays, { ...record.data, at, from: at }] };
    case 'lease':
      return { ...state, phase: phaseAfter(state.phase, 'seat'), leases: leasesAfter(state, record) };
    case 'start':
      return {
        ...state,
        phase: phaseAfter(state.phase, 'start'),
        startedAt: at,
        section: { number: 0, from: at },
      };
    case 'section':
      return afterSection(state, record);
    case 'line':
      return afterLine(state, record);
    case 'time':
      return afterTime(state, record.data.change);
    case 'pause':
      return afterPause(state, record);
    case 'resume':
      return afterResume(state, record);
    case 'submit': {
      const { receipt } = record.data;
      const phase = phaseAfter(state.phase, 'submit');
      return { ...state, phase, submittedAt: at, receipt, outages: ended(state.outages, at) };
    }
    case 'close':
    case 'terminate':
      return afterEnd(state, record);
    case 'supersede':
      return { ...state, phase: phaseAfter(state.phase, 'supersede'), pause: null, closedAt: at };
  }
}

type RecordOf<T extends AttemptRecord['type']> = Extract<AttemptRecord, { type: T }>;

/** Epochs count from 1 without gaps. */
function leasesAfter(state: AttemptState, { at, data }: RecordOf<'lease'>): readonly Lease[] {
  const { epoch, device, voided } = data;
  if (epoch !== currentEpoch(state) + 1) throw illegal(state.phase);
  return [...state.leases, { epoch, device, at, voided }];
}

/** Sections come in their order, each once. */
function afterSection(state: AttemptState, { data: { number, from } }: RecordOf<'section'>): AttemptState {
  const phase = phaseAfter(state.phase, 'section');
  if (number !== (state.section?.number ?? 0) + 1) throw illegal(state.phase);
  return { ...state, phase, section: { number, from }, given: 0 };
}

function afterLine(state: AttemptState, { at, data }: RecordOf<'line'>): AttemptState {
  if (data.is === 'back') {
    return { ...state, phase: phaseAfter(state.phase, 'regain'), outages: ended(state.outages, at) };
  }
  const { from, cause } = data;
  const phase = phaseAfter(state.phase, 'lose');
  return { ...state, phase, outages: [...state.outages, { from, to: null, cause }] };
}

/** A decision changes an attempt once, and none that has ended. */
function afterTime(state: AttemptState, change: TimeChange): AttemptState {
  if (!isOpen(state.phase)) throw illegal(state.phase);
  const given = isByRight(change) ? state.given : state.given + change.ms;
  return {
    ...state,
    decisions: decisionsWith(state, change.decision),
    times: [...state.times, change],
    given,
  };
}

function afterPause(state: AttemptState, { at, data: { decision, reason } }: RecordOf<'pause'>) {
  const phase = phaseAfter(state.phase, 'pause');
  const before: BeforePause =
    state.phase === 'admitted' || state.phase === 'waiting' ? state.phase : 'running';
  return {
    ...state,
    phase,
    decisions: decisionsWith(state, decision),
    pause: { decision, reason, at, before },
    outages: ended(state.outages, at),
  };
}

/** A pause that is over has moved the end by its length, that of the section in which it was, and what was played. */
function afterResume(state: AttemptState, { at, data }: RecordOf<'resume'>): AttemptState {
  const { pause } = state;
  const phase = phaseAfter(state.phase, 'resume', pause?.before);
  if (!pause) throw illegal(state.phase);
  const { decision, reason } = pause;
  return {
    ...state,
    phase: phase === 'admitted' && state.leases.length > 0 ? 'waiting' : phase,
    decisions: decisionsWith(state, data.decision),
    times: [...state.times, { decision, ms: at - pause.at, reason, at: pause.at }],
    pause: null,
    plays: state.plays.map((entry) => ({ ...entry, from: entry.from + at - pause.at })),
    given: state.section ? state.given + at - pause.at : state.given,
  };
}

/** An outage that lasts to the end is left open: what comes late may be judged by it. */
function afterEnd(state: AttemptState, record: RecordOf<'close' | 'terminate'>): AttemptState {
  const { at, type, data } = record;
  const phase = phaseAfter(state.phase, type);
  const receipt = state.receipt ?? data.receipt;
  const { outages } = state;
  const lost = record.type === 'close' ? record.data.lost : null;
  const isNew = lost !== null && isWriting(state.phase) && outages.at(-1)?.to !== null;
  const decisions =
    record.type === 'terminate' ? decisionsWith(state, record.data.decision) : state.decisions;
  return {
    ...state,
    phase,
    decisions,
    closedAt: at,
    receipt,
    pause: null,
    outages: isNew ? [...outages, { ...lost, to: null }] : outages,
  };
}

function decisionsWith({ phase, decisions }: AttemptState, decision: string): readonly string[] {
  if (decisions.includes(decision)) throw illegal(phase);
  return [...decisions, decision];
}

/** The list with its last outage over, if it was not. */
function ended(outages: readonly Outage[], at: number): readonly Outage[] {
  const last = outages.at(-1);
  return last?.to === null ? [...outages.slice(0, -1), { ...last, to: at }] : outages;
}
