import type { ReactNode } from 'react';

/** A short state beside a name; the tone never says more than the words do. */
export function Tag({ tone, children }: { tone?: 'accent' | 'care' | 'alarm'; children: ReactNode }) {
  return (
    <span className="tag" data-tone={tone}>
      {children}
    </span>
  );
}
