import { Button, Checkbox, Group, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { MARKING_POLICIES } from '#bank/marks';
import type { ExamProfile } from '#bank/protocol';
import { Problem } from '../parts/problem.tsx';
import { examFormWords, policyNames } from '../words/exams.ts';
import { useWords } from '../words/words.ts';
import { PapersFields } from './papers-fields.tsx';
import {
  durationSeconds,
  sectionSeconds,
  toSettings,
  type DurationUnit,
  type ExamFields,
} from './exam-settings.ts';

const PROFILES = ['P0', 'P1', 'P2', 'P3'] as const satisfies readonly ExamProfile[];

interface ExamFormProps {
  initial: ExamFields;
  /** Banks to choose from; absent for an exam that exists, whose bank stays. */
  banks?: readonly { id: string; name: string }[] | undefined;
  submit: string;
  isPending: boolean;
  error: unknown;
  onSubmit(fields: ExamFields): void;
}

/** The details of an exam. The server judges them again; here only what cannot be sent is said. */
export function ExamForm({ initial, banks, submit, isPending, error, onSubmit }: ExamFormProps) {
  const t = useWords(examFormWords);
  const policy = useWords(policyNames);
  const [fields, setFields] = useState(initial);
  const change = (changed: Partial<ExamFields>) => setFields({ ...fields, ...changed });
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(fields);
  };
  return (
    <form onSubmit={send} className="form">
      <Stack gap="lg">
        <TextInput
          label={t('title')}
          description={t('titleHint')}
          placeholder={t('titlePlaceholder')}
          required
          maxLength={200}
          value={fields.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        {banks && (
          <Select
            label={t('bank')}
            description={t('bankHint')}
            required
            allowDeselect={false}
            data={banks.map(({ id, name }) => ({ value: id, label: name }))}
            value={fields.bank || null}
            onChange={(bank) => change({ bank: bank ?? '' })}
          />
        )}
        <DurationFields fields={fields} onChange={change} />
        <TextInput
          label={t('sections')}
          description={t('sectionsHint')}
          placeholder="20, 15, 10"
          value={fields.sections}
          error={sectionSeconds(fields) === null && t('sectionsWrong')}
          onChange={(event) => change({ sections: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label={t('deadline')}
          description={t('deadlineHint')}
          value={fields.deadline}
          onChange={(event) => change({ deadline: event.currentTarget.value })}
        />
        <Radio.Group
          label={t('profile')}
          value={fields.profile}
          onChange={(profile) => change({ profile: profile as ExamProfile })}
        >
          <Stack gap="xs" mt="xs">
            {PROFILES.map((profile) => (
              <Radio key={profile} value={profile} label={t(profile)} description={t(`${profile}Hint`)} />
            ))}
          </Stack>
        </Radio.Group>
        <PapersFields fields={fields} onChange={change} />
        <Select
          label={t('policy')}
          allowDeselect={false}
          data={MARKING_POLICIES.map(({ name }) => ({
            value: name,
            label: name in policyNames ? policy(name as keyof typeof policyNames) : name,
          }))}
          value={fields.markingPolicy}
          onChange={(name) => change({ markingPolicy: name ?? fields.markingPolicy })}
        />
        <Checkbox
          label={t('showPoints')}
          checked={fields.showPoints}
          onChange={(event) => change({ showPoints: event.currentTarget.checked })}
        />
        {error ? <Problem error={error} /> : null}
        <Group>
          <Button
            type="submit"
            loading={isPending}
            disabled={toSettings(fields) === null || fields.bank === ''}
          >
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface DurationFieldsProps {
  fields: ExamFields;
  onChange(changed: Partial<ExamFields>): void;
}

function DurationFields({ fields, onChange }: DurationFieldsProps) {
  const t = useWords(examFormWords);
  return (
    <Group align="flex-start" gap="sm">
      <TextInput
        label={t('duration')}
        inputMode="numeric"
        required
        w={170}
        value={fields.duration}
        error={durationSeconds(fields) === null && t('durationWrong')}
        onChange={(event) => onChange({ duration: event.currentTarget.value })}
      />
      <Select
        label={t('unit')}
        w={110}
        allowDeselect={false}
        data={[
          { value: 'minutes', label: t('minutes') },
          { value: 'seconds', label: t('seconds') },
        ]}
        value={fields.unit}
        onChange={(unit) => onChange({ unit: unit as DurationUnit })}
      />
    </Group>
  );
}
