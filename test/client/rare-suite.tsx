import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Response } from '#bank/protocol';
import { items as words } from '../../client/i18n/items.vi.ts';
import { Item, type ItemProps } from '../../client/items/index.tsx';
import { inOrder, letter } from '../../client/items/item-props.ts';
import { rare } from '../../client/items/rare.ts';
import type { RareKind, RareProps, RareRenderer } from '../../client/items/renderer.ts';
import { plainLabel, RichText } from '../../client/items/rich-text.tsx';
import { TextField } from '../../client/items/text-field.tsx';
import type { Library } from './items-suite.tsx';

const text = (v: string) => [[{ t: 'text' as const, v }]];
const parts = ['một', 'hai', 'ba'].map((v, index) => ({ token: `token-${index}`, text: text(v) }));

const VIEWS = {
  matching: {
    kind: 'matching',
    stem: text('Ghép'),
    prompts: parts.slice(0, 2),
    choices: ['x', 'y', 'z'].map((v) => ({ token: `choice-${v}`, text: text(v) })),
  },
  ordering: { kind: 'ordering', stem: text('Sắp xếp'), parts },
  cloze: {
    kind: 'cloze',
    stem: text('Điền'),
    text: [
      [
        { t: 'text', v: 'Sóng ' },
        { t: 'gap', token: 'gap-a' },
        { t: 'text', v: ' và ' },
        { t: 'gap', token: 'gap-b' },
      ],
    ],
    gaps: [
      { token: 'gap-b' },
      { token: 'gap-a', options: ['ngang', 'dọc'].map((v) => ({ token: `option-${v}`, text: v })) },
    ],
  },
  gapMatch: {
    kind: 'gapMatch',
    stem: text('Điền'),
    text: [
      [
        { t: 'gap', token: 'gap-a' },
        { t: 'text', v: ' và ' },
        { t: 'gap', token: 'gap-b' },
      ],
    ],
    gaps: [{ token: 'gap-a' }, { token: 'gap-b' }],
    choices: parts,
  },
  hotText: {
    kind: 'hotText',
    stem: text('Chọn'),
    text: [
      [
        { runs: [{ t: 'text', v: 'Âm là ' }] },
        { token: 'hot-1', runs: [{ t: 'text', v: 'sóng dọc' }] },
        { token: 'hot-2', runs: [{ t: 'text', v: 'sóng ngang' }] },
      ],
    ],
  },
  hotspot: {
    kind: 'hotspot',
    stem: text('Chỉ'),
    points: 2,
    picture: { t: 'image', mime: 'image/png', data: 'AAAA', alt: 'Trục' },
    width: 100,
    height: 50,
  },
} as const satisfies Record<string, ItemProps['view']>;
type RareView = ItemProps<RareKind>['view'];

/** Demands on the renderers that are loaded when a paper has their kind. */
export function rareSuite(library: Library): void {
  const all = <T extends Element = HTMLElement>(selector: string) =>
    [...document.querySelectorAll<T>(selector)] as T[];
  const click = (element: Element | undefined) => library.act(() => (element as HTMLElement).click());

  async function show(view: RareView, props: Partial<RareProps<RareKind>> = {}) {
    let Answer: RareRenderer = () => null;
    await rare(view.kind, (update) => {
      Answer = update() as RareRenderer;
    });
    const answers: Response[] = [];
    const render = (response: Response) =>
      library.act(() =>
        library.mount(
          <>
            <h1 id="heading">Câu 1</h1>
            <Answer
              view={view}
              order={[]}
              response={response}
              name="q0"
              labelledBy="heading"
              isDisabled={false}
              texts={words}
              struck={[]}
              kit={{ inOrder, letter, plainLabel, RichText, TextField }}
              onAnswer={(answer) => {
                answers.push(answer);
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

  afterEach(() => library.act(() => library.unmount()));

  describe(`rare items drawn by ${library.name}`, () => {
    it('takes no answer once they are closed', async () => {
      for (const view of Object.values(VIEWS)) {
        await show(view, { isDisabled: true });
        const fields = all<HTMLInputElement>('input, select, button');
        expect(fields.length).toBeGreaterThan(0);
        expect(fields.every((field) => field.disabled)).toBe(true);
        library.act(() => library.unmount());
      }
    });

    it('stand below their stem once their kind is loaded', async () => {
      const nothing = () => {};
      library.act(() =>
        library.mount(
          <Item
            view={VIEWS.ordering}
            order={[]}
            response={null}
            name="q0"
            labelledBy="heading"
            isDisabled={false}
            texts={words}
            struck={[]}
            onAnswer={nothing}
          />,
        ),
      );
      expect(all('.stem').map((stem) => stem.textContent)).toEqual(['Sắp xếp']);
      expect(all('.order')).toEqual([]);
      await vi.waitFor(() => expect(all('.order')).toHaveLength(1));
    });

    it('matching: lists name the choices, and clear a pair', async () => {
      const { answers } = await show(VIEWS.matching, { order: ['choice-z', 'choice-x', 'choice-y'] });
      const pick = (index: number, value: string) =>
        library.act(() => {
          const select = all<HTMLSelectElement>('select')[index];
          if (!select) throw new Error('no list');
          select.value = value;
          select.dispatchEvent(new Event('change', { bubbles: true }));
        });
      expect(all('select')[0]?.textContent).toBe('Chọn…A. zB. xC. y');
      pick(0, 'choice-x');
      pick(1, 'choice-z');
      pick(0, '');
      expect(answers).toEqual([
        { p: { 'token-0': 'choice-x' } },
        { p: { 'token-0': 'choice-x', 'token-1': 'choice-z' } },
        { p: { 'token-1': 'choice-z' } },
      ]);
    });

    describe('cloze', () => {
      const list = () => all<HTMLSelectElement>('select')[0];
      const field = () => all<HTMLInputElement>('input')[0];
      const pick = (value: string) =>
        library.act(() => {
          const select = list();
          if (!select) throw new Error('no list');
          select.value = value;
          select.dispatchEvent(new Event('change', { bubbles: true }));
        });
      const type = (value: string) =>
        library.act(() => {
          const input = field();
          if (!input) throw new Error('no field');
          input.value = value;
          input.dispatchEvent(new Event('input', { bubbles: true }));
        });

      it('is answered inside its text, by fields that are named by their place', async () => {
        const { answers } = await show(VIEWS.cloze);
        expect([list(), field()].map((one) => one?.getAttribute('aria-label'))).toEqual([
          'Chỗ trống 1 trên 2',
          'Chỗ trống 2 trên 2',
        ]);
        expect(list()?.textContent).toBe('Chọn…ngangdọc');
        pick('option-dọc');
        type(' âm '.normalize('NFD'));
        pick('');
        type('');
        expect(answers).toEqual([
          { g: { 'gap-a': { c: 'option-dọc' } } },
          { g: { 'gap-a': { c: 'option-dọc' }, 'gap-b': { x: 'âm' } } },
          { g: { 'gap-b': { x: 'âm' } } },
          null,
        ]);
      });

      it('fills a field from an answer that arrives later, but never under the typist', async () => {
        const { render } = await show(VIEWS.cloze);
        render({ g: { 'gap-b': { x: 'từ máy chủ' } } });
        expect(field()?.value).toBe('từ máy chủ');
        library.act(() => field()?.focus());
        render({ g: { 'gap-b': { x: 'khác' } } });
        expect(field()?.value).toBe('từ máy chủ');
      });

      it('takes nothing in the middle of a composition', async () => {
        const { answers } = await show(VIEWS.cloze);
        library.act(() => field()?.dispatchEvent(new Event('compositionstart', { bubbles: true })));
        type('cô');
        expect(answers).toEqual([]);
        type('cộng');
        library.act(() => field()?.dispatchEvent(new Event('compositionend', { bubbles: true })));
        expect(answers).toEqual([{ g: { 'gap-b': { x: 'cộng' } } }]);
      });
    });

    describe('gap match', () => {
      const pick = (index: number, value: string) =>
        library.act(() => {
          const select = all<HTMLSelectElement>('select')[index];
          if (!select) throw new Error('no list');
          select.value = value;
          select.dispatchEvent(new Event('change', { bubbles: true }));
        });

      it('moves a word to where it is picked next, unless it may be used again', async () => {
        const { answers } = await show(VIEWS.gapMatch, { order: ['token-2', 'token-0', 'token-1'] });
        expect(all('.choices li').map((row) => row.textContent)).toEqual(['Aba', 'Bmột', 'Chai']);
        expect(all('select')[1]?.textContent).toBe('Chọn…A. baB. mộtC. hai');
        expect(all('select')[1]?.getAttribute('aria-label')).toBe('Chỗ trống 2 trên 2');
        pick(0, 'token-0');
        pick(1, 'token-0');
        pick(1, '');
        expect(answers).toEqual([{ p: { 'gap-a': 'token-0' } }, { p: { 'gap-b': 'token-0' } }, null]);
        library.act(() => library.unmount());
        const again = await show({ ...VIEWS.gapMatch, reuse: true });
        pick(0, 'token-0');
        pick(1, 'token-0');
        expect(again.answers.at(-1)).toEqual({ p: { 'gap-a': 'token-0', 'gap-b': 'token-0' } });
      });
    });

    it('ticks phrases inside the text, and clears the answer with the last one', async () => {
      const { answers } = await show(VIEWS.hotText);
      expect(all('label').map((label) => label.textContent)).toEqual(['sóng dọc', 'sóng ngang']);
      expect(all('fieldset')[0]?.getAttribute('aria-labelledby')).toBe('heading');
      for (const place of [1, 0, 1, 0]) click(all('input')[place]);
      expect(answers).toEqual([{ m: ['hot-2'] }, { m: ['hot-2', 'hot-1'] }, { m: ['hot-1'] }, null]);
    });

    describe('hotspot', () => {
      const picture = () => all('.hotspot')[0];
      const press = (key: string, shiftKey = false) =>
        library.act(() =>
          picture()?.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true })),
        );
      const clickAt = (clientX: number, clientY: number, detail: number) =>
        library.act(() =>
          picture()?.dispatchEvent(new MouseEvent('click', { clientX, clientY, detail, bubbles: true })),
        );

      it('is answered by a pointer, in pixels of the picture, the newest points staying', async () => {
        const { answers } = await show(VIEWS.hotspot);
        const box = { left: 10, top: 20, width: 200, height: 100 } as DOMRect;
        Object.assign(all('.hotspot-picture')[0] ?? {}, { getBoundingClientRect: () => box });
        clickAt(30, 40, 1);
        clickAt(208, 119, 1);
        clickAt(30, 40, 1);
        clickAt(110, 70, 1);
        expect(answers).toEqual([
          { h: [[10, 10]] },
          {
            h: [
              [10, 10],
              [99, 49],
            ],
          },
          {
            h: [
              [99, 49],
              [10, 10],
            ],
          },
          {
            h: [
              [10, 10],
              [50, 25],
            ],
          },
        ]);
      });

      it('is answered by keys alone, told in words, and cleared', async () => {
        const { answers } = await show(VIEWS.hotspot);
        press('ArrowRight');
        press('ArrowUp', true);
        expect(all('output')[0]?.textContent).toBe('Con trỏ: ngang 53 %, dọc 48 %');
        clickAt(0, 0, 0);
        expect(answers).toEqual([{ h: [[53, 24]] }]);
        expect(all('.hotspot-points li')[0]?.textContent).toBe('Điểm 1: ngang 53 %, dọc 48 % Xoá điểm 1');
        click(all('.hotspot-points button')[0]);
        expect(answers.at(-1)).toBeNull();
      });
    });

    describe('ordering', () => {
      const rows = () => all('.order .text').map((row) => row.textContent);
      const button = (label: string) => all('button').find((one) => one.getAttribute('aria-label') === label);

      it('is answered by arrows, and keeps the focus on the part that moves', async () => {
        const { answers } = await show(VIEWS.ordering, { order: ['token-2', 'token-0', 'token-1'] });
        expect(rows()).toEqual(['ba', 'một', 'hai']);
        click(button('Chuyển phần ở vị trí 3 lên trên'));
        expect(answers).toEqual([{ o: ['token-2', 'token-1', 'token-0'] }]);
        expect(rows()).toEqual(['ba', 'hai', 'một']);
        expect(document.activeElement?.getAttribute('aria-label')).toBe('Chuyển phần ở vị trí 2 lên trên');
        expect(all('output').map((said) => said.textContent)).toEqual(['hai: vị trí 2 trên 3']);
        click(document.activeElement ?? undefined);
        expect(answers.at(-1)).toEqual({ o: ['token-1', 'token-2', 'token-0'] });
        click(document.activeElement ?? undefined);
        expect(answers).toHaveLength(2);
      });

      it('is no answer until it is touched, and can be kept as it stands', async () => {
        const { answers } = await show(VIEWS.ordering, { order: ['token-1', 'token-0', 'token-2'] });
        expect(answers).toEqual([]);
        click(all('button').find((one) => one.textContent === 'Giữ thứ tự này'));
        expect(answers).toEqual([{ o: ['token-1', 'token-0', 'token-2'] }]);
        expect(all('button').some((one) => one.textContent === 'Giữ thứ tự này')).toBe(false);
      });
    });
  });
}
