import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ItemSummary, ReviewReport } from '#bank/protocol';
import { api } from '../api/client.ts';

/** What one call takes (`ItemVersions` of bank/protocol). */
const MOST = 200;

/** Sends versions for review, or approves them: any number, in several calls. */
export function useBulk(bank: string, act: 'submit' | 'approve') {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (items: readonly ItemSummary[]): Promise<ReviewReport> => {
      const report: ReviewReport = { done: 0, refused: [] };
      for (let start = 0; start < items.length; start += MOST) {
        const wanted = items.slice(start, start + MOST).map(({ id, version }) => ({ item: id, version }));
        const part = await api.post<ReviewReport>(`/banks/${bank}/${act}`, { items: wanted });
        report.done += part.done;
        report.refused.push(...part.refused);
      }
      return report;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['bank', bank] }),
  });
}
