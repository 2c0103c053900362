import { createElement, useContext, type ReactNode } from 'react';
import type { InlineView, MediaView, RichTextView } from '#bank/protocol';
import { Formula } from './formula.tsx';
import { LazyPart, MediaContext } from './lazy-part.tsx';
import { Picture } from './picture.tsx';

const MARKS = { b: 'strong', i: 'em', u: 'u', sub: 'sub', sup: 'sup' } as const;

/** A recording with its player, which only a page that has one loads. */
function Media({ run }: { run: MediaView }) {
  const load = useContext(MediaContext);
  return <LazyPart part="media" props={{ run, load }} />;
}

function Run({ run }: { run: InlineView }) {
  if (run.t === 'math') return <Formula run={run} />;
  if (run.t === 'image') return <Picture run={run} />;
  if (run.t === 'media') return <Media key={run.media} run={run} />;
  let node: ReactNode = run.v;
  for (const mark of Object.keys(MARKS) as (keyof typeof MARKS)[]) {
    if (run[mark]) node = createElement(MARKS[mark], null, node);
  }
  return node;
}

/** Structured text. `isInline` uses spans, for places that take no block elements, such as a label. */
export function RichText({ value, isInline = false }: { value: RichTextView; isInline?: boolean }) {
  const Paragraph = isInline ? 'span' : 'p';
  return value.map((runs, line) => (
    <Paragraph key={line} className="para">
      {runs.map((run, index) => (
        <Run key={index} run={run} />
      ))}
    </Paragraph>
  ));
}

/** The letters of a text without pictures; null when a formula or picture carries part of its meaning. */
export function plainLabel(value: RichTextView): string | null {
  const runs = value.flat();
  return runs.every((run) => run.t === 'text') ? runs.map((run) => run.v).join('') : null;
}
