import { useCallback, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

interface ShadowFrameProps {
  /** Text of style sheets that hold inside only. */
  styles: readonly string[];
  /** Addresses of further style sheets. */
  links: readonly string[];
  children: ReactNode;
}

function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** Keeps the candidate's style and that of the staff pages apart: each is what it is, and neither changes the other. */
export function ShadowFrame({ styles, links, children }: ShadowFrameProps) {
  const [root, setRoot] = useState<ShadowRoot | null>(null);
  const attach = useCallback(
    (host: HTMLDivElement | null) => {
      if (!host) return;
      const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
      shadow.adoptedStyleSheets = styles.map(sheetOf);
      setRoot(shadow);
    },
    [styles],
  );
  const content = (
    <>
      {links.map((href, place) => (
        <link key={`${place} ${href}`} rel="stylesheet" href={href} />
      ))}
      {children}
    </>
  );
  return (
    <div ref={attach} className="candidate-view">
      {root && createPortal(content, root)}
    </div>
  );
}
