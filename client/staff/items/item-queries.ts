import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ItemDetail } from '#bank/item';
import type { ItemList, ItemsQuery } from '#bank/protocol';
import { api } from '../api/client.ts';
import { allPages, search } from '../api/pages.ts';

const MOST = 200;

export type ItemFilter = Pick<ItemsQuery, 'topic' | 'level' | 'kind' | 'status'>;

/** Items of a bank, page by page; excerpts are for those who write or review in it. */
export function useItems(bank: string, filter: ItemFilter, excerpts: boolean) {
  return useInfiniteQuery({
    queryKey: ['bank', bank, 'items', filter, excerpts],
    queryFn: ({ pageParam }) =>
      api.get<ItemList>(
        `/banks/${bank}/items${search({ ...filter, excerpts, limit: 50, after: pageParam })}`,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

/** Every item that fits, to its end. */
export function useAllItems(bank: string, filter: ItemFilter, excerpts: boolean) {
  return useQuery({
    queryKey: ['bank', bank, 'all-items', filter, excerpts],
    queryFn: () =>
      allPages(
        (after) =>
          api.get<ItemList>(`/banks/${bank}/items${search({ ...filter, excerpts, limit: MOST, after })}`),
        ({ items }) => items,
      ),
  });
}

export function useItem(bank: string, item: string, version?: number) {
  return useQuery({
    queryKey: ['bank', bank, 'item', item, version],
    queryFn: () => api.get<ItemDetail>(`/banks/${bank}/items/${item}${search({ version })}`),
    refetchOnWindowFocus: false,
  });
}
