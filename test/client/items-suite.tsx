import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Response } from '#bank/protocol';
import { items as words } from '../../client/i18n/items.vi.ts';
import { Item, formatDecimal, type ItemProps } from '../../client/items/index.tsx';

/** A way to put a component on the page with one of the two libraries. */
export interface Library {
  name: string;
  mount(node: ReactNode): void;
  unmount(): void;
  /** Runs a change and lets the library finish what follows from it. */
  act(change: () => void): void;
}

const text = (v: string) => [[{ t: 'text' as const, v }]];
const options = ['một', 'hai', 'ba'].map((v, index) => ({ token: `token-${index}`, text: text(v) }));

const VIEWS = {
  choice: { kind: 'choice', stem: text('Chọn một'), options },
  multiple: { kind: 'multiple', stem: text('Chọn nhiều'), options },
  tfCluster: { kind: 'tfCluster', stem: text('Xét các ý'), statements: options },
  numeric: { kind: 'numeric', stem: text('Tính'), unit: 'm/s' },
  shortText: { kind: 'shortText', stem: text('Điền') },
  description: { kind: 'description', stem: text('Đọc') },
} as const satisfies Record<string, ItemProps['view']>;

/** The same demands on every renderer, whichever library draws it. */
export function itemSuite(library: Library): void {
  const all = <T extends Element = HTMLElement>(selector: string) =>
    [...document.querySelectorAll<T>(selector)] as T[];
  const one = <T extends Element = HTMLElement>(selector: string) => {
    const [found] = all<T>(selector);
    if (!found) throw new Error(`there is no ${selector}`);
    return found;
  };
  const click = (element: HTMLElement) => library.act(() => element.click());

  function show(view: ItemProps['view'], props: Partial<ItemProps> = {}) {
    const answers: [Response, boolean | number | undefined][] = [];
    const render = (response: Response) =>
      library.act(() =>
        library.mount(
          <>
            <h1 id="heading">Câu 1</h1>
            <Item
              view={view}
              order={[]}
              response={response}
              name="q0"
              labelledBy="heading"
              isDisabled={false}
              texts={words}
              struck={[]}
              onAnswer={(answer, typing) => {
                answers.push([answer, typing]);
                render(answer);
              }}
              {...props}
            />
          </>,
        ),
      );
    render(props.response ?? null);
    return { answers, render };
  }

  function type(input: HTMLInputElement, value: string): void {
    library.act(() => {
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }

  afterEach(() => library.act(() => library.unmount()));

  describe(`items drawn by ${library.name}`, () => {
    it('shows options in the order of the paper, with letters by place', () => {
      show(VIEWS.choice, { order: ['token-2', 'token-0', 'token-1'] });
      expect(all('.option label').map((label) => label.textContent)).toEqual(['Aba', 'Bmột', 'Chai']);
      expect(one('[role=radiogroup]').getAttribute('aria-labelledby')).toBe('heading');
    });

    it('answers a choice by its token', () => {
      const { answers } = show(VIEWS.choice);
      click(all('input')[1] as HTMLElement);
      expect(answers).toEqual([[{ c: 'token-1' }, undefined]]);
      expect(all<HTMLInputElement>('input').map((input) => input.checked)).toEqual([false, true, false]);
    });

    it('crosses an option out without answering', () => {
      const onStrike = vi.fn<(token: string) => void>();
      const { answers } = show(VIEWS.choice, { onStrike, struck: ['token-1'] });
      click(all('.strike')[2] as HTMLElement);
      expect(onStrike).toHaveBeenCalledExactlyOnceWith('token-2');
      expect(answers).toEqual([]);
      expect(all('.strike').map((button) => button.getAttribute('aria-pressed'))).toEqual([
        'false',
        'true',
        'false',
      ]);
      expect(one('.strike').getAttribute('aria-label')).toBe('Gạch bỏ A');
    });

    it('collects a multiple response and clears it with the last tick', () => {
      const { answers } = show(VIEWS.multiple);
      for (const index of [2, 0, 2, 0]) click(all('input')[index] as HTMLElement);
      expect(answers.map(([answer]) => answer)).toEqual([
        { m: ['token-2'] },
        { m: ['token-2', 'token-0'] },
        { m: ['token-0'] },
        null,
      ]);
    });

    it('judges each statement by its own pair, named by the statement', () => {
      const { answers } = show(VIEWS.tfCluster);
      click(all('.row')[0]?.querySelectorAll('input')[1] as HTMLElement);
      click(all('.row')[2]?.querySelectorAll('input')[0] as HTMLElement);
      expect(answers.at(-1)?.[0]).toEqual({ t: { 'token-0': false, 'token-2': true } });
      const group = all('.row')[1];
      expect(document.getElementById(group?.getAttribute('aria-labelledby') ?? '')?.textContent).toBe(
        'b) hai',
      );
    });

    it('echoes a number as it is understood', () => {
      const { answers } = show(VIEWS.numeric);
      const input = one<HTMLInputElement>('input');
      type(input, ' -1.25 ');
      expect(answers).toEqual([[{ x: '-1.25' }, true]]);
      expect(one('.note').textContent).toBe('Em đã nhập: −1,25 m/s');
      expect(input.getAttribute('aria-describedby')).toBe(one('.note').id);
      type(input, '1.2.3');
      expect(one('.note').textContent).toBe(words.notNumber);
      type(input, '');
      expect(answers.at(-1)).toEqual([null, true]);
      expect(one('.note').textContent).toBe('');
    });

    it('tells at once that a number is not typed as the item asks', () => {
      show({ ...VIEWS.numeric, entry: 'comma' });
      const input = one<HTMLInputElement>('input');
      type(input, '1.5');
      expect(one('.note').textContent).toBe(words.notNumber);
      type(input, '1,5');
      expect(one('.note').textContent).toBe('Em đã nhập: 1,5 m/s');
    });

    it('takes text in one normal form, only when a composition has ended', () => {
      const { answers } = show(VIEWS.shortText);
      const input = one<HTMLInputElement>('input');
      library.act(() => input.dispatchEvent(new Event('compositionstart', { bubbles: true })));
      type(input, 'cô');
      expect(answers).toEqual([]);
      type(input, 'cộng'.normalize('NFD'));
      library.act(() => input.dispatchEvent(new Event('compositionend', { bubbles: true })));
      expect(answers).toEqual([[{ x: 'cộng'.normalize('NFC') }, true]]);
    });

    it('fills a field from an answer that arrives later, but never under the typist', () => {
      const { render } = show(VIEWS.shortText);
      const input = one<HTMLInputElement>('input');
      render({ x: 'từ máy chủ' });
      expect(input.value).toBe('từ máy chủ');
      library.act(() => input.focus());
      render({ x: 'khác' });
      expect(input.value).toBe('từ máy chủ');
    });

    it('takes no answer once it is closed', () => {
      for (const view of [VIEWS.choice, VIEWS.tfCluster, VIEWS.numeric]) {
        show(view, { isDisabled: true });
        const fields = all<HTMLInputElement>('input, select');
        expect(fields.length).toBeGreaterThan(0);
        expect(fields.every((field) => field.disabled)).toBe(true);
        library.act(() => library.unmount());
      }
    });

    it('draws a formula with its styles and nothing that is not one', () => {
      const tree = {
        n: 'span',
        c: 'katex',
        k: [
          {
            n: 'span',
            s: { height: '1em', 'vertical-align': '-0.2em' },
            a: { 'aria-hidden': 'true' },
            k: ['x'],
          },
          {
            n: 'svg',
            a: { viewBox: '0 0 1 1', onload: 'alert(1)', href: 'x:' },
            k: [{ n: 'path', a: { d: 'M0 0' } }],
          },
          { n: 'script', k: ['alert(1)'] },
        ],
      };
      show({ kind: 'description', stem: [[{ t: 'math', tex: 'x', tree }]] });
      const [box, drawing, ...rest] = [...one('.katex').children];
      expect(rest).toEqual([]);
      expect((box as HTMLElement).style.getPropertyValue('vertical-align')).toBe('-0.2em');
      expect(box?.getAttribute('aria-hidden')).toBe('true');
      expect(drawing?.namespaceURI).toBe('http://www.w3.org/2000/svg');
      expect(drawing?.getAttributeNames()).toEqual(['viewBox']);
      expect(drawing?.firstElementChild?.getAttribute('d')).toBe('M0 0');
    });

    it('nests the marks of a run and describes pictures', () => {
      show({
        kind: 'description',
        stem: [
          [
            { t: 'text', v: 'Đề', b: true, i: true },
            { t: 'text', v: '2', sub: true },
          ],
          [{ t: 'image', mime: 'image/png', data: 'AAAA', alt: 'Đồ thị' }],
        ],
      });
      expect(one('.stem em > strong').textContent).toBe('Đề');
      expect(one('.stem sub').textContent).toBe('2');
      const picture = one<HTMLImageElement>('img');
      expect(picture.alt).toBe('Đồ thị');
      expect(picture.src).toMatch(/^blob:/);
    });
  });
}

export function decimalSuite(): void {
  it.each([
    ['0,5', '0,5'],
    ['.5', '0,5'],
    ['-0.50', '−0,50'],
    ['−3', '−3'],
    ['12 345,6', '12345,6'],
    ['', null],
    ['abc', null],
  ])('shows %s as %s', (typed, shown) => {
    expect(formatDecimal(typed)).toBe(shown);
  });
}
