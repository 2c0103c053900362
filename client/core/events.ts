import type { Response as Answer, StateWord } from '#bank/protocol';
import type { ClockSample } from './clock.ts';
import type { Batch, Entry, Lease } from './outbox.ts';
import type { PaperShape, Refusal, View } from './state.ts';

/** What the server says of an attempt, at a join or later by itself; its time comes apart, as a clock sample. */
export type ServerWord = Omit<StateWord, 'now' | 'sectionKey'>;

/** All that can happen to an exam page. */
export type ExamEvent =
  | { type: 'tick'; monotonic: number }
  | {
      type: 'restored';
      log: readonly Entry[];
      floors: Readonly<Record<number, number>>;
      lease: Lease | null;
      flags: readonly number[];
      slot: number;
    }
  | { type: 'paper'; paper: PaperShape }
  | {
      type: 'joined';
      epoch: number;
      nextSeq: number;
      watermark: number;
      answers: readonly { slot: number; response: Answer }[];
      word: ServerWord;
      sample: ClockSample;
    }
  | { type: 'server'; word: ServerWord }
  | { type: 'clock'; sample: ClockSample }
  | { type: 'offline' }
  | { type: 'superseded'; by: 'device' | 'tab' }
  | { type: 'answer'; slot: number; response: Answer }
  | { type: 'settle' }
  | { type: 'sent'; batch: Batch }
  | { type: 'acknowledged'; epoch: number; watermark: number; at: number }
  | { type: 'held'; epoch: number; last: number; count: number }
  | { type: 'refused'; refusal: Refusal }
  | { type: 'undelivered' }
  | { type: 'kept'; entries: number }
  | { type: 'storage-failed' }
  | { type: 'flag'; slot: number }
  | { type: 'strike'; slot: number; token: string }
  | { type: 'go'; slot: number }
  | { type: 'view'; view: View }
  | { type: 'note-read' }
  | { type: 'submitting'; isSubmitting: boolean };
