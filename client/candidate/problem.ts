import { ApiError, UNREACHABLE } from './device/api.ts';
import { clockTime } from './format.ts';

/** The sentence of a refusal, which the server wrote in the reader's language; moments in it as a clock shows them. */
export function problemText(error: unknown, noServer: string): string {
  if (!(error instanceof ApiError) || error.code === UNREACHABLE) return noServer;
  return (error.message || error.code).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (moment) =>
    clockTime(Date.parse(moment)),
  );
}
