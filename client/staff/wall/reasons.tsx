import { Radio, Stack } from '@mantine/core';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';

interface ReasonsProps<Reason extends string> {
  reasons: readonly Reason[];
  value: Reason;
  name: (reason: NoInfer<Reason>) => string;
  onChange: (reason: NoInfer<Reason>) => void;
}

/** The reason of a decision, one of a list. */
export function Reasons<Reason extends string>({ reasons, value, name, onChange }: ReasonsProps<Reason>) {
  const t = useWords(wallWords);
  return (
    <Radio.Group
      label={t('reason')}
      value={value}
      onChange={(chosen) => onChange(reasons.find((one) => one === chosen) ?? value)}
    >
      <Stack gap="xs" mt="xs">
        {reasons.map((one) => (
          <Radio key={one} value={one} label={name(one)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
