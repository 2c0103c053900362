/** Topics out of a field with one on each line: trimmed, without empty lines and repetitions. */
export function readTopics(text: string): string[] {
  const topics = text
    .normalize('NFC')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
  return [...new Set(topics)];
}
