import { LIMITS, type ExamSettings, type NewExam } from '#bank/protocol';

export type DurationUnit = 'minutes' | 'seconds';

/** The fields of the form as they are typed. */
export interface ExamFields {
  title: string;
  bank: string;
  duration: string;
  unit: DurationUnit;
  /** As `datetime-local` gives it, in the time zone of the device; empty for none. */
  deadline: string;
  profile: 'P0' | 'P1';
  markingPolicy: string;
  showPoints: boolean;
}

export const NEW_EXAM: ExamFields = {
  title: '',
  bank: '',
  duration: '45',
  unit: 'minutes',
  deadline: '',
  profile: 'P1',
  markingPolicy: 'vn-thpt-2025',
  showPoints: true,
};

/** Seconds of a typed duration; null when it is no whole number above 0, or beyond what an exam may last. */
export function durationSeconds({ duration, unit }: Pick<ExamFields, 'duration' | 'unit'>): number | null {
  if (!/^\d{1,6}$/.test(duration.trim())) return null;
  const seconds = Number(duration) * (unit === 'minutes' ? 60 : 1);
  return seconds >= LIMITS.examSecondsMin && seconds <= LIMITS.examSecondsMax ? seconds : null;
}

/** What is sent; null while the duration cannot be read. */
export function toSettings(fields: ExamFields): ExamSettings | null {
  const seconds = durationSeconds(fields);
  if (seconds === null) return null;
  const { title, deadline, markingPolicy, showPoints } = fields;
  return {
    title: title.trim(),
    durationSeconds: seconds,
    deadline: deadline === '' ? null : new Date(deadline).getTime(),
    markingPolicy,
    showPoints,
  };
}

export function toNewExam(fields: ExamFields): NewExam | null {
  const settings = toSettings(fields);
  return settings && { ...settings, bank: fields.bank, profile: fields.profile };
}

interface KnownExam extends ExamSettings {
  bank: string;
  profile: 'P0' | 'P1';
}

/** The form for an exam that exists. Whole minutes are shown as minutes. */
export function toFields(exam: KnownExam): ExamFields {
  const isMinutes = exam.durationSeconds % 60 === 0;
  return {
    title: exam.title,
    bank: exam.bank,
    duration: String(isMinutes ? exam.durationSeconds / 60 : exam.durationSeconds),
    unit: isMinutes ? 'minutes' : 'seconds',
    deadline: typeof exam.deadline === 'number' ? localMoment(exam.deadline) : '',
    profile: exam.profile,
    markingPolicy: exam.markingPolicy,
    showPoints: exam.showPoints,
  };
}

/** `2026-11-24T09:41`, in the time zone of the device. */
function localMoment(milliseconds: number): string {
  const moment = new Date(milliseconds);
  const shifted = milliseconds - moment.getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 16);
}
