import type {
  CandidatePhase,
  ItemKindName,
  ReceiptProof,
  SectionWord,
  Response as Answer,
  TimeChange,
} from '#bank/protocol';
import type { ServerClock } from './clock.ts';
import { EMPTY_OUTBOX, isEmpty, unsentSlots, type Outbox } from './outbox.ts';

/** What the pages need to know of a slot without its content. */
interface SlotShape {
  kind: ItemKindName;
  part: number;
  /** Hundredths of a point; 0 for a description. */
  points: number;
  /** How many choices a complete answer makes: 4 for a true/false cluster, the prompts of a matching, else 1. */
  wanted: number;
  /** Place among the open slots of the description that belongs to it. */
  reading?: number | undefined;
}

/** What of the paper is open: all of it, or the section that is written now. */
export interface PaperShape {
  /** What of the paper comes before it. */
  before: { slots: number; questions: number };
  parts: readonly { title: string }[];
  slots: readonly SlotShape[];
  /** Where there is something to choose: which slots do not count by these answers. */
  uncounted?: ((answers: ExamState['answers']) => ReadonlyMap<number, boolean>) | undefined;
}

/**
 * `over`: the time is up and the server has not closed the attempt yet. `superseded`: another device or tab has
 * taken over. `submitted`, `closed` and `terminated` are the server's word and final.
 */
export type Phase = CandidatePhase | 'joining' | 'over' | 'superseded';

/** `connecting` until the first join, then what the last attempt to reach the server gave. */
type Link = 'connecting' | 'online' | 'offline';

export type View = 'question' | 'review' | 'confirm';

export interface Refusal {
  code: string;
  of: 'join' | 'save' | 'paper';
}

/** Warnings of the remaining time, in minutes, the most pressing first. */
export const TIME_WARNINGS = [1, 5, 15] as const;
/** The clock cannot stay hidden below this. */
export const CLOCK_RETURNS_MS = 5 * 60_000;

export interface ExamState {
  phase: Phase;
  link: Link;
  /** Whether a server has been joined since the page was loaded. Nothing is called saved before. */
  hasJoined: boolean;
  clock: ServerClock | null;
  /** Monotonic time of the last tick. */
  monotonic: number;
  startsAt: number | null;
  /** Of the section that is written now, where there are sections. */
  endsAt: number | null;
  section: SectionWord | null;
  /** Milliseconds of writing time that are left when the pause ends; null when there is none. */
  left: number | null;
  /** Minutes that the last change of the deadline gave (negative: took), until the candidate closes the note. */
  timeChange: number | null;
  /** Why the attempt ends when it ends, where that is not the end of its exam. */
  because: readonly TimeChange[];
  /** The last warning given, in minutes. */
  warned: number | null;
  outbox: Outbox;
  /** Entries of the outbox that this device has stored. */
  kept: number;
  /** Monotonic time since when something has been waiting to be sent. */
  unsentSince: number | null;
  /** How many questions were waiting when the line broke; told when it is back. */
  resent: number;
  /** Server time of the last acknowledgement of this page. */
  savedAt: number | null;
  /** What the server refused; told until a later join or save has gone through. */
  refusal: Refusal | null;
  isStorageFailed: boolean;
  paper: PaperShape | null;
  answers: Readonly<Record<number, Answer>>;
  flags: readonly number[];
  /** Options crossed out, by slot: a help for the eye of this page, never part of an answer. */
  struck: Readonly<Record<number, readonly string[]>>;
  slot: number;
  view: View;
  isSubmitting: boolean;
  receipt: string | null;
  /** What proves the receipt offline; the candidate may save it to a file. */
  proof: ReceiptProof | null;
  /** Where the attempt went when `superseded`. */
  elsewhere: 'device' | 'tab' | null;
}

export const INITIAL: ExamState = {
  phase: 'joining',
  link: 'connecting',
  hasJoined: false,
  clock: null,
  monotonic: 0,
  startsAt: null,
  endsAt: null,
  section: null,
  left: null,
  timeChange: null,
  because: [],
  warned: null,
  outbox: EMPTY_OUTBOX,
  kept: 0,
  unsentSince: null,
  resent: 0,
  savedAt: null,
  refusal: null,
  isStorageFailed: false,
  paper: null,
  answers: {},
  flags: [],
  struck: {},
  slot: 0,
  view: 'question',
  isSubmitting: false,
  receipt: null,
  proof: null,
  elsewhere: null,
};

const FINAL: ReadonlySet<Phase> = new Set(['submitted', 'closed', 'terminated'] satisfies Phase[]);

/** Whether the attempt has ended by the server's word. */
export function isFinal({ phase }: Pick<ExamState, 'phase'>): boolean {
  return FINAL.has(phase);
}

/** Server time of the last tick; null before the first word of the server. */
export function timeNow(state: ExamState): number | null {
  return state.clock && state.clock.offset + state.monotonic;
}

/** Milliseconds to the deadline, never negative; null while none is known, and in a pause. */
export function timeLeft(state: ExamState): number | null {
  const now = timeNow(state);
  return now === null || state.endsAt === null ? null : Math.max(0, state.endsAt - now);
}

/**
 * Reading only until the first join of this page, which tells whether the lease is still ours. While no server can be
 * reached, answers go on under the lease of an earlier page, if there was one.
 */
export function canEdit(state: ExamState): boolean {
  const hasLease = state.hasJoined || (state.link === 'offline' && state.outbox.epoch !== null);
  return state.phase === 'running' && hasLease && !state.isSubmitting;
}

/**
 * What is said about saving. `saved` needs an empty outbox and a server that was joined from this page;
 * `pending` is the first second of sending, in which nothing is claimed.
 */
type SaveStatus = 'connecting' | 'pending' | 'saving' | 'saved' | 'offline' | 'refused';

export function saveStatus(state: ExamState): SaveStatus {
  if (state.refusal !== null) return 'refused';
  if (state.link === 'offline') return 'offline';
  if (state.link === 'connecting' || !state.hasJoined) return 'connecting';
  if (isEmpty(state.outbox)) return 'saved';
  return state.monotonic - (state.unsentSince ?? state.monotonic) >= 1000 ? 'saving' : 'pending';
}

const NO_PAPER: PaperShape = { before: { slots: 0, questions: 0 }, parts: [], slots: [] };

/** The place of a slot among those that are open. */
export function placeOf({ before }: PaperShape, slot: number): number {
  return slot - before.slots;
}

/** The slot that is open and nearest to this one. */
export function nearestSlot(paper: PaperShape | null, slot: number): number {
  const { before, slots } = paper ?? NO_PAPER;
  return Math.max(before.slots, Math.min(slot, before.slots + slots.length - 1));
}

/** Whether a section comes after the one that is written now. */
export function hasNextSection({ section }: ExamState): boolean {
  return section !== null && section.number + 1 < section.count;
}

type AnswerProgress = 'none' | 'partial' | 'full';

/** What an answer says of each part of its question, where it is given part by part. */
type AnswerInParts = Partial<Record<'t' | 'p' | 'g', object>>;

function choicesMade(answer: Answer): number {
  if (!answer) return 0;
  const { t, p, g } = answer as AnswerInParts;
  return Object.keys(t ?? p ?? g ?? [0]).length;
}

/** How complete the answer to a slot is. */
function answerProgress(state: ExamState, slot: number): AnswerProgress {
  const made = choicesMade(state.answers[slot] ?? null);
  if (made === 0) return 'none';
  return made < (state.paper?.slots[placeOf(state.paper, slot)]?.wanted ?? 1) ? 'partial' : 'full';
}

/** One line of the palette and of the review. */
export interface SlotStatus {
  slot: number;
  /** Number of the question in the paper, from 1; null for a description. */
  number: number | null;
  part: number;
  progress: AnswerProgress;
  isFlagged: boolean;
  /** It gives no points, because others were chosen. */
  isOut: boolean;
  /** And what was answered or chosen has settled that. */
  isSettled: boolean;
  /** On this device only; the server has not acknowledged the newest answer yet. */
  isUnsent: boolean;
}

export function slotStatuses(state: ExamState): SlotStatus[] {
  const unsent = unsentSlots(state.outbox);
  const { before, slots, uncounted } = state.paper ?? NO_PAPER;
  const out = uncounted?.(state.answers);
  let number = before.questions;
  return slots.map(({ kind, part }, at) => {
    const slot = before.slots + at;
    return {
      slot,
      number: kind === 'description' ? null : ++number,
      part,
      progress: answerProgress(state, slot),
      isFlagged: state.flags.includes(slot),
      isOut: !!out?.has(slot),
      isSettled: !!out?.get(slot),
      isUnsent: unsent.has(slot),
    };
  });
}

interface Counts {
  questions: number;
  answered: number;
  partial: number;
  unanswered: number;
  flagged: number;
  unsent: number;
}

/** Those that give points: no descriptions, and nothing that does not count because others were chosen. */
export function questionsOf(statuses: readonly SlotStatus[]): SlotStatus[] {
  return statuses.filter((status) => status.number !== null && !status.isOut);
}

/** The figures of the review and the hand-in page. */
export function countStatuses(statuses: readonly SlotStatus[]): Counts {
  const questions = questionsOf(statuses);
  const count = (test: (status: SlotStatus) => boolean) => questions.filter(test).length;
  return {
    questions: questions.length,
    answered: count((status) => status.progress !== 'none'),
    partial: count((status) => status.progress === 'partial'),
    unanswered: count((status) => status.progress === 'none'),
    flagged: count((status) => status.isFlagged),
    unsent: count((status) => status.isUnsent),
  };
}
