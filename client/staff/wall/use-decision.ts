import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DecisionTaken } from '#bank/protocol';
import { api } from '../api/client.ts';
import { newDecision } from '../api/decision.ts';

interface Asked {
  /** Part of the exam's address. */
  act: 'time' | 'pause' | 'resume' | 'terminate' | 'outages';
  body: Record<string, unknown>;
}

/** Sends a decision about candidates; named before it is sent, so that sending it twice decides it once. */
export function useDecision(exam: string, onTaken: (taken: DecisionTaken) => void) {
  const queries = useQueryClient();
  const [decision, setDecision] = useState(newDecision);
  return useMutation({
    mutationFn: ({ act, body }: Asked) =>
      api.post<DecisionTaken>(`/exams/${exam}/${act}`, { decision, ...body }),
    onSuccess: (taken) => {
      setDecision(newDecision());
      onTaken(taken);
      void queries.invalidateQueries({ queryKey: ['exam', exam, 'presence'] });
    },
  });
}
