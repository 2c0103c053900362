/** What a single key asks for; the page turns it into events. */
export type KeyAction =
  { act: 'choose'; index: number } | { act: 'previous' | 'next' | 'flag' | 'review' | 'time' | 'saved' };

const LETTERS: Record<string, Exclude<KeyAction, { act: 'choose' }>['act']> = {
  arrowleft: 'previous',
  arrowright: 'next',
  m: 'flag',
  r: 'review',
  t: 'time',
  s: 'saved',
};

/**
 * The single-key layer, off unless switched on (WCAG 2.1.4). Never while typing or in a list, never with a modifier
 * (Ctrl+Shift and Alt+Z belong to Vietnamese keyboards), and never an arrow that a radio group uses.
 */
export function keyAction(event: KeyboardEvent): KeyAction | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return null;
  const target = event.target as Element;
  if (target.closest('select, textarea, input:not([type=radio], [type=checkbox]), dialog')) return null;
  const key = event.key.toLowerCase();
  if (key.startsWith('arrow') && target.closest('[type=radio]')) return null;
  const index = /^[1-6]$/.test(key) ? Number(key) - 1 : 'abcdef'.indexOf(key);
  if (key.length === 1 && index >= 0) return { act: 'choose', index };
  const act = LETTERS[key];
  return act ? { act } : null;
}

/** Switches the single-key layer on; gives what switches it off again. Loaded when somebody wants it. */
export function listenToKeys(act: (action: KeyAction) => void): () => void {
  const onKey = (event: KeyboardEvent) => {
    const action = keyAction(event);
    if (action) act(action);
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
