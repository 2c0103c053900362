import { PasswordInput, Progress } from '@mantine/core';
import { LIMITS } from '#bank/protocol';
import { useWords } from '../words/words.ts';
import { sessionWords } from '../words/session.ts';
import { judgePassword, passwordLength } from './password.ts';

const COLOURS = { short: 'gray', plain: 'orange', good: 'accent', strong: 'teal' } as const;

interface NewPasswordProps {
  value: string;
  login: string;
  onChange(value: string): void;
}

/** A field for a new password with a meter that says in words what is missing. */
export function NewPassword({ value, login, onChange }: NewPasswordProps) {
  const t = useWords(sessionWords);
  const verdict = judgePassword(value, login);
  const length = passwordLength(value);
  const said = {
    short: t('missing', { n: LIMITS.passwordCharacters - length }),
    plain: t('tooPlain'),
    good: t('good'),
    strong: t('strong'),
  }[verdict];
  return (
    <div>
      <PasswordInput
        label={t('newPassword')}
        description={t('passwordHint')}
        autoComplete="new-password"
        required
        value={value}
        visibilityToggleButtonProps={{ 'aria-label': t('show') }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Progress
        mt="xs"
        size="sm"
        aria-label={t('meter')}
        value={Math.min(100, (length / LIMITS.passwordCharacters) * 100)}
        color={COLOURS[verdict]}
      />
      <output className="said">{length > 0 ? said : '\u00a0'}</output>
    </div>
  );
}
