import { LIMITS, type Assembly, type ExamProfile, type ExamSettings, type NewExam } from '#bank/protocol';

import {
  NEW_FORMS,
  readCount,
  RESERVE_LIMIT,
  toFormFields,
  toForms,
  type FormFields,
} from './form-settings.ts';

export type DurationUnit = 'minutes' | 'seconds';

/** The fields of the form as they are typed. */
export interface ExamFields {
  title: string;
  bank: string;
  duration: string;
  unit: DurationUnit;
  /** Times of the parts in the same unit, as `20, 15, 10`; empty where candidates move freely. */
  sections: string;
  /** As `datetime-local` gives it, in the time zone of the device; empty for none. */
  deadline: string;
  profile: ExamProfile;
  markingPolicy: string;
  showPoints: boolean;
  papers: 'dealt' | 'forms';
  forms: FormFields;
  reserve: string;
}

export const NEW_EXAM: ExamFields = {
  title: '',
  bank: '',
  duration: '45',
  unit: 'minutes',
  sections: '',
  deadline: '',
  profile: 'P1',
  markingPolicy: 'vn-thpt-2025',
  showPoints: true,
  papers: 'dealt',
  forms: NEW_FORMS,
  reserve: '0',
};

/** Seconds of a typed duration; null when it is no whole number above 0, or beyond what an exam may last. */
export function durationSeconds({ duration, unit }: Pick<ExamFields, 'duration' | 'unit'>): number | null {
  if (!/^\d{1,6}$/.test(duration.trim())) return null;
  const seconds = Number(duration) * (unit === 'minutes' ? 60 : 1);
  return seconds >= LIMITS.examSecondsMin && seconds <= LIMITS.examSecondsMax ? seconds : null;
}

/** Seconds of each part; an empty list where candidates move freely, null when they do not make up the duration. */
export function sectionSeconds(fields: ExamFields): number[] | null {
  const typed = fields.sections.trim();
  if (typed === '') return [];
  if (!/^\d{1,6}([\s,;+]+\d{1,6})*$/.test(typed)) return null;
  const seconds = typed.split(/\D+/).map((part) => Number(part) * (fields.unit === 'minutes' ? 60 : 1));
  const sum = seconds.reduce((all, one) => all + one, 0);
  return seconds.includes(0) || sum !== durationSeconds(fields) ? null : seconds;
}

type Sent = ExamSettings & { profile: ExamProfile; assembly: Assembly; reserve: number };

/** What is sent; null while something cannot be read. */
export function toSettings(fields: ExamFields): Sent | null {
  const seconds = durationSeconds(fields);
  const sections = sectionSeconds(fields);
  const reserve = readCount(fields.reserve, RESERVE_LIMIT);
  const assembly = assemblyOf(fields);
  if (seconds === null || sections === null || reserve === null || assembly === null) return null;
  const { title, deadline, profile, markingPolicy, showPoints } = fields;
  return {
    title: title.trim(),
    durationSeconds: seconds,
    deadline: deadline === '' ? null : new Date(deadline).getTime(),
    profile,
    markingPolicy,
    showPoints,
    navigation: sections.length > 0 ? { sections } : 'free',
    assembly,
    reserve,
  };
}

function assemblyOf({ papers, forms, reserve }: ExamFields): Assembly | null {
  if (papers === 'dealt') return 'dealt';
  const setting = toForms(forms, reserve);
  return setting && { forms: setting };
}

export function toNewExam(fields: ExamFields): (NewExam & Sent) | null {
  const settings = toSettings(fields);
  return settings && { ...settings, bank: fields.bank };
}

interface KnownExam extends Sent {
  bank: string;
}

/** The form for an exam that exists. Whole minutes are shown as minutes. */
export function toFields(exam: KnownExam): ExamFields {
  const { navigation = 'free' } = exam;
  const sections = navigation === 'free' ? [] : navigation.sections;
  const isMinutes = [exam.durationSeconds, ...sections].every((seconds) => seconds % 60 === 0);
  return {
    title: exam.title,
    bank: exam.bank,
    duration: String(isMinutes ? exam.durationSeconds / 60 : exam.durationSeconds),
    unit: isMinutes ? 'minutes' : 'seconds',
    sections: sections.map((seconds) => (isMinutes ? seconds / 60 : seconds)).join(', '),
    deadline: typeof exam.deadline === 'number' ? localMoment(exam.deadline) : '',
    profile: exam.profile,
    markingPolicy: exam.markingPolicy,
    showPoints: exam.showPoints,
    papers: exam.assembly === 'dealt' ? 'dealt' : 'forms',
    forms: toFormFields(exam.assembly),
    reserve: String(exam.reserve),
  };
}

/** `2026-11-24T09:41`, in the time zone of the device. */
function localMoment(milliseconds: number): string {
  const moment = new Date(milliseconds);
  const shifted = milliseconds - moment.getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 16);
}
