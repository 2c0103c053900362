import { useLayoutEffect, useRef, type ReactNode } from 'react';

/**
 * The heading of a screen; takes the focus when it appears, never later, and names the tab. Give it a `key` for its
 * subject.
 */
export function Heading({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    scrollTo(0, 0);
    ref.current?.focus();
    document.title = `${ref.current?.textContent} · Niêm`;
  }, []);
  return (
    <h1 ref={ref} id="heading" tabIndex={-1}>
      {children}
    </h1>
  );
}
