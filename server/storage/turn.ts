const waiting: (() => void)[] = [];

/**
 * Resolves in a turn of the event loop that no other bulk work has. Long walks, large commits and the ledger ask before
 * each piece of theirs, so that together they hold up the answers of candidates no longer than one of them.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(grant);
  });
}

function grant(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(grant);
}
