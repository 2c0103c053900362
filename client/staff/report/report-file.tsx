import { Button, Group, TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { Problem } from '../parts/problem.tsx';
import { reportWords } from '../words/report.ts';
import { useWords } from '../words/words.ts';

/** The report as a file to be signed and kept, and its heading, which this browser keeps. */
export function ReportFile({ exam }: { exam: string }) {
  const t = useWords(reportWords);
  const [authority, setAuthority] = useLocalStorage({ key: 'niem-authority', defaultValue: '' });
  const [school, setSchool] = useLocalStorage({ key: 'niem-school', defaultValue: '' });
  const file = useMutation({
    mutationFn: () => api.download(`/exams/${exam}/certificate/file`, { authority, school }),
  });
  return (
    <div className="no-print">
      <div className="row-fields">
        <TextInput
          label={t('authority')}
          maxLength={200}
          value={authority}
          onChange={(event) => setAuthority(event.currentTarget.value)}
        />
        <TextInput
          label={t('school')}
          maxLength={200}
          value={school}
          onChange={(event) => setSchool(event.currentTarget.value)}
        />
      </div>
      <Group my="sm">
        <Button loading={file.isPending} onClick={() => file.mutate()}>
          {t('pdf')}
        </Button>
      </Group>
      {file.error && <Problem error={file.error} />}
    </div>
  );
}
