import type { LateAttempt, LateDecided, LateDecision, LatePage, LateVerdict } from '#bank/protocol';
import { newId } from '#bank/vault';
import type { ApiClient } from '../../scripts/steps/api-client.ts';

/** What came late to an exam and nobody has decided on; one page of it. */
export async function lateOf(api: ApiClient, exam: string): Promise<LateAttempt[]> {
  return (await api.get<LatePage>(`/exams/${exam}/late`)).attempts;
}

/** Decides on what came late to one attempt. */
export function decideLate(
  api: ApiClient,
  exam: string,
  { attempt, upTo }: LateAttempt,
  verdict: LateVerdict,
): Promise<LateDecided> {
  const body: LateDecision = { decision: newId(), verdict, reason: 'Phòng thi mất mạng.', upTo };
  return api.post<LateDecided>(`/exams/${exam}/late/${attempt}`, body);
}
