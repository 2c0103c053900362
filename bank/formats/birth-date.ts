/** `05/09/2009`, `5-9-2009`, `5.9.2009` or `2009-09-05` as `YYYY-MM-DD`; null when it is no date. */
export function readBirthDate(text: string): string | null {
  const dayFirst = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})$/.exec(text.trim());
  if (dayFirst) return isoDate(dayFirst[3], dayFirst[2], dayFirst[1]);
  const yearFirst = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  return yearFirst && isoDate(yearFirst[1], yearFirst[2], yearFirst[3]);
}

function isoDate(year = '', month = '', day = ''): string | null {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
  return real && Number(year) >= 1900 ? iso : null;
}
