import { Group, Radio, Stack, TextInput } from '@mantine/core';
import { formsWords } from '../words/forms.ts';
import { useWords } from '../words/words.ts';
import type { ExamFields } from './exam-settings.ts';
import {
  FORM_LIMITS,
  formsTrouble,
  readCount,
  RESERVE_LIMIT,
  type FormFields,
  type FormField,
} from './form-settings.ts';
import { ShiftPlanner } from './shift-planner.tsx';

interface PapersFieldsProps {
  fields: ExamFields;
  onChange(changed: Partial<ExamFields>): void;
}

const FIELDS = Object.keys(FORM_LIMITS) as FormField[];

/** How papers come about, and how many are sealed in reserve. */
export function PapersFields({ fields, onChange }: PapersFieldsProps) {
  const t = useWords(formsWords);
  const { papers, forms, reserve } = fields;
  const change = (changed: Partial<FormFields>) => onChange({ forms: { ...forms, ...changed } });
  const trouble = papers === 'forms' ? formsTrouble(forms, reserve) : null;
  const wrong = (value: string, [min, max]: readonly [number, number]) =>
    readCount(value, [min, max]) === null && t('wrong', { min, max });
  const errorOf = (name: FormField) =>
    wrong(forms[name], FORM_LIMITS[name]) ||
    (trouble === 'shifts' && name === 'count' && t('wrongShifts')) ||
    (trouble === 'spare' && name === 'spare' && t('wrongSpare'));
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('papers')}
        value={papers}
        onChange={(value) => onChange({ papers: value as ExamFields['papers'] })}
      >
        <Stack gap="xs" mt="xs">
          {(['dealt', 'forms'] as const).map((one) => (
            <Radio key={one} value={one} label={t(one)} description={t(`${one}Hint`)} />
          ))}
        </Stack>
      </Radio.Group>
      {papers === 'forms' && (
        <>
          <Group align="flex-start" gap="sm">
            {FIELDS.map((name) => (
              <TextInput
                key={name}
                label={t(name)}
                inputMode="numeric"
                required
                w={215}
                value={forms[name]}
                error={errorOf(name)}
                onChange={(event) => change({ [name]: event.currentTarget.value })}
              />
            ))}
          </Group>
          <ShiftPlanner
            minutes={Number(fields.duration) / (fields.unit === 'minutes' ? 1 : 60)}
            onTake={(shifts) =>
              change({ count: String(shifts * (readCount(forms.perShift, FORM_LIMITS.perShift) ?? 1)) })
            }
          />
        </>
      )}
      <TextInput
        label={t('reserve')}
        description={t('reserveHint')}
        inputMode="numeric"
        value={reserve}
        error={wrong(reserve, RESERVE_LIMIT)}
        onChange={(event) => onChange({ reserve: event.currentTarget.value })}
      />
    </Stack>
  );
}
