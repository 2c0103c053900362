import type { Locator, Page } from 'playwright-core';

/** More than any page has to tab through. */
const ENOUGH = 120;

/** A person at a page with a keyboard and nothing else: what is to be used must be reached. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Tabs on until one of these has the focus. */
  async reach(target: Locator): Promise<void> {
    await target.first().waitFor();
    for (let i = 0; i < ENOUGH; i++) {
      if (await this.#isAt(target)) return;
      await this.press('Tab');
    }
    throw new Error(`No number of tabs leads to ${target.toString()}.`);
  }

  async activate(target: Locator): Promise<void> {
    await this.reach(target);
    await this.press('Enter');
  }

  async type(field: Locator, text: string): Promise<void> {
    await this.reach(field);
    await this.#page.keyboard.type(text);
  }

  async tick(box: Locator): Promise<void> {
    await this.reach(box);
    await this.press('Space');
  }

  /** Tabs into a group of radio buttons, and goes to one of them with the arrow keys. */
  async pick(group: Locator, name: string | RegExp): Promise<void> {
    const radios = group.getByRole('radio');
    const wanted = group.getByRole('radio', { name });
    await this.reach(radios);
    const count = await radios.count();
    for (let i = 0; i < count && !(await this.#isAt(wanted)); i++) await this.press('ArrowDown');
    if (!(await wanted.isChecked())) await this.press('Space');
  }

  async #isAt(target: Locator): Promise<boolean> {
    return (await target.and(this.#page.locator(':focus')).count()) > 0;
  }
}
