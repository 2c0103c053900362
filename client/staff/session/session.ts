import { useQuery, useQueryClient, type QueryFunctionContext } from '@tanstack/react-query';
import { isAllowed, type Access, type Role, type StaffCaller } from '#bank/protocol';
import { api, sessionIsOver } from '../api/client.ts';

const ME = ['me'] as const;

/** The signed-in person; null when nobody is, undefined while that is not known. */
export function useMe() {
  return useQuery({ queryKey: ME, queryFn: fetchMe, staleTime: Infinity });
}

/**
 * A page that knows somebody keeps them when the server knows nobody: their session is over, and what is being entered
 * stays behind the sign-in.
 */
async function fetchMe({ client }: QueryFunctionContext): Promise<StaffCaller> {
  const me = await api.get<StaffCaller>('/me');
  if (!me && client.getQueryData<StaffCaller>(ME)) throw sessionIsOver();
  return me;
}

const isNotMe = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== ME[0];

/** After signing in or out: what was known for one person is forgotten for the next. */
export function useSessionChange() {
  const queries = useQueryClient();
  return {
    /** Rejects when the session has ended again meanwhile. */
    signedIn: async () => {
      await queries.invalidateQueries({ queryKey: ME }, { throwOnError: true });
      void queries.invalidateQueries({ predicate: isNotMe });
    },
    signedOut: () => {
      queries.setQueryData(ME, null);
      queries.removeQueries({ predicate: isNotMe });
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
