import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { DocumentHeadFields, useDocumentHead } from '../parts/document-head.tsx';
import { Problem } from '../parts/problem.tsx';
import { reportWords } from '../words/report.ts';
import { useWords } from '../words/words.ts';

/** The report as a file to be signed and kept, and its heading, which this browser keeps. */
export function ReportFile({ exam }: { exam: string }) {
  const t = useWords(reportWords);
  const head = useDocumentHead();
  const { authority, school } = head;
  const file = useMutation({
    mutationFn: () => api.download(`/exams/${exam}/certificate/file`, { authority, school }),
  });
  return (
    <div className="no-print">
      <DocumentHeadFields head={head} />
      <Group my="sm">
        <Button loading={file.isPending} onClick={() => file.mutate()}>
          {t('pdf')}
        </Button>
      </Group>
      {file.error && <Problem error={file.error} />}
    </div>
  );
}
