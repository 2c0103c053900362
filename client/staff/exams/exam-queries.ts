import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ExamList, ExamView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { useMay, useMe } from '../session/session.ts';

/** While an exam runs its state changes by itself. */
const OPEN_POLL_MS = 3_000;

export function examKey(exam: string) {
  return ['exam', exam] as const;
}

export function useExam(exam: string) {
  return useQuery({
    queryKey: examKey(exam),
    queryFn: () => api.get<ExamView>(`/exams/${exam}`),
    refetchInterval: ({ state }) => {
      const view = state.data;
      return view && (view.state === 'open' || view.state === 'sealed' || view.sealing)
        ? OPEN_POLL_MS
        : false;
    },
  });
}

/** Reads the exam and everything below it again. */
export function useExamRefresh(exam: string): () => void {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: examKey(exam) });
    void queries.invalidateQueries({ queryKey: ['exams'] });
  };
}

export function examPage(after: string): Promise<ExamList> {
  return api.get<ExamList>(`/exams${after ? `?after=${encodeURIComponent(after)}` : ''}`);
}

/** Who the signed-in person is to an exam. */
export interface ExamPart {
  /** May change it: made it, and still is a teacher. */
  isOwner: boolean;
  mayStart: boolean;
}

export function useExamPart(): (exam: { owner: string }) => ExamPart {
  const may = useMay();
  const { data } = useMe();
  return ({ owner }) => ({
    isOwner: may('exams.manage') && data?.id === owner,
    mayStart: may('exams.start'),
  });
}
