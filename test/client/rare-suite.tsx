import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Response } from '#bank/protocol';
import { items as words } from '../../client/i18n/items.vi.ts';
import { Item, type ItemProps } from '../../client/items/index.tsx';
import { inOrder } from '../../client/items/item-props.ts';
import { rare } from '../../client/items/rare.ts';
import type { RareKind, RareProps } from '../../client/items/renderer.ts';
import { RichText } from '../../client/items/rich-text.tsx';
import type { Library } from './items-suite.tsx';

const text = (v: string) => [[{ t: 'text' as const, v }]];
const parts = ['một', 'hai', 'ba'].map((v, index) => ({ token: `token-${index}`, text: text(v) }));

const VIEWS = {
  ordering: { kind: 'ordering', stem: text('Sắp xếp'), parts },
} as const satisfies Record<string, ItemProps['view']>;
type RareView = ItemProps<RareKind>['view'];

/** Demands on the renderers that are loaded when a paper has their kind. */
export function rareSuite(library: Library): void {
  const all = <T extends Element = HTMLElement>(selector: string) =>
    [...document.querySelectorAll<T>(selector)] as T[];
  const click = (element: Element | undefined) => library.act(() => (element as HTMLElement).click());

  async function show(view: RareView, props: Partial<RareProps<RareKind>> = {}) {
    const Answer = (await rare(view.kind))();
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
              kit={{ inOrder, RichText }}
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
      await rare('ordering');
      await vi.waitFor(() => expect(all('.order')).toHaveLength(1));
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
