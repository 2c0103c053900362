import { markingPolicy } from '#bank/marks';
import { DomainError, LIMITS, type ExamSettings } from '#bank/protocol';
import type { Clock } from '#server/http';
import type { Documents } from '#server/storage';

type SettingFields = Pick<
  Documents['exams'],
  'title' | 'durationSeconds' | 'deadline' | 'sections' | 'markingPolicy' | 'showPoints'
>;

/**
 * The settings of an exam as they are stored.
 *
 * @throws DomainError `duration-out-of-range`, `deadline-past`, `deadline-too-soon`, `marking-policy-unknown`, `sections-sum`
 */
export function readSettings(input: ExamSettings, clock: Clock): SettingFields {
  const { durationSeconds, markingPolicy: policy, showPoints, navigation = 'free' } = input;
  const { examSecondsMin: min, examSecondsMax: max } = LIMITS;
  if (durationSeconds < min || durationSeconds > max)
    throw new DomainError('duration-out-of-range', 400, { min, maxHours: max / 3600 });
  if (!markingPolicy(policy)) throw new DomainError('marking-policy-unknown', 409, { policy });
  const sections = navigation === 'free' ? undefined : navigation.sections;
  requireSum(sections, durationSeconds);
  const deadline = typeof input.deadline === 'number' ? new Date(input.deadline) : undefined;
  requireTime({ durationSeconds, ...(deadline && { deadline }) }, clock);
  return {
    title: input.title.normalize('NFC').trim(),
    durationSeconds,
    ...(deadline && { deadline }),
    ...(sections && { sections }),
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

function requireSum(sections: readonly number[] | undefined, seconds: number): void {
  const sum = sections?.reduce((all, one) => all + one, 0) ?? seconds;
  if (sum !== seconds) throw new DomainError('sections-sum', 400, { sum, seconds });
}
