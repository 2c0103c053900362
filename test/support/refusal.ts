import { expect } from 'vitest';
import { sentence, type Problem } from '#bank/protocol';
import { ApiClient, ApiError } from '../../scripts/steps/api-client.ts';

interface Refusal {
  status: number;
  code: string;
  values: Record<string, string | number>;
  /** The sentence as a Vietnamese and as an English reader gets it. */
  vi: string;
  en: string;
}

/** Does the same in both languages, and gives the refusal that both meet. */
export async function refusalOf(api: ApiClient, act: (api: ApiClient) => Promise<unknown>): Promise<Refusal> {
  const { title: vi, status, code, values = {} } = await problemOf(act(inLanguage(api, 'vi')));
  const { title: en, ...same } = await problemOf(act(inLanguage(api, 'en')));
  expect(same).toMatchObject({ status, code });
  expectSentences(vi, en);
  return { status, code, values, vi, en };
}

/** The sentences of a code that travels with its values, as rows of class lists and refusals of sockets do. */
export function sentencesOf(
  code: string,
  values: Record<string, string | number>,
): { vi: string; en: string } {
  const [vi, en] = [sentence(code, values, 'vi'), sentence(code, values, 'en')];
  expectSentences(vi, en);
  return { vi, en };
}

/** Written in each language, ended, with every value filled in. */
export function expectSentences(vi: string, en: string): void {
  expect(vi).not.toBe(en);
  expect(vi).toMatch(/[à-ỹđ].*\.$/i);
  expect(en).toMatch(/^[A-Z“].* .*\.$/);
  for (const text of [vi, en]) expect(text).not.toMatch(/\{\w+\}/);
}

/** The same person with another language. */
export function inLanguage(api: ApiClient, language: 'vi' | 'en'): ApiClient {
  const other = new ApiClient(api.base, language);
  other.cookie = api.cookie;
  return other;
}

/** What the server says of an act that it refuses. */
export async function problemOf(act: Promise<unknown>): Promise<Problem> {
  const error: unknown = await act.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw error ?? new Error('It was not refused.');
  return error.problem;
}
