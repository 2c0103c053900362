import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { BankView, ExamView, StrataReport } from '#bank/protocol';
import { api } from '../api/client.ts';
import { useBank } from '../banks/bank-queries.ts';
import { ExamPage } from '../exams/exam-page.tsx';
import { useExam, useExamPart } from '../exams/exam-queries.ts';
import { Loading } from '../parts/loading.tsx';
import { Empty } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';
import { MatrixEditor } from './matrix-editor.tsx';

/** The exam matrix: made in a draft, looked at afterwards. */
export function Matrix({ params }: { params: Record<string, string> }) {
  const id = params['exam'] ?? '';
  const exam = useExam(id);
  const strata = useQuery({
    queryKey: ['exam', id, 'strata'],
    queryFn: () => api.get<StrataReport>(`/exams/${id}/strata`),
  });
  const bank = useBank(exam.data?.bank ?? '', { enabled: exam.data !== undefined });
  const error = exam.error ?? strata.error ?? bank.error;
  if (error) return <Problem error={error} onRetry={() => void strata.refetch()} />;
  if (!exam.data || !strata.data || !bank.data) return <Loading />;
  return <MatrixPage exam={exam.data} bank={bank.data} strata={strata.data} />;
}

interface MatrixPageProps {
  exam: ExamView;
  bank: BankView;
  strata: StrataReport;
}

function MatrixPage({ exam, bank, strata }: MatrixPageProps) {
  const t = useWords(matrixWords);
  const { isOwner } = useExamPart()(exam);
  const isEditable = isOwner && exam.state === 'draft' && !exam.sealing;
  const isEmpty = strata.strata.length === 0 && !exam.blueprint;
  return (
    <ExamPage exam={exam} title={t('title')} lead={isEditable ? t('lead') : t('sealed')}>
      {isEmpty ? (
        <Empty
          title={t('emptyBank')}
          action={
            <Button component="a" href={`#/banks/${bank.id}`}>
              {t('toBank')}
            </Button>
          }
        />
      ) : (
        <MatrixEditor exam={exam} strata={strata} bankTopics={bank.topics} isEditable={isEditable} />
      )}
    </ExamPage>
  );
}
