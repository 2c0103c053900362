import type { RareKind, RareRenderer } from './renderer.ts';
import style from './rare.css?url';

const LOADERS: { [K in RareKind]: () => Promise<RareRenderer<K>> } = {
  matching: async () => (await import('./matching.tsx')).Matching,
  ordering: async () => (await import('./ordering.tsx')).Ordering,
  cloze: async () => (await import('./cloze.tsx')).Cloze,
  gapMatch: async () => (await import('./gap-match.tsx')).GapMatch,
  hotText: async () => (await import('./hot-text.tsx')).HotText,
  hotspot: async () => (await import('./hotspot.tsx')).Hotspot,
  essay: async () => (await import('./essay.tsx')).Essay,
};

/** Loads what a kind needs that few papers have: the style that these kinds share, and the renderer, which is set. */
export async function rare(kind: RareKind, set: (update: () => RareRenderer) => void): Promise<void> {
  addStyle();
  const Answer = (await LOADERS[kind]()) as RareRenderer;
  set(() => Answer);
}

function addStyle(): void {
  if (document.getElementById('rare-style')) return;
  const link = document.createElement('link');
  Object.assign(link, { id: 'rare-style', rel: 'stylesheet', href: style });
  document.head.append(link);
}
