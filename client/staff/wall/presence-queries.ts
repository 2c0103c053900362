import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ExamState, PresencePage, PresentCandidate } from '#bank/protocol';
import { api } from '../api/client.ts';
import { afterQuery } from '../api/pages.ts';

const POLL_MS = 3_000;

/** How everybody stands, with the server's clock at the last page. */
export type Presence = Omit<PresencePage, 'next'>;

async function readPresence(exam: string): Promise<Presence> {
  const candidates: PresentCandidate[] = [];
  let after: string | undefined = '';
  for (;;) {
    const page: PresencePage = await api.get<PresencePage>(`/exams/${exam}/presence${afterQuery(after)}`);
    candidates.push(...page.candidates);
    if (page.next === undefined) return { ...page, candidates };
    after = page.next;
  }
}

/** Followed while `isLive`; read anew whenever the exam gets into another state. */
export function usePresence(exam: string, state: ExamState, isLive: boolean) {
  return useQuery({
    queryKey: ['exam', exam, 'presence', state],
    queryFn: () => readPresence(exam),
    refetchInterval: isLive ? POLL_MS : false,
    placeholderData: keepPreviousData,
  });
}
