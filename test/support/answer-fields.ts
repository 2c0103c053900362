import type { Locator, Page } from 'playwright-core';
import type { ItemView } from '#bank/item';
import type { Response, RichTextView } from '#bank/protocol';
import type { Keyboard } from './keyboard.ts';

/**
 * An answer in the words that stand on the screen: the text of an option, of several options or of all parts in their
 * order, what was typed, the choice made for each statement, prompt or gap, or where the point is.
 */
export type Words = string | string[] | Record<string, string>;

/** More than it takes to cross a picture. */
const MOVES = 80;

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
    await this.#shown();
    if (Array.isArray(words)) {
      if ((await main.locator('.order').count()) > 0) return this.#arrange(words);
      for (const text of words) await this.#keys.tick(main.getByRole('checkbox', { name: lettered(text) }));
    } else if (typeof words !== 'string') {
      for (const [part, choice] of Object.entries(words)) await this.#enterPart(part, choice);
    } else if ((await main.locator('.hotspot').count()) > 0) {
      await this.#point(words);
    } else if ((await main.getByRole('textbox').count()) > 0) {
      await this.#keys.type(main.getByRole('textbox'), words);
    } else {
      await this.#keys.pick(main.getByRole('radiogroup'), lettered(words));
    }
  }

  /** What stands in the fields; options in alphabetical order. */
  async read(): Promise<Words> {
    const main = this.#main;
    await this.#shown();
    if ((await main.locator('.order').count()) > 0) return main.locator('.order .text').allInnerTexts();
    if ((await main.locator('.hotspot').count()) > 0) return this.#readPoint();
    if ((await main.locator('.hot-text').count()) > 0)
      return (await main.locator('label', { has: main.page().locator('input:checked') }).allInnerTexts())
        .map((text) => text.trim())
        .toSorted();
    if ((await main.locator('.gap-text').count()) > 0) return this.#readGaps();
    if ((await main.locator('.row').count()) > 0) return this.#readParts();
    if ((await main.getByRole('textbox').count()) > 0) return main.getByRole('textbox').inputValue();
    const isSeveral = (await main.getByRole('checkbox').count()) > 0;
    const chosen = main.locator('label', { has: main.page().locator('input:checked') }).locator('.text');
    const texts = await chosen.allInnerTexts();
    return isSeveral ? texts.toSorted() : texts.join();
  }

  /** The fields of rarer kinds come after the page. */
  async #shown(): Promise<void> {
    await this.#main.locator('input, select, .order, .hotspot').first().waitFor();
  }

  /** Moves the parts up, one place after the other, until they stand in this order. */
  async #arrange(words: readonly string[]): Promise<void> {
    const shown = async () => this.#main.locator('.order .text').allInnerTexts();
    if ((await shown()).join() === words.join())
      await this.#keys.activate(this.#main.getByRole('button', { name: 'Giữ thứ tự này' }));
    for (const [place, text] of words.entries())
      for (let at = (await shown()).indexOf(text); at > place; at--)
        await this.#keys.activate(
          this.#main.getByRole('button', { name: `Chuyển phần ở vị trí ${at + 1} lên trên` }),
        );
  }

  /** Walks the cursor to a place, `ngang 50 %, dọc 50 %`, and sets the point there. */
  async #point(place: string): Promise<void> {
    await this.#keys.reach(this.#main.locator('.hotspot'));
    const [x = 0, y = 0] = percents(place);
    const at = async () => percents(await this.#main.locator('.hotspot-at').innerText());
    await this.#keys.press('ArrowRight');
    for (let i = 0; i < MOVES; i++) {
      const [left = 0, top = 0] = await at();
      if (left === x && top === y) break;
      await this.#keys.press(
        left < x ? 'ArrowRight' : left > x ? 'ArrowLeft' : top < y ? 'ArrowDown' : 'ArrowUp',
      );
    }
    await this.#keys.press('Enter');
  }

  async #readPoint(): Promise<string> {
    const text = await this.#main.locator('.hotspot-points').innerText();
    return /ngang \d+ %, dọc \d+ %/.exec(text)?.[0] ?? '';
  }

  /** Gaps by their names, such as `Chỗ trống 1 trên 2`. */
  async #readGaps(): Promise<Record<string, string>> {
    const words: Record<string, string> = {};
    for (const gap of await this.#main.locator('.gap-text :is(input, select)').all()) {
      const isList = (await gap.locator('option').count()) > 0;
      const text = isList ? await gap.locator('option:checked').innerText() : await gap.inputValue();
      words[(await gap.getAttribute('aria-label')) ?? ''] = text.replace(/^[A-H]\. /, '');
    }
    return words;
  }

  /** A statement of a cluster has radio buttons, a prompt of a matching a list, a gap a list or a field. */
  async #enterPart(part: string, choice: string): Promise<void> {
    const gap = this.#main.getByLabel(part, { exact: true });
    if ((await gap.and(this.#main.getByRole('textbox')).count()) > 0) return this.#keys.type(gap, choice);
    if ((await gap.count()) > 0) return this.#pickWord(gap, choice);
    const list = this.#main.getByRole('combobox', { name: lettered(part) });
    if ((await list.count()) === 0) {
      await this.#keys.pick(this.#main.getByRole('radiogroup', { name: lettered(part) }), choice);
      return;
    }
    await this.#keys.reach(list);
    const [letter = ''] = await list.getByRole('option', { name: lettered(choice) }).innerText();
    await this.#keys.press(letter);
  }

  /**
   * Takes the letter of the words where they have one, else goes down the list: what is passed on the way down is chosen
   * for a moment, and a word that is used once would leave its gap.
   */
  async #pickWord(list: Locator, choice: string): Promise<void> {
    await this.#keys.reach(list);
    const options = await list.getByRole('option').allInnerTexts();
    const letter = options
      .map((text) => /^([A-H])\. (.*)$/.exec(text))
      .find((found) => found?.[2] === choice)?.[1];
    if (letter !== undefined) return this.#keys.press(letter);
    const chosen = list.locator('option:checked');
    for (let i = 0; i < options.length && !(await chosen.innerText()).endsWith(choice); i++)
      await this.#keys.press('ArrowDown');
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

/** The numbers in front of percent signs. */
function percents(text: string): number[] {
  return [...text.matchAll(/(\d+) %/g)].map(([, number]) => Number(number));
}

/** `A 4 cm`, `b) Sóng …`, `2. Chu kì`: a text behind its letter or number, or a phrase alone. */
function lettered(text: string): RegExp {
  return new RegExp(`^(?:\\S+ )?${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
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
  if ('o' in response && view.kind === 'ordering')
    return response.o.map((token) => textOf(view.parts, token));
  if ('m' in response && view.kind === 'hotText') {
    const phrases = view.text.flat().filter(({ token }) => token !== undefined && response.m.includes(token));
    return phrases.map(({ runs }) => plain([runs])).toSorted();
  }
  if ('g' in response && view.kind === 'cloze')
    return gapWords(view.gaps, (token) => {
      const answer = response.g[token];
      if (!answer || 'x' in answer) return answer?.x;
      return view.gaps.flatMap(({ options = [] }) => options).find((option) => option.token === answer.c)
        ?.text;
    });
  if ('p' in response && view.kind === 'gapMatch')
    return gapWords(view.gaps, (token) => textOf(view.choices, response.p[token] ?? ''));
  if ('h' in response && view.kind === 'hotspot') {
    const [[x = 0, y = 0] = []] = response.h;
    const percent = (value: number, of: number) => Math.round((100 * value) / of);
    return `ngang ${percent(x, view.width)} %, dọc ${percent(y, view.height)} %`;
  }
  return null;
}

/** What stands in each gap, by the name that the page gives it. */
function gapWords(
  gaps: readonly { token: string }[],
  wordsIn: (token: string) => string | undefined,
): Record<string, string> {
  const names = gaps.map(({ token }, i) => [`Chỗ trống ${i + 1} trên ${gaps.length}`, wordsIn(token) ?? '']);
  return Object.fromEntries(names) as Record<string, string>;
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
