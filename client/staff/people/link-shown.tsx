import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import type { InvitationLink } from '#bank/protocol';
import { dateTime } from '../words/format.ts';
import { peopleWords } from '../words/people.ts';
import { useWords } from '../words/words.ts';

/** A one-time link, shown once. */
export function LinkShown({ link, onDone }: { link: InvitationLink; onDone(): void }) {
  const t = useWords(peopleWords);
  return (
    <Stack>
      <Text>{t('linkHint', { time: dateTime(Date.parse(link.expiresAt)) })}</Text>
      <TextInput
        label={t('link')}
        value={link.url}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('done')}
        </Button>
        <CopyButton value={link.url}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? t('copied') : t('copy')}</Button>}
        </CopyButton>
      </Group>
    </Stack>
  );
}
