import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DecideDevice, DeviceRequests } from '#bank/protocol';
import { api } from '../api/client.ts';

export function devicesKey(exam: string) {
  return ['exam', exam, 'devices'] as const;
}

/** Devices that wait for the proctor; asked for every `pollMs`, and when the server says that there are others. */
export function useWaitingDevices(exam: string, pollMs: number | false) {
  return useQuery({
    queryKey: devicesKey(exam),
    queryFn: () => api.get<DeviceRequests>(`/exams/${exam}/device-requests`),
    refetchInterval: pollMs,
    enabled: pollMs !== false,
  });
}

export function useDeviceDecision(exam: string, onDecided: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ request, ...decision }: DecideDevice & { request: string }) =>
      api.post(`/device-requests/${request}`, decision),
    onSuccess: onDecided,
    onSettled: () => void queries.invalidateQueries({ queryKey: ['exam', exam] }),
  });
}
