import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ExamState, PresencePage, PresencePush, PresentCandidate } from '#bank/protocol';
import { api } from '../api/client.ts';
import { afterQuery } from '../api/pages.ts';
import { devicesKey } from './device-queries.ts';
import { useWallLine } from './use-wall-line.ts';

/** While the server does not tell by itself what changes. */
const POLL_MS = 3_000;
/** While it does: for what a line might have lost. */
const SAFETY_MS = 30_000;

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

/** How everybody stands after a push of the server. */
export function afterPush(presence: Presence, { now, standings }: PresencePush): Presence {
  const changed = new Map(standings.map((standing) => [standing.attempt, standing]));
  const candidates = presence.candidates.map((before) => {
    const standing = changed.get(before.attempt);
    if (!standing) return before;
    const { candidate, number, name } = before;
    return { ...standing, candidate, number, name };
  });
  return { ...presence, now: Math.max(now, presence.now), candidates };
}

/**
 * Followed while `isLive`, by what the server tells and by asking where no line gets through; read anew whenever the
 * exam gets into another state.
 */
export function usePresence(exam: string, state: ExamState, isLive: boolean) {
  const queries = useQueryClient();
  const queryKey = ['exam', exam, 'presence', state];
  /** What was told while the list was on its way, which may be older. */
  const meanwhile = useRef<PresencePush[]>([]);
  const line = useWallLine(exam, isLive, {
    onOpen() {
      void queries.invalidateQueries({ queryKey });
      void queries.invalidateQueries({ queryKey: devicesKey(exam) });
    },
    onDevices: () => void queries.invalidateQueries({ queryKey: devicesKey(exam) }),
    onPush(push) {
      meanwhile.current.push(push);
      queries.setQueryData<Presence>(queryKey, (presence) => presence && afterPush(presence, push));
      if (push.state !== state) void queries.invalidateQueries({ queryKey: ['exam', exam] });
    },
  });
  const pollMs = isLive && (line.isUp ? SAFETY_MS : POLL_MS);
  const query = useQuery({
    queryKey,
    async queryFn() {
      meanwhile.current = [];
      const presence = await readPresence(exam);
      return meanwhile.current.reduce(afterPush, presence);
    },
    refetchInterval: pollMs,
    placeholderData: keepPreviousData,
  });
  return { query, pollMs, heardAt: () => Math.max(line.heardAt(), query.dataUpdatedAt) };
}
