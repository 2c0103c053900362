/** The three lines of a checkpoint (C2SP tlog-checkpoint) that stand above its signatures; null when it is none. */
export function readNote(checkpoint: string): { origin: string; size: number; root: string } | null {
  const [origin, size, root] = checkpoint.split('\n');
  if (!origin || !size || !root || !/^\d+$/.test(size)) return null;
  return { origin, size: Number(size), root };
}

const LONG = 44;

/** The data of a leaf in one line; long hashes are cut, since the whole stands in the log. */
export function dataText(data: Record<string, unknown> | undefined): string {
  return Object.entries(data ?? {})
    .map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return `${name}: ${text.length > LONG ? `${text.slice(0, LONG)}…` : text}`;
    })
    .join(' · ');
}
