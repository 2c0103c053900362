import { markingPolicy } from '#bank/marks';
import { DomainError, LIMITS, type ExamSettings, type FormsSetting } from '#bank/protocol';
import type { Clock } from '#server/http';
import type { Documents } from '#server/storage';

type SettingFields = Pick<
  Documents['exams'],
  | 'title'
  | 'durationSeconds'
  | 'deadline'
  | 'sections'
  | 'markingPolicy'
  | 'showPoints'
  | 'assembly'
  | 'reserve'
>;

/**
 * The settings of an exam as they are stored.
 *
 * @throws DomainError `duration-out-of-range`, `deadline-past`, `deadline-too-soon`, `marking-policy-unknown`, `sections-sum`,
 * `forms-per-shift`, `reserve-form-missing`
 */
export function readSettings(input: ExamSettings, clock: Clock): SettingFields {
  const { durationSeconds, markingPolicy: policy, showPoints, navigation = 'free' } = input;
  const { examSecondsMin: min, examSecondsMax: max } = LIMITS;
  if (durationSeconds < min || durationSeconds > max)
    throw new DomainError('duration-out-of-range', 400, { min, maxHours: max / 3600 });
  if (!markingPolicy(policy)) throw new DomainError('marking-policy-unknown', 409, { policy });
  const sections = navigation === 'free' ? undefined : navigation.sections;
  requireSum(sections, durationSeconds);
  const assembly = input.assembly === 'dealt' ? undefined : input.assembly;
  if (assembly) requireForms(assembly.forms, input.reserve ?? 0);
  const deadline = typeof input.deadline === 'number' ? new Date(input.deadline) : undefined;
  requireTime({ durationSeconds, ...(deadline && { deadline }) }, clock);
  return {
    title: input.title.normalize('NFC').trim(),
    durationSeconds,
    ...(deadline && { deadline }),
    ...(sections && { sections }),
    ...(assembly && { assembly }),
    ...(input.reserve !== undefined && input.reserve > 0 && { reserve: input.reserve }),
    markingPolicy: policy,
    showPoints,
  };
}

/**
 * Whether the whole duration still fits before the deadline.
 *
 * @throws DomainError `deadline-past`, `deadline-too-soon`
 */
export function requireTime(
  { durationSeconds, deadline }: Pick<SettingFields, 'durationSeconds' | 'deadline'>,
  clock: Clock,
): void {
  if (!deadline) return;
  const left = deadline.getTime() - clock.now();
  const values = { deadline: deadline.toISOString(), minutes: Math.ceil(durationSeconds / 60) };
  if (left <= 0) throw new DomainError('deadline-past', 400, values);
  if (left < durationSeconds * 1000) throw new DomainError('deadline-too-soon', 400, values);
}

function requireForms({ count, perShift, spare }: FormsSetting, reserve: number): void {
  if (count % perShift !== 0) throw new DomainError('forms-per-shift', 400, { count, perShift });
  if (reserve > 0 && spare === 0) throw new DomainError('reserve-form-missing', 400);
}

function requireSum(sections: readonly number[] | undefined, seconds: number): void {
  const sum = sections?.reduce((all, one) => all + one, 0) ?? seconds;
  if (sum !== seconds) throw new DomainError('sections-sum', 400, { sum, seconds });
}
