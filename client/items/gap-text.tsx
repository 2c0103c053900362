import { Fragment, type ReactNode } from 'react';
import type { GapTextView } from '#bank/item';
import type { InlineView } from '#bank/protocol';
import type { Kit } from './renderer.ts';

/** Neighbouring runs without a gap between them are one text. */
function grouped(paragraph: GapTextView[number]): (InlineView[] | string)[] {
  const groups: (InlineView[] | string)[] = [];
  for (const run of paragraph) {
    const last = groups.at(-1);
    if (run.t === 'gap') groups.push(run.token);
    else if (Array.isArray(last)) last.push(run);
    else groups.push([run]);
  }
  return groups;
}

interface GapTextProps {
  text: GapTextView;
  RichText: Kit['RichText'];
  /** The field of the gap that comes first, second, … in the text, counted from 0. */
  renderField(token: string, index: number): ReactNode;
}

/** A text with its fields where the gaps are. */
export function GapText({ text, RichText, renderField }: GapTextProps) {
  let gaps = 0;
  return (
    <div className="gap-text">
      {text.map((paragraph, line) => (
        <p key={line}>
          {grouped(paragraph).map((group, place) => (
            <Fragment key={place}>
              {typeof group === 'string' ? renderField(group, gaps++) : <RichText value={[group]} isInline />}
            </Fragment>
          ))}
        </p>
      ))}
    </div>
  );
}
