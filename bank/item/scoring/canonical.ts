import type { Response } from '#bank/protocol';
import type { CanonicalResponse } from './scorer.ts';

type Tokens = ReadonlyMap<string, string>;

/**
 * Replaces the tokens of a response by part ids. `'void'` when any token is not one of the slot's: such a response
 * names something that was not on the candidate's paper, and nothing of it counts.
 */
export function toCanonical(response: Response, tokens: Tokens): CanonicalResponse | 'void' {
  if (response === null || 'x' in response || 'e' in response || 'h' in response) return response;
  if ('b' in response) return 'void';
  if ('c' in response) {
    const part = tokens.get(response.c);
    return part === undefined ? 'void' : { c: part };
  }
  if ('m' in response) {
    const parts = renameList(response.m, tokens);
    return parts ? { m: parts } : 'void';
  }
  if ('o' in response) {
    const parts = renameList(response.o, tokens);
    return parts ? { o: parts } : 'void';
  }
  if ('t' in response) {
    const judged = renameParts(response.t, tokens, (truth) => truth);
    return judged ? { t: judged } : 'void';
  }
  if ('g' in response) {
    const filled = renameParts(response.g, tokens, (answer) => {
      if ('x' in answer) return answer;
      const option = tokens.get(answer.c);
      return option === undefined ? undefined : { c: option };
    });
    return filled ? { g: filled } : 'void';
  }
  const pairs = renameParts(response.p, tokens, (choice) => tokens.get(choice));
  return pairs ? { p: pairs } : 'void';
}

function renameList(named: readonly string[], tokens: Tokens): string[] | null {
  const parts = named.map((token) => tokens.get(token));
  return parts.every((part) => part !== undefined) ? parts : null;
}

function renameParts<V>(
  named: Record<string, V>,
  tokens: Tokens,
  rename: (value: V) => V | undefined,
): Record<string, V> | null {
  const parts: [string, V][] = [];
  for (const [token, value] of Object.entries(named)) {
    const part = tokens.get(token);
    const renamed = rename(value);
    if (part === undefined || renamed === undefined) return null;
    parts.push([part, renamed]);
  }
  return Object.fromEntries(parts);
}
