import { useQuery } from '@tanstack/react-query';
import type { ClockEventList } from '#bank/protocol';
import { api } from '../api/client.ts';
import { ClockEvents } from '../parts/clock-events.tsx';
import { dateTime } from '../words/format.ts';

/** What was done to the clock of the server lately, for who looks after it; nothing where nothing was. */
export function HomeClock() {
  const clock = useQuery({
    queryKey: ['clock', 'events'],
    queryFn: () => api.get<ClockEventList>('/clock/events'),
  });
  return clock.data ? <ClockEvents events={clock.data.events} written={dateTime} /> : null;
}
