import { Checkbox, Stack } from '@mantine/core';
import { ROLES, type Role } from '#bank/protocol';
import { roleNames } from '../words/names.ts';
import { peopleWords } from '../words/people.ts';
import { useWords } from '../words/words.ts';

interface RolesFieldProps {
  value: readonly Role[];
  onChange(roles: Role[]): void;
}

/** What somebody is at the school; at least one of it. */
export function RolesField({ value, onChange }: RolesFieldProps) {
  const t = useWords(peopleWords);
  const role = useWords(roleNames);
  return (
    <Checkbox.Group
      label={t('roles')}
      value={[...value]}
      onChange={(chosen) => onChange(ROLES.filter((name) => chosen.includes(name)))}
      error={value.length === 0 && t('rolesMissing')}
    >
      <Stack gap="xs" mt="xs">
        {ROLES.map((name) => (
          <Checkbox key={name} value={name} label={role(name)} description={t(`${name}Hint`)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
