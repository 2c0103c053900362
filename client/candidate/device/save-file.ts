/** Offers `value` to the user as a JSON file; tells the name it was given. */
export function saveFile(name: string, value: unknown): string {
  const file = `${name}.json`;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(value)], { type: 'application/json' }));
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return file;
}
