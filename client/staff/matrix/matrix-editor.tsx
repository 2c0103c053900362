import { Button, Group } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { BlueprintReport, ExamView, StrataReport } from '#bank/protocol';
import { api } from '../api/client.ts';
import { useExamRefresh } from '../exams/exam-queries.ts';
import { Loading } from '../parts/loading.tsx';
import { useNotice } from '../parts/notice.tsx';
import { useLeaveWarning } from '../parts/leave-warning.ts';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';
import { isSendable, roman, TEN_POINTS, toBlueprint, toDraft, type MatrixDraft } from './matrix-draft.ts';
import { addPart } from './matrix-edits.ts';
import { MatrixFoot } from './matrix-foot.tsx';
import { FormatNote } from './matrix-format.tsx';
import { MatrixPart } from './matrix-part.tsx';
import { MatrixStart } from './matrix-start.tsx';
import { MatrixVerdict } from './matrix-verdict.tsx';
import { matrixTotals } from './matrix-totals.ts';
import './matrix.css';
import './printed.css';

const MatrixRows = lazy(async () => ({ default: (await import('./matrix-rows.tsx')).MatrixRows }));
const MatrixBranches = lazy(async () => ({
  default: (await import('./matrix-branches.tsx')).MatrixBranches,
}));
const MatrixPrint = lazy(async () => ({ default: (await import('./matrix-print.tsx')).MatrixPrint }));

const CHECK_AFTER_MS = 350;

interface MatrixEditorProps {
  exam: ExamView;
  strata: StrataReport;
  bankTopics: readonly string[];
  isEditable: boolean;
}

export function MatrixEditor({ exam, strata, bankTopics, isEditable }: MatrixEditorProps) {
  const t = useWords(matrixWords);
  const notice = useNotice();
  const refresh = useExamRefresh(exam.id);
  const topics = useMemo(
    () => [...new Set([...bankTopics, ...strata.strata.map(({ topic }) => topic)])],
    [bankTopics, strata],
  );
  const [draft, setDraft] = useState<MatrixDraft>(() =>
    exam.blueprint
      ? toDraft(exam.blueprint, isEditable ? topics : [])
      : { parts: [], head: {}, total: TEN_POINTS },
  );
  const [isDirty, setDirty] = useState(false);
  useLeaveWarning(isDirty);
  const change = (next: MatrixDraft) => {
    setDraft(next);
    setDirty(true);
  };
  const report = useCheck(exam.id, draft, isEditable);
  const save = useMutation({
    mutationFn: () =>
      api.put<ExamView>(`/exams/${exam.id}/blueprint`, { blueprint: toBlueprint(draft), total: draft.total }),
    onSuccess: () => {
      setDirty(false);
      refresh();
      notice(t('saved'));
    },
  });
  if (draft.parts.length === 0) return <MatrixStart topics={topics} onStart={change} />;
  const totals = matrixTotals(draft);
  return (
    <div className="matrix">
      <FormatNote exam={exam} draft={draft} isEditable={isEditable} onChange={change} />
      {draft.parts.map((part, index) => (
        <MatrixPart
          key={part.key}
          exam={exam}
          draft={draft}
          index={index}
          totals={totals}
          strata={strata}
          report={report.data}
          isEditable={isEditable}
          onChange={change}
        />
      ))}
      {isEditable && (
        <Group mb="lg">
          <Button
            variant="default"
            onClick={() =>
              change(
                addPart(draft, t('partOf', { roman: roman(draft.parts.length + 1) }), ['choice'], topics),
              )
            }
          >
            {t('addPart')}
          </Button>
        </Group>
      )}
      {isEditable && (
        <Suspense fallback={<Loading />}>
          <MatrixBranches draft={draft} onChange={change} />
          <MatrixRows draft={draft} onChange={change} />
        </Suspense>
      )}
      {isEditable && <MatrixVerdict report={report.data} isChecking={report.isFetching} />}
      <MatrixFoot
        draft={draft}
        totals={totals}
        isEditable={isEditable}
        isDirty={isDirty}
        isSaving={save.isPending}
        error={save.error}
        onChange={change}
        onSave={save.mutate}
      />
      {isSendable(draft) && (
        <Suspense fallback={<Loading />}>
          <MatrixPrint exam={exam} blueprint={toBlueprint(draft)} />
        </Suspense>
      )}
    </div>
  );
}

/** What the server says of the matrix as it stands, a moment after the last change. */
function useCheck(exam: string, draft: MatrixDraft, isEditable: boolean) {
  const [settled] = useDebouncedValue(draft, CHECK_AFTER_MS);
  const input = { blueprint: toBlueprint(settled), total: settled.total };
  return useQuery({
    queryKey: ['exam', exam, 'check', input],
    queryFn: () => api.post<BlueprintReport>(`/exams/${exam}/blueprint/check`, input),
    enabled: isEditable && isSendable(settled),
    placeholderData: keepPreviousData,
  });
}
