import { DomainError, type AttemptPhase, type TimeChange } from '#bank/protocol';
import type { AttemptRecord, Receipt } from './records.ts';

type Transition = 'start' | 'submit' | 'close';

/** Which transition leads where; what is not here is refused. */
export const TRANSITIONS: Readonly<Record<AttemptPhase, Partial<Record<Transition, AttemptPhase>>>> = {
  waiting: { start: 'running', close: 'closed' },
  running: { submit: 'submitted', close: 'closed' },
  submitted: { close: 'closed' },
  closed: {},
};

/** One device's turn at the attempt. */
interface Lease {
  epoch: number;
  /** Hash of what the device called itself. */
  device: string;
  at: number;
  voided: readonly [number, number][];
}

/** What is known of an attempt apart from its answers. */
export interface AttemptState {
  phase: AttemptPhase;
  leases: readonly Lease[];
  /** Changes of its end, in the order in which they were decided. */
  times: readonly TimeChange[];
  startedAt: number | null;
  submittedAt: number | null;
  closedAt: number | null;
  receipt: Receipt | null;
}

export const NEW_ATTEMPT: AttemptState = {
  phase: 'waiting',
  leases: [],
  times: [],
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
 * The state after a record; answers leave it as it is.
 *
 * @throws DomainError `illegal-transition` when the record is not allowed in this state
 */
export function reduceAttempt(state: AttemptState, record: AttemptRecord): AttemptState {
  const { at } = record;
  switch (record.type) {
    case 'lease':
      return { ...state, leases: [...state.leases, leaseOf(state, record)] };
    case 'start':
      return { ...state, phase: phaseAfter(state.phase, 'start'), startedAt: at };
    case 'submit': {
      const { receipt } = record.data;
      return { ...state, phase: phaseAfter(state.phase, 'submit'), submittedAt: at, receipt };
    }
    case 'close': {
      const receipt = state.receipt ?? record.data.receipt;
      return { ...state, phase: phaseAfter(state.phase, 'close'), closedAt: at, receipt };
    }
    case 'time':
      return { ...state, times: [...state.times, timeOf(state, record.data.change)] };
    case 'answer':
      if (state.phase !== 'running') throw illegal(state.phase);
      return state;
    case 'late':
      return state;
  }
}

function phaseAfter(phase: AttemptPhase, transition: Transition): AttemptPhase {
  const next = TRANSITIONS[phase][transition];
  if (!next) throw illegal(phase);
  return next;
}

/** Epochs count from 1 without gaps; a device takes an attempt only while it can still answer. */
function leaseOf(state: AttemptState, record: Extract<AttemptRecord, { type: 'lease' }>): Lease {
  const { epoch, device, voided } = record.data;
  const isOpen = state.phase === 'waiting' || state.phase === 'running';
  if (!isOpen || epoch !== currentEpoch(state) + 1) throw illegal(state.phase);
  return { epoch, device, at: record.at, voided };
}

/** A decision changes an attempt once, and none that has ended. */
function timeOf({ phase, times }: AttemptState, change: TimeChange): TimeChange {
  const isKnown = times.some(({ decision }) => decision === change.decision);
  if (isKnown || (phase !== 'waiting' && phase !== 'running')) throw illegal(phase);
  return change;
}

function illegal(phase: AttemptPhase): DomainError {
  return new DomainError('illegal-transition', 409, { state: phase });
}
