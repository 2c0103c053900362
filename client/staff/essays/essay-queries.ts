import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { EssayList, EssayToMark } from '#bank/protocol';
import { api } from '../api/client.ts';
import { afterQuery } from '../api/pages.ts';
import { examKey } from '../exams/exam-queries.ts';

async function readList(exam: string): Promise<EssayList> {
  const read = (after: string) => api.get<EssayList>(`/exams/${exam}/essays${afterQuery(after)}`);
  let page = await read('');
  const essays = [...page.essays];
  while (page.next !== undefined) {
    page = await read(page.next);
    essays.push(...page.essays);
  }
  return { total: page.total, marked: page.marked, essays };
}

export function useEssays(exam: string, isClosed: boolean) {
  return useQuery({
    queryKey: [...examKey(exam), 'essays'],
    queryFn: () => readList(exam),
    enabled: isClosed,
  });
}

/** One essay; reading it is on the record, so it is read when it is opened and not again by itself. */
export function useEssay(exam: string, essay: string) {
  return useQuery({
    queryKey: [...examKey(exam), 'essay', essay],
    queryFn: () => api.get<EssayToMark>(`/exams/${exam}/essays/${essay}`),
    refetchOnWindowFocus: false,
    staleTime: Infinity,
    gcTime: 0,
  });
}

export function useEssayRefresh(exam: string): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: [...examKey(exam), 'essays'] });
    await queries.invalidateQueries({ queryKey: [...examKey(exam), 'essay'] });
  };
}
