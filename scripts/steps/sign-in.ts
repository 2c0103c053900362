import { ApiClient } from './api-client.ts';

/** A member of staff, signed in at a server. */
export async function signIn(server: string, login: string, password: string): Promise<ApiClient> {
  const api = new ApiClient(server);
  await api.post('/sign-in', { login, password });
  return api;
}
