/** One place of a pattern: any run of characters, any one character, or this character. */
type Place = 'run' | 'one' | { char: string };

function placesOf(pattern: string): Place[] {
  const places: Place[] = [];
  for (const [sign] of pattern.matchAll(/\\?./gsu)) {
    if (sign === '*') places.push('run');
    else if (sign === '?') places.push('one');
    else places.push({ char: sign.length > 1 && sign.startsWith('\\') ? sign.slice(1) : sign });
  }
  return places;
}

/**
 * Whether the whole text fits a pattern (see `ShortTextKey`). One pass over the text, in which the set of places
 * reached is carried along: at most text × pattern steps, whatever the pattern; nothing is ever tried again.
 */
export function fitsPattern(text: string, pattern: string): boolean {
  const places = placesOf(pattern);
  let reached = passRuns(places, [0]);
  for (const char of text) {
    const next = reached.flatMap((at) => {
      const place = places[at];
      if (place === 'run') return [at];
      return place === 'one' || place?.char === char ? [at + 1] : [];
    });
    reached = passRuns(places, next);
  }
  return reached.includes(places.length);
}

/** A run may be empty: who stands before it stands behind it too. */
function passRuns(places: readonly Place[], from: readonly number[]): number[] {
  const reached = new Set(from);
  for (const at of reached) if (places[at] === 'run') reached.add(at + 1);
  return [...reached];
}
