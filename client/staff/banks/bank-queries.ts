import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { BankList, BankView, ColleagueList } from '#bank/protocol';
import { api } from '../api/client.ts';
import { afterQuery, allPages } from '../api/pages.ts';

const STALE_MS = 30_000;

/** Every bank that the person works in, by name. */
export function useBanks({ enabled = true }: { enabled?: boolean } = {}) {
  return useQuery({
    queryKey: ['banks'],
    queryFn: async () => {
      const banks = await allPages(
        (after) => api.get<BankList>(`/banks${afterQuery(after)}`),
        (page) => page.banks,
      );
      return banks.sort((a, b) => a.name.localeCompare(b.name, 'vi'));
    },
    enabled,
  });
}

export function useBank(bank: string, { enabled = true }: { enabled?: boolean } = {}) {
  return useQuery({
    queryKey: ['bank', bank],
    queryFn: () => api.get<BankView>(`/banks/${bank}`),
    enabled,
  });
}

/** Reads the bank and everything below it again. */
export function useBankRefresh(bank: string): () => void {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['bank', bank] });
    void queries.invalidateQueries({ queryKey: ['banks'] });
  };
}

/** Names of the people one works with, by id. */
export function useColleagues() {
  return useQuery({
    queryKey: ['colleagues'],
    queryFn: () =>
      allPages(
        (after) => api.get<ColleagueList>(`/colleagues${afterQuery(after)}`),
        ({ people }) => people,
      ),
    staleTime: STALE_MS,
  });
}
