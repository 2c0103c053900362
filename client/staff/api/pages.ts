/** Reads a list that comes in pages to its end. */
export async function allPages<Page extends { next?: string }, Row>(
  read: (after: string) => Promise<Page>,
  rows: (page: Page) => readonly Row[],
): Promise<Row[]> {
  const all: Row[] = [];
  let after: string | undefined = '';
  while (after !== undefined) {
    const page: Page = await read(after);
    all.push(...rows(page));
    after = page.next;
  }
  return all;
}

export function afterQuery(after: string): string {
  return after === '' ? '' : `?after=${encodeURIComponent(after)}`;
}

/** `?topic=…&limit=50` of the members that have a value; empty without any. */
export function search(values: Record<string, string | number | boolean | null | undefined>): string {
  const given = Object.entries(values).filter(
    ([, value]) => value !== undefined && value !== null && value !== '' && value !== false,
  );
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}
