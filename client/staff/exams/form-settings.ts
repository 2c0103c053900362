import { LIMITS, type Assembly, type FormsSetting } from '#bank/protocol';

export type FormField = keyof FormsSetting;
/** As they are typed. */
export type FormFields = Record<FormField, string>;

/** Least and most of each. */
export const FORM_LIMITS = {
  count: [1, LIMITS.formsPerExam],
  perShift: [1, LIMITS.formsPerExam],
  overlap: [0, 100],
  maxUses: [1, LIMITS.formsPerExam],
  spare: [0, LIMITS.formsPerExam],
  seatsPerRoom: [1, LIMITS.candidatesPerExam],
  seatsPerRow: [1, LIMITS.candidatesPerExam],
} as const satisfies Record<FormField, readonly [number, number]>;

export const RESERVE_LIMIT = [0, LIMITS.reservePapers] as const;

/** One shift with four forms, so that no neighbour, not at the corners either, has the same. */
export const NEW_FORMS: FormFields = {
  count: '4',
  perShift: '4',
  overlap: '25',
  maxUses: '4',
  spare: '1',
  seatsPerRoom: '24',
  seatsPerRow: '6',
};

export function readCount(typed: string, [min, max]: readonly [number, number]): number | null {
  if (!/^\d{1,6}$/.test(typed.trim())) return null;
  const value = Number(typed);
  return value >= min && value <= max ? value : null;
}

/** What does not fit together; null also while a number cannot be read. */
export function formsTrouble(fields: FormFields, reserve: string): 'shifts' | 'spare' | null {
  const [count, perShift, spare] = [Number(fields.count), Number(fields.perShift), Number(fields.spare)];
  if (perShift > 0 && count % perShift !== 0) return 'shifts';
  return Number(reserve) > 0 && spare === 0 ? 'spare' : null;
}

/** The setting; null while something cannot be read or does not fit. */
export function toForms(fields: FormFields, reserve: string): FormsSetting | null {
  if (formsTrouble(fields, reserve)) return null;
  const read = (name: FormField) => readCount(fields[name], FORM_LIMITS[name]);
  const setting = {
    count: read('count'),
    perShift: read('perShift'),
    overlap: read('overlap'),
    maxUses: read('maxUses'),
    spare: read('spare'),
    seatsPerRoom: read('seatsPerRoom'),
    seatsPerRow: read('seatsPerRow'),
  };
  return isWhole(setting) ? setting : null;
}

function isWhole(setting: Record<FormField, number | null>): setting is FormsSetting {
  return !Object.values(setting).includes(null);
}

export function toFormFields(assembly: Assembly): FormFields {
  if (assembly === 'dealt') return NEW_FORMS;
  const { forms } = assembly;
  return {
    count: String(forms.count),
    perShift: String(forms.perShift),
    overlap: String(forms.overlap),
    maxUses: String(forms.maxUses),
    spare: String(forms.spare),
    seatsPerRoom: String(forms.seatsPerRoom),
    seatsPerRow: String(forms.seatsPerRow),
  };
}
