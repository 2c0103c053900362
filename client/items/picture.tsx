import { useLayoutEffect, useRef } from 'react';
import type { ImageRun } from '#bank/protocol';

/** A picture out of its box, shown from memory through a `blob:` address. */
export function Picture({ run }: { run: ImageRun }) {
  const ref = useRef<HTMLImageElement>(null);
  useLayoutEffect(() => {
    const bytes = Uint8Array.from(atob(run.data), (char) => char.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes], { type: run.mime }));
    if (ref.current) ref.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [run]);
  return <img ref={ref} alt={run.alt} />;
}
