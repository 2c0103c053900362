import type { Part, PartName } from './renderer.ts';
import style from './rare.css?url';

const LOADERS: { [N in PartName]: () => Promise<Part<N>> } = {
  matching: async () => (await import('./matching.tsx')).Matching,
  ordering: async () => (await import('./ordering.tsx')).Ordering,
  cloze: async () => (await import('./cloze.tsx')).Cloze,
  gapMatch: async () => (await import('./gap-match.tsx')).GapMatch,
  hotText: async () => (await import('./hot-text.tsx')).HotText,
  hotspot: async () => (await import('./hotspot.tsx')).Hotspot,
  essay: async () => (await import('./essay.tsx')).Essay,
  media: async () => (await import('./media.tsx')).Media,
};

/** Loads what few papers have: the style that these parts share, and the part, which is set. */
export async function rare<N extends PartName>(name: N, set: (update: () => Part<N>) => void): Promise<void> {
  addStyle();
  const Part = await LOADERS[name]();
  set(() => Part);
}

function addStyle(): void {
  if (document.getElementById('rare-style')) return;
  const link = document.createElement('link');
  Object.assign(link, { id: 'rare-style', rel: 'stylesheet', href: style });
  document.head.append(link);
}
