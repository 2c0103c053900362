const timers: Record<string, ReturnType<typeof setTimeout>> = {};

/**
 * Says a sentence through a live region of the page. The region is emptied first, because a screen reader keeps
 * silent when the text is the same as before.
 */
export function say(text: string, isUrgent = false): void {
  const id = isUrgent ? 'urgent' : 'polite';
  const region = document.getElementById(id);
  if (!region) return;
  region.textContent = '';
  clearTimeout(timers[id]);
  timers[id] = setTimeout(() => {
    region.textContent = text;
  }, 50);
}
