import { Button, Group, SegmentedControl } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { assembledSections, plannedSections, type MatrixForm } from '#bank/blueprint';
import type { AssembledMatrix, Blueprint, ExamView, MatrixFileFormat, MatrixFileInput } from '#bank/protocol';
import { api } from '../api/client.ts';
import { DocumentHeadFields, useDocumentHead } from '../parts/document-head.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { useLanguage } from '../words/language.ts';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';
import { MatrixTableView } from './matrix-table.tsx';

type Source = 'plan' | 'papers';

interface MatrixPrintProps {
  exam: ExamView;
  /** As it stands on the page. */
  blueprint: Blueprint;
}

/** The matrix as it goes on paper, and as a file; once papers are sealed it can be counted in them. */
export function MatrixPrint({ exam, blueprint }: MatrixPrintProps) {
  const t = useWords(matrixWords);
  const language = useLanguage();
  const isSealed = exam.manifestHash !== undefined;
  const [form, setForm] = useState<MatrixForm>('official');
  const [source, setSource] = useState<Source>('plan');
  const assembled = useQuery({
    queryKey: ['exam', exam.id, 'matrix'],
    queryFn: () => api.get<AssembledMatrix>(`/exams/${exam.id}/matrix`),
    enabled: source === 'papers',
    staleTime: Infinity,
  });
  const sections =
    source === 'plan'
      ? plannedSections(blueprint, form, language)
      : assembledSections(blueprint, countedOf(assembled.data), form, language);
  return (
    <div className="matrix-print">
      <Section title={t('printTitle')}>
        <Group className="no-print" mb="md">
          <SegmentedControl
            aria-label={t('form')}
            value={form}
            onChange={(value) => setForm(value as MatrixForm)}
            data={[
              { value: 'official', label: t('formOfficial') },
              { value: 'generic', label: t('formGeneric') },
            ]}
          />
          {isSealed && (
            <SegmentedControl
              aria-label={t('source')}
              value={source}
              onChange={(value) => setSource(value as Source)}
              data={[
                { value: 'plan', label: t('sourcePlan') },
                { value: 'papers', label: t('sourcePapers') },
              ]}
            />
          )}
          <Button variant="default" onClick={() => window.print()}>
            {t('print')}
          </Button>
        </Group>
        {source === 'papers' && assembled.isPending && <Loading />}
        {source === 'papers' && assembled.error && <Problem error={assembled.error} />}
        {sections.map((section) => (
          <MatrixTableView key={section.name} section={section} />
        ))}
        {assembled.data !== undefined && source === 'papers' && assembled.data.others > 0 && (
          <p>{t('othersNote', { n: assembled.data.others })}</p>
        )}
        <MatrixFiles exam={exam.id} input={{ form, ...(source === 'plan' && { blueprint }) }} />
      </Section>
    </div>
  );
}

function countedOf(assembled: AssembledMatrix = { variants: [], all: 0, others: 0 }) {
  const variants = assembled.variants.map(({ responses, ...variant }) => ({
    ...variant,
    counted: { responses, unplaced: { count: 0, quarters: 0 } },
  }));
  return { variants, all: assembled.all };
}

/** The head of the document, which this browser keeps, and the two kinds of file. */
function MatrixFiles({ exam, input }: { exam: string; input: Pick<MatrixFileInput, 'form' | 'blueprint'> }) {
  const t = useWords(matrixWords);
  const head = useDocumentHead();
  const { authority, school } = head;
  const file = useMutation({
    mutationFn: (format: MatrixFileFormat) =>
      api.download(`/exams/${exam}/matrix/file`, { ...input, format, authority, school }),
  });
  return (
    <div className="no-print">
      <DocumentHeadFields head={head} />
      <Group mt="sm">
        <Button variant="default" loading={file.isPending} onClick={() => file.mutate('docx')}>
          {t('fileWord')}
        </Button>
        <Button variant="default" loading={file.isPending} onClick={() => file.mutate('xlsx')}>
          {t('fileExcel')}
        </Button>
      </Group>
      {file.error && <Problem error={file.error} />}
    </div>
  );
}
