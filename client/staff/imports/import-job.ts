/** Under this name the job of an import is followed: reading first, then taking over. */
export function importJob(id: string): string {
  return `import:${id}`;
}
