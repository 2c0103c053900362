/** `30/06/2027` for `2027-06-30`. */
export function day(iso: string): string {
  return iso.split('-').reverse().join('/');
}
