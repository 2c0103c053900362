import { useQuery } from '@tanstack/react-query';
import { isPast, type ExamView, type LateAttempt, type LatePage } from '#bank/protocol';
import { api } from '../api/client.ts';
import { afterQuery, allPages } from '../api/pages.ts';
import { examKey } from './exam-queries.ts';

/** Devices may deliver at any time after the end, as soon as they have a network again. */
const POLL_MS = 15_000;

/** What waits for a decision, and until when grading waits for it. */
interface Late {
  attempts: LateAttempt[];
  waitsUntil: number | null;
  /** By the server's clock. */
  now: number;
}

async function readLate(exam: string): Promise<Late> {
  const pages = await allPages(
    (after) => api.get<LatePage>(`/exams/${exam}/late${afterQuery(after)}`),
    (page) => [page],
  );
  return {
    attempts: pages.flatMap(({ attempts }) => attempts),
    waitsUntil: pages[0]?.waitsUntil ?? null,
    now: pages[0]?.now ?? 0,
  };
}

/** Late answers of an exam that has closed; followed as long as somebody may decide on them. */
export function useLate({ id, state }: Pick<ExamView, 'id' | 'state'>) {
  return useQuery({
    queryKey: [...examKey(id), 'late', state],
    queryFn: () => readLate(id),
    enabled: isPast(state, 'closed'),
    refetchInterval: state === 'closed' ? POLL_MS : false,
  });
}
