import { Anchor } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { shellWords } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

interface Crumb {
  title: string;
  /** Path inside the staff pages, such as `/banks`. */
  to: string;
}

export interface PageProps {
  title: string;
  crumbs?: readonly Crumb[];
  /** One line below the title. */
  lead?: ReactNode;
  /** Buttons that stand beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: where it lies, its one heading, what can be done. The heading takes the focus. */
export function Page({ title, crumbs = [], lead, actions, children }: PageProps) {
  const t = useWords(shellWords);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Niêm`;
  }, [title]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="page">
      {crumbs.length > 0 && (
        <nav className="crumbs" aria-label={t('pathLabel')}>
          {crumbs.map(({ title, to }) => (
            <Anchor key={to} href={`#${to}`} size="sm">
              {title}
            </Anchor>
          ))}
        </nav>
      )}
      <div className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <div className="lead">{lead}</div>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** A titled block of a page. */
export function Section({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="section">
      <div className="section-head">
        <h2>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** What stands where there is nothing yet: what it would be, and what to do next. */
export function Empty({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {hint && <p>{hint}</p>}
      {action}
    </div>
  );
}
