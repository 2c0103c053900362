import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { planShifts, type ShiftNeeds } from '#bank/protocol';
import { plannerWords } from '../words/forms.ts';
import { duration, number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';

const FIELDS = ['candidates', 'computers', 'sparePercent', 'turnover', 'halfDay'] as const;
type Fields = Record<(typeof FIELDS)[number], string>;

interface ShiftPlannerProps {
  /** Working time. */
  minutes: number;
  onTake(shifts: number): void;
}

/** Works out from candidates and computers how many shifts there have to be. */
export function ShiftPlanner({ minutes, onTake }: ShiftPlannerProps) {
  const t = useWords(plannerWords);
  const [fields, setFields] = useState<Fields>({
    candidates: '',
    computers: '',
    sparePercent: '5',
    turnover: '20',
    halfDay: '240',
  });
  const needs = needsOf(fields, minutes);
  return (
    <details>
      <summary>{t('title')}</summary>
      <Group align="flex-start" gap="sm" mt="xs">
        {FIELDS.map((name) => (
          <TextInput
            key={name}
            label={t(name)}
            inputMode="numeric"
            w={170}
            value={fields[name]}
            onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
          />
        ))}
      </Group>
      {needs && <Plan needs={needs} onTake={onTake} />}
    </details>
  );
}

function Plan({ needs, onTake }: { needs: ShiftNeeds; onTake: ShiftPlannerProps['onTake'] }) {
  const t = useWords(plannerWords);
  const language = useLanguage();
  const plan = planShifts(needs);
  if (!plan) return <output>{t('impossible')}</output>;
  const { seats, shifts, minutes, halfDays } = plan;
  return (
    <Stack gap="xs" mt="xs" align="flex-start">
      <output>
        {t('result', {
          seats: number(seats, language),
          shifts,
          time: duration(minutes * 60, language),
          halfDays: halfDays.join(' + '),
        })}
      </output>
      <Button variant="default" size="xs" onClick={() => onTake(shifts)}>
        {t('take', { shifts })}
      </Button>
    </Stack>
  );
}

/** Null while something has not been typed yet. */
function needsOf(fields: Fields, minutes: number): ShiftNeeds | null {
  const typed = Object.values(fields);
  if (!typed.every((one) => /^\d{1,6}$/.test(one.trim())) || !(minutes > 0)) return null;
  const [candidates, sparePercent] = [Number(fields.candidates), Number(fields.sparePercent)];
  if (candidates === 0 || sparePercent > 100) return null;
  return {
    candidates,
    computers: Number(fields.computers),
    sparePercent,
    minutes,
    turnover: Number(fields.turnover),
    halfDay: Number(fields.halfDay),
  };
}
