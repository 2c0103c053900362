import { useQuery, useQueryClient } from '@tanstack/react-query';
import { isAllowed, type Access, type Role, type StaffCaller } from '#bank/protocol';
import { api } from '../api/client.ts';

const ME = ['me'] as const;

/** The signed-in person; null when nobody is, undefined while that is not known. */
export function useMe() {
  return useQuery({
    queryKey: ME,
    queryFn: () => api.get<StaffCaller>('/me'),
    staleTime: Infinity,
  });
}

/** After signing in or out: what was known for one person is forgotten for the next. */
export function useSessionChange() {
  const queries = useQueryClient();
  return {
    signedIn: () => queries.invalidateQueries(),
    signedOut: () => {
      queries.setQueryData(ME, null);
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
    },
  };
}

export function may(roles: readonly Role[], access: Access): boolean {
  return isAllowed({ kind: 'staff', user: '', roles }, access);
}

/** What the signed-in person may do; the server checks the same table again. */
export function useMay(): (access: Access) => boolean {
  const { data } = useMe();
  return (access) => may(data?.roles ?? [], access);
}
