import type { Locator, Page } from 'playwright-core';
import type { ItemView } from '#bank/item';
import type { Response, RichTextView } from '#bank/protocol';
import type { Keyboard } from './keyboard.ts';

/**
 * An answer in the words that stand on the screen: the text of an option, of several options, what was typed, or
 * the choice made for each statement or prompt.
 */
export type Words = string | string[] | Record<string, string>;

/** The answer fields of the question that a candidate's page shows, used by keyboard. */
export class AnswerFields {
  readonly #main: Locator;
  readonly #keys: Keyboard;

  constructor(page: Page, keys: Keyboard) {
    this.#main = page.getByRole('main');
    this.#keys = keys;
  }

  async enter(words: Words): Promise<void> {
    const main = this.#main;
    if (Array.isArray(words)) {
      for (const text of words) await this.#keys.tick(main.getByRole('checkbox', { name: lettered(text) }));
    } else if (typeof words !== 'string') {
      for (const [part, choice] of Object.entries(words)) await this.#enterPart(part, choice);
    } else if ((await main.getByRole('textbox').count()) > 0) {
      await this.#keys.type(main.getByRole('textbox'), words);
    } else {
      await this.#keys.pick(main.getByRole('radiogroup'), lettered(words));
    }
  }

  /** What stands in the fields; options in alphabetical order. */
  async read(): Promise<Words> {
    const main = this.#main;
    if ((await main.locator('.row').count()) > 0) return this.#readParts();
    if ((await main.getByRole('textbox').count()) > 0) return main.getByRole('textbox').inputValue();
    const isSeveral = (await main.getByRole('checkbox').count()) > 0;
    const chosen = main.locator('label', { has: main.page().locator('input:checked') }).locator('.text');
    const texts = await chosen.allInnerTexts();
    return isSeveral ? texts.toSorted() : texts.join();
  }

  /** A statement of a cluster has radio buttons, a prompt of a matching has a list. */
  async #enterPart(part: string, choice: string): Promise<void> {
    const list = this.#main.getByRole('combobox', { name: lettered(part) });
    if ((await list.count()) === 0) {
      await this.#keys.pick(this.#main.getByRole('radiogroup', { name: lettered(part) }), choice);
      return;
    }
    await this.#keys.reach(list);
    const [letter = ''] = await list.getByRole('option', { name: lettered(choice) }).innerText();
    await this.#keys.press(letter);
  }

  async #readParts(): Promise<Record<string, string>> {
    const words: Record<string, string> = {};
    for (const part of await this.#main.locator('.row').all()) {
      const choice = part.locator('label', { has: part.page().locator('input:checked') });
      const text = await choice.or(part.locator('option:checked')).innerText();
      words[await part.locator('.para').innerText()] = text.replace(/^[A-H]\. /, '');
    }
    return words;
  }
}

/** `A 4 cm`, `b) Sóng …`, `2. Chu kì`: a text behind its letter or number. */
function lettered(text: string): RegExp {
  return new RegExp(`^\\S+ ${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

/** A response as the server holds it, in the words of the question; null for none, or one of another kind. */
export function wordsOf(view: ItemView, response: Response): Words | null {
  if (!response) return null;
  if ('x' in response) return response.x;
  if ('c' in response && view.kind === 'choice') return textOf(view.options, response.c);
  if ('m' in response && view.kind === 'multiple') {
    return response.m.map((token) => textOf(view.options, token)).toSorted();
  }
  if ('t' in response && view.kind === 'tfCluster') {
    const truths = Object.entries(response.t);
    return Object.fromEntries(
      truths.map(([token, truth]) => [textOf(view.statements, token), truth ? 'Đúng' : 'Sai']),
    );
  }
  if ('p' in response && view.kind === 'matching') {
    const pairs = Object.entries(response.p);
    return Object.fromEntries(
      pairs.map(([prompt, choice]) => [textOf(view.prompts, prompt), textOf(view.choices, choice)]),
    );
  }
  return null;
}

/** The letters of a text, without its formulas and pictures. */
export function plain(text: RichTextView): string {
  return text
    .flat()
    .map((run) => (run.t === 'text' ? run.v : ''))
    .join('');
}

function textOf(parts: readonly { token: string; text: RichTextView }[], token: string): string {
  return plain(parts.find((part) => part.token === token)?.text ?? []);
}
