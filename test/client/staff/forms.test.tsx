// @vitest-environment happy-dom
import { act, type ComponentProps } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ItemDetail } from '#bank/item';
import type { BankView, ExamView, ImageRun, ItemKindName, StrataReport } from '#bank/protocol';
import { BankForm } from '../../../client/staff/banks/bank-form.tsx';
import { ExamForm } from '../../../client/staff/exams/exam-form.tsx';
import { NEW_EXAM } from '../../../client/staff/exams/exam-settings.ts';
import { ItemActions } from '../../../client/staff/items/item-actions.tsx';
import { newDraft } from '../../../client/staff/items/item-draft.ts';
import { ItemForm } from '../../../client/staff/items/item-form.tsx';
import { contentOf, keyOf } from '../../../client/staff/items/sent-draft.ts';
import { MatrixEditor } from '../../../client/staff/matrix/matrix-editor.tsx';
import { Join } from '../../../client/staff/session/join.tsx';
import { SignIn } from '../../../client/staff/session/sign-in.tsx';
import { chooseLanguage } from '../../../client/staff/words/language.ts';
import { PICTURE } from '../../support/picture.ts';
import { answerCalls, button, click, field, mount, type, until } from './mount.tsx';

const text = () => document.body.textContent;

afterEach(() => {
  chooseLanguage('vi');
  vi.unstubAllGlobals();
});

describe('signing in', () => {
  test('sends what was typed; a refusal is told in the words of the server', async () => {
    const title = 'Thông tin đăng nhập không đúng.';
    const calls = answerCalls(() => ({ status: 401, body: { code: 'wrong-credentials', title } }));
    await mount(<SignIn />);
    await type(field('Tên đăng nhập'), 'co.lan');
    await type(document.querySelector('[autocomplete=current-password]'), 'một câu dễ nhớ lắm');
    await click(button('Đăng nhập'));
    await until(() => text().includes(title));
    expect(calls[0]).toEqual({
      method: 'POST',
      path: '/sign-in',
      body: { login: 'co.lan', password: 'một câu dễ nhớ lắm' },
    });
    expect(document.querySelector('[role=alert]')?.textContent).toContain(title);
  });

  test('without a network it says so', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    await mount(<SignIn />);
    await type(field('Tên đăng nhập'), 'co.lan');
    await type(document.querySelector('[autocomplete=current-password]'), 'x');
    await click(button('Đăng nhập'));
    await until(() => text().includes('Không kết nối được máy chủ'));
    expect(button('Đăng nhập')?.disabled).toBe(false);
  });

  test('speaks English when asked to', async () => {
    chooseLanguage('en');
    await mount(<SignIn />);
    expect(button('Sign in')).toBeDefined();
    expect(document.documentElement.lang).toBe('en');
  });
});

describe('a one-time link', () => {
  const token = 't'.repeat(43);

  test('makes an account once the password is long enough', async () => {
    const calls = answerCalls(({ path }) =>
      path === '/invitations/check' ? { status: 200, body: { roles: ['teacher'] } } : { status: 204 },
    );
    const { location } = await mount(<Join token={token} />, `/join/${token}`);
    await until(() => text().includes('Giáo viên'));
    await type(field('Họ và tên'), 'Nguyễn Thị Lan');
    await type(field('Tên đăng nhập'), 'co.lan');
    const password = document.querySelector('[autocomplete=new-password]');
    await type(password, 'ngắn');
    expect(button('Tạo tài khoản')?.disabled).toBe(true);
    expect(text()).toContain('Còn thiếu 11 ký tự');
    await type(password, 'một câu thật dài dễ nhớ');
    expect(button('Tạo tài khoản')?.disabled).toBe(false);
    await click(button('Tạo tài khoản'));
    await until(() => location.history?.at(-1) === '/');
    expect(calls.find(({ path }) => path === '/invitations/accept')?.body).toEqual({
      token,
      name: 'Nguyễn Thị Lan',
      login: 'co.lan',
      password: 'một câu thật dài dễ nhớ',
    });
  });

  test('that was used says what to do', async () => {
    const title = 'Đường dẫn này đã được dùng hoặc đã hết hạn.';
    answerCalls(() => ({ status: 410, body: { code: 'link-used', title } }));
    await mount(<Join token={token} />);
    await until(() => text().includes(title));
    expect(field('Họ và tên')).toBeNull();
  });
});

test('a bank is made of a name, a kind and topics', async () => {
  const onSubmit = vi.fn<ComponentProps<typeof BankForm>['onSubmit']>();
  await mount(
    <BankForm
      initial={{ name: '', topics: [] }}
      asksKind
      submit="Tạo"
      isPending={false}
      error={null}
      onSubmit={onSubmit}
    />,
  );
  await type(field('Tên ngân hàng'), 'Vật lí 11');
  await click(document.querySelector('[value=personal]'));
  await type(document.querySelector('textarea'), 'Sóng\n\nDao động\nSóng');
  expect(text()).toContain('2 chủ đề');
  await click(button('Tạo'));
  expect(onSubmit).toHaveBeenCalledWith({ name: 'Vật lí 11', topics: ['Sóng', 'Dao động'] }, 'personal');
});

test('an exam cannot be sent with a duration that is none', async () => {
  const onSubmit = vi.fn<ComponentProps<typeof ExamForm>['onSubmit']>();
  await mount(
    <ExamForm
      initial={{ ...NEW_EXAM, bank: 'b' }}
      banks={[{ id: 'b', name: 'Vật lí 11' }]}
      submit="Tạo"
      isPending={false}
      error={null}
      onSubmit={onSubmit}
    />,
  );
  await type(field('Tên kỳ thi'), 'Kiểm tra');
  await type(field('Thời gian làm bài'), '4x');
  expect(button('Tạo')?.disabled).toBe(true);
  await type(field('Thời gian làm bài'), '20');
  await click(button('Tạo'));
  expect(onSubmit).toHaveBeenCalledWith(
    expect.objectContaining({ title: 'Kiểm tra', duration: '20', bank: 'b' }),
  );
});

const bank: BankView = {
  id: 'b'.repeat(22),
  name: 'Vật lí 11',
  kind: 'shared',
  topics: ['Sóng'],
  roles: ['manager'],
  createdAt: 0,
};

test('a question is written with its key, and what is missing is listed', async () => {
  answerCalls(() => ({ status: 200, body: { items: [] } }));
  const onSave = vi.fn<ComponentProps<typeof ItemForm>['onSave']>();
  await mount(
    <ItemForm
      bank={bank}
      initial={newDraft('choice', { topic: 'Sóng', level: 'KNOW' })}
      isNew
      isSaving={false}
      error={null}
      onSave={onSave}
    />,
  );
  await until(() => text().includes('Câu hỏi chưa có phần dẫn'));
  await type(field('Mã câu'), 'SO-01');
  await type(field('Phần dẫn'), 'Sóng ngang có $\\lambda$ là gì?');
  for (const [index, letter] of ['A', 'B', 'C', 'D'].entries()) {
    await type(field(`Phương án ${letter}`), `đáp án ${index}`);
  }
  await click(document.querySelector('[aria-label="Phương án B đúng"]'));
  await until(() => !text().includes('Còn phải sửa'));
  await click(button('Lưu bản nháp'));
  expect(onSave).toHaveBeenCalledWith(
    expect.objectContaining({ code: 'SO-01', kind: 'choice', correct: ['b'] }),
    true,
  );
});

describe('the fields of the rare kinds', () => {
  const onSave = vi.fn<ComponentProps<typeof ItemForm>['onSave']>();

  async function write(kind: ItemKindName, stem: string, images: readonly ImageRun[] = []): Promise<void> {
    answerCalls(() => ({ status: 200, body: { items: [] } }));
    onSave.mockClear();
    const initial = { ...newDraft(kind, { topic: 'Sóng', level: 'KNOW' }), stem: { text: '', images } };
    await mount(
      <ItemForm bank={bank} initial={initial} isNew isSaving={false} error={null} onSave={onSave} />,
    );
    await until(() => text().includes('Câu hỏi chưa có phần dẫn'));
    await type(field('Mã câu'), 'SO-01');
    await type(field('Phần dẫn'), stem);
  }

  async function saved() {
    await until(() => !text().includes('Còn phải sửa'));
    await click(button('Lưu bản nháp'));
    const draft = onSave.mock.calls[0]?.[0];
    if (!draft) throw new Error('nothing was saved');
    return { content: contentOf(draft), key: keyOf(draft) };
  }

  test('ordering: parts in the right order', async () => {
    await write('ordering', 'Sắp xếp');
    for (const [index, letter] of ['a', 'b', 'c', 'd'].entries())
      await type(field(`Phần “${letter}”`), `bước ${4 - index}`);
    await click(document.querySelector('[aria-label="Chuyển Phần “b” lên"]'));
    const { key } = await saved();
    expect(key).toEqual({ order: ['c', 'd', 'b', 'a'], orderScheme: 'exact' });
  });

  test('cloze: a field for each gap of the text', async () => {
    await write('cloze', 'Có [[a]] và [[b]]');
    await until(() => text().includes('Chỗ trống b'));
    await type(field('Chỗ trống a'), 'chu kì');
    await type(field('Chỗ trống b'), '*giây\nhéc');
    expect((await saved()).key).toEqual({ answers: { a: ['chu kì'], b: ['ba'] } });
  });

  test('hot text: a box for each phrase of the text', async () => {
    await write('hotText', 'Âm là [[sóng dọc]] và [[sóng ngang]]');
    await until(() => text().includes('sóng ngang'));
    await click(field('sóng ngang'));
    expect((await saved()).key).toEqual({ correct: ['2'], scheme: 'allOrNothing' });
  });

  test('hotspot: areas of the picture, in its pixels', async () => {
    await write('hotspot', 'Chỉ chỗ ![1]', [PICTURE]);
    await until(() => text().includes('Hình rộng 24, cao 24 điểm ảnh.'));
    await type(field('Các vùng đúng'), 'tròn 90 5 2');
    await until(() => text().includes('nằm ngoài hình'));
    await type(field('Các vùng đúng'), 'tròn 9 5 2');
    expect((await saved()).key).toEqual({ areas: [{ id: 'a', shape: 'circle', coords: [9, 5, 2] }] });
  });

  test('hotspot: areas are drawn by keyboard as well, beside those that are typed', async () => {
    await write('hotspot', 'Chỉ chỗ ![1]', [PICTURE]);
    await type(field('Các vùng đúng'), 'tròn 9 5 2');
    await until(() => document.querySelector('.area-canvas') !== null);
    const press = async (...keys: string[]) => {
      for (const key of keys)
        await act(async () =>
          document
            .querySelector('.area-canvas')
            ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })),
        );
    };
    await press('Enter', 'ArrowRight', 'ArrowRight', 'ArrowUp', 'Enter');
    expect(field('Các vùng đúng')).toHaveProperty('value', 'tròn 9 5 2\nchữ nhật 12 11 14 12');
    await until(() => text().includes('Đã thêm: chữ nhật 12 11 14 12'));
    await click(button('Xoá vùng A'));
    expect((await saved()).key).toEqual({ areas: [{ id: 'a', shape: 'rect', coords: [12, 11, 14, 12] }] });
  });
});

test('a question is given back with a reason only; a refusal stays in the dialog, which closes when it is done', async () => {
  const title = 'Câu hỏi đã có phiên bản mới.';
  let isRefused = true;
  const calls = answerCalls(() =>
    isRefused ? { status: 409, body: { code: 'item-changed', title } } : { status: 204 },
  );
  const version = { version: 1, status: 'inReview', author: 'x'.repeat(22), createdAt: 0 } as const;
  const item = { id: 'i'.repeat(22), code: 'SO-01', version: 1 } as ItemDetail['item'];
  const detail = { item, version, versions: [version], content: {}, key: {} } as ItemDetail;
  const part = { reads: true, writes: false, reviews: true, manages: false };
  await mount(<ItemActions bank={bank} detail={detail} part={part} me="" />);
  await click(button('Trả lại'));
  await until(() => text().includes('Trả lại cho người soạn'));
  const confirm = () => document.querySelector<HTMLButtonElement>('[role=dialog] [type=submit]');
  expect(confirm()?.disabled).toBe(true);
  await type(document.querySelector('[role=dialog] textarea'), 'Phương án C mơ hồ.');
  await click(confirm());
  await until(() => text().includes(title));
  isRefused = false;
  await click(confirm());
  await until(() => document.querySelector('[role=dialog]') === null);
  const sent = { version: 1, comment: 'Phương án C mơ hồ.' };
  expect(calls.map(({ body }) => body)).toEqual([sent, sent]);
});

describe('the matrix', () => {
  const exam = {
    id: 'e'.repeat(22),
    bank: bank.id,
    profile: 'P1',
    state: 'draft',
    candidateCount: 42,
  } as ExamView;
  const strata: StrataReport = {
    strata: [{ topic: 'Sóng', level: 'KNOW', kind: 'choice', count: 7 }],
  };
  const draw = () => mount(<MatrixEditor exam={exam} strata={strata} bankTopics={['Sóng']} isEditable />);
  const cell = () => document.querySelector('[aria-label="Số câu: Sóng, Một lựa chọn, Biết"]');

  test('shows what the bank has, sums live, and marks a cell that cannot be filled', async () => {
    answerCalls(() => ({
      status: 200,
      body: {
        problems: [],
        feasible: true,
        cells: [],
        selections: '35',
        exact: true,
        disjointPapers: 1,
        allDifferent: true,
      },
    }));
    await draw();
    await click(button('Một phần, một dạng câu'));
    expect(text()).toContain('có 7');
    await type(cell(), '4');
    expect(text()).toContain('4 câu · 1,00/10,00 điểm');
    expect(text()).toContain('còn thiếu 9,00 đ');
    await type(cell(), '9');
    expect(text()).toContain('cần 9, có 7');
    expect(cell()?.getAttribute('aria-invalid')).toBe('true');
  });

  test('follows a format that was chosen, is printed in nineteen columns, and goes into a file', async () => {
    const calls = answerCalls(({ path }) =>
      path.endsWith('/matrix/file')
        ? { status: 409, body: { code: 'blueprint-missing', title: 'Chưa có ma trận.' } }
        : {
            status: 200,
            body: {
              problems: [],
              feasible: true,
              cells: [],
              selections: '1',
              exact: true,
              allDifferent: true,
            },
          },
    );
    await draw();
    await click(document.querySelector('input[placeholder="Chọn môn hoặc bài kiểm tra"]'));
    const option = () =>
      [...document.querySelectorAll('[role=option]')].find((one) => one.textContent === 'Tiếng Anh') ?? null;
    await until(() => option() !== null);
    await click(option());
    expect(text()).toContain('Định dạng: Tiếng Anh. Quyết định 764/QĐ-BGDĐT, 50 phút.');
    expect(text()).toContain('Định dạng: 40 câu × 0,25 điểm');
    await type(cell(), '4');
    const printedTable = () => document.querySelector('.grid.printed');
    await until(() => printedTable() !== null);
    const printed = printedTable();
    expect(printed?.querySelectorAll('tbody td')).toHaveLength(19);
    expect(printed?.textContent).toContain('Chủ đề/Chương');
    await click(button('Tải tệp Word (.docx)'));
    await until(() => text().includes('Chưa có ma trận.'));
    expect(calls.find(({ path }) => path.endsWith('/matrix/file'))).toMatchObject({
      method: 'POST',
      body: { format: 'docx', form: 'official', blueprint: { format: 'thpt-2025-tieng-anh' } },
    });
  });

  test('is saved as a blueprint; a refusal of the server is shown', async () => {
    const title = 'Ngân hàng không đủ câu cho ô I.1: cần 9, có 7.';
    const calls = answerCalls(({ method }) =>
      method === 'PUT'
        ? { status: 409, body: { code: 'blueprint-infeasible', title } }
        : {
            status: 200,
            body: {
              problems: [],
              feasible: false,
              cells: [
                {
                  cell: 'I.1',
                  part: 0,
                  need: 9,
                  have: 7,
                  missing: 2,
                  rivals: [],
                  blocked: { status: 3, review: 0, embargo: 0, lastUse: 2, exposure: 0, enemies: 0 },
                },
              ],
              selections: '0',
              exact: true,
              disjointPapers: 0,
              allDifferent: false,
            },
          },
    );
    await draw();
    await click(button('Một phần, một dạng câu'));
    await type(cell(), '9');
    await until(() =>
      text().includes('Ô I.1: cần 9, có 7 · 3 câu khớp chưa được duyệt · 2 câu khớp mới dùng'),
    );
    await click(button('Lưu ma trận'));
    await until(() => text().includes(title));
    expect(calls.find(({ method }) => method === 'PUT')).toMatchObject({
      path: `/exams/${exam.id}/blueprint`,
      body: {
        total: 1000,
        blueprint: {
          parts: [
            {
              title: 'Phần I',
              cells: [{ id: 'I.1', count: 9, points: 25, topic: 'Sóng', level: 'KNOW', kind: 'choice' }],
            },
          ],
        },
      },
    });
  });
});
