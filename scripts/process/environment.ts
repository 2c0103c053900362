/** The environment of this process, but of the `NIEM_*` settings these and no others. */
export function environmentWith(settings: Record<string, string>): NodeJS.ProcessEnv {
  const outer = Object.entries(process.env).filter(([name]) => !name.startsWith('NIEM_'));
  return { ...Object.fromEntries(outer), ...settings };
}
