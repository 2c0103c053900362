/**
 * Words as schools count them: what stands between spaces and has a letter or a digit. In Vietnamese each syllable is
 * one, in English a hyphenated word.
 */
export function countWords(text: string): number {
  return text.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}
