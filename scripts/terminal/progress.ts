/** A line on standard error that overwrites itself while something takes time; silent where no terminal is. */
export function progressLine(what: string): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (done, total) => {
    process.stderr.write(`\r    ${what}: ${done}/${total}\u001b[K`);
    if (done >= total) process.stderr.write('\r\u001b[K');
  };
}
