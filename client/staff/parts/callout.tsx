import type { ReactNode } from 'react';

interface CalloutProps {
  tone: 'accent' | 'care' | 'alarm';
  title?: string;
  /** Read out at once: for what went wrong just now. */
  isUrgent?: boolean;
  children: ReactNode;
}

/** A block that stands out from the page: good to know, attention, refusal. */
export function Callout({ tone, title, isUrgent = false, children }: CalloutProps) {
  return (
    <div className="callout" data-tone={tone} role={isUrgent ? 'alert' : undefined}>
      {title !== undefined && <p className="callout-title">{title}</p>}
      {children}
    </div>
  );
}
