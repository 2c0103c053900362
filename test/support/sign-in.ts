import type { Page } from 'playwright-core';

/** Types the slip of a candidate into the page of an exam, in whichever language it is. */
export async function signInByForm(
  page: Page,
  slip: { number: string; code: string } | undefined,
): Promise<void> {
  await page.locator('#number').fill(slip?.number ?? '');
  await page.locator('#code').fill(slip?.code ?? '');
  await page.keyboard.press('Enter');
}

/** Signs a member of staff in at the form that stands in front of a staff page in Vietnamese. */
export async function signStaffIn(
  page: Page,
  { login, password }: { login: string; password: string },
): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.locator('[autocomplete=current-password]').fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
}
