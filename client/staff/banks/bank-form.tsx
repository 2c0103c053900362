import { Button, Group, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { BankKind, BankSettings } from '#bank/protocol';
import { Problem } from '../parts/problem.tsx';
import { bankFormWords } from '../words/banks.ts';
import { bankKindNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import { readTopics } from './topics.ts';

interface BankFormProps {
  initial: BankSettings;
  /** Asked for a new bank only; the kind of a bank stays. */
  asksKind?: boolean;
  submit: string;
  isPending: boolean;
  error: unknown;
  onSubmit(settings: BankSettings, kind: BankKind): void;
}

export function BankForm({ initial, asksKind = false, submit, isPending, error, onSubmit }: BankFormProps) {
  const t = useWords(bankFormWords);
  const kindName = useWords(bankKindNames);
  const [name, setName] = useState(initial.name);
  const [topics, setTopics] = useState(initial.topics.join('\n'));
  const [kind, setKind] = useState<BankKind>('shared');
  const list = readTopics(topics);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ name: name.trim(), topics: list }, kind);
  };
  return (
    <form onSubmit={send} className="form">
      <Stack gap="lg">
        <TextInput
          label={t('name')}
          placeholder={t('namePlaceholder')}
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {asksKind && (
          <Radio.Group
            label={t('kind')}
            value={kind}
            onChange={(value) => setKind(value === 'personal' ? 'personal' : 'shared')}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="shared" label={kindName('shared')} description={t('sharedHint')} />
              <Radio value="personal" label={kindName('personal')} description={t('personalHint')} />
            </Stack>
          </Radio.Group>
        )}
        <div>
          <Textarea
            label={t('topics')}
            description={t('topicsHint')}
            rows={8}
            value={topics}
            onChange={(event) => setTopics(event.currentTarget.value)}
          />
          <output className="said">
            {list.length > 0 ? t('topicsCount', { n: list.length }) : t('topicsNone')}
          </output>
        </div>
        {error ? <Problem error={error} /> : null}
        <Group>
          <Button type="submit" loading={isPending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
