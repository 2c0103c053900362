/** Tells who watches an exam which of its attempts may stand otherwise than before. */
export interface Changes {
  tell(attempt: string): void;
  /** The answer to a request that may change how an attempt stands; costs nothing while nobody watches. */
  after<T>(attempt: string, reply: Promise<T>): Promise<T>;
  /** Calls `onChange` with attempts of the exam; gives what ends that. */
  watch(exam: string, onChange: (attempt: string) => void): () => void;
}

/** `examOf` knows every attempt that can change. */
export function createChanges(examOf: (attempt: string) => string | undefined): Changes {
  const watching = new Map<string, Set<(attempt: string) => void>>();

  function tell(attempt: string): void {
    if (watching.size === 0) return;
    for (const onChange of watching.get(examOf(attempt) ?? '') ?? []) onChange(attempt);
  }

  return {
    tell,
    after: (attempt, reply) => (watching.size === 0 ? reply : reply.finally(() => tell(attempt))),
    watch(exam, onChange) {
      const listeners = watching.get(exam) ?? new Set();
      watching.set(exam, listeners.add(onChange));
      return () => {
        listeners.delete(onChange);
        if (listeners.size === 0 && watching.get(exam) === listeners) watching.delete(exam);
      };
    },
  };
}
