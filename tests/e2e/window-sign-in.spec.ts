import { demoAccounts, expect, signIn, test } from './shells.ts';

test('a wrong password is refused in words, the right one opens the program', async ({ page }) => {
  const account = demoAccounts().find(one => one.role === 'secretary');
  await page.getByLabel('Tên đăng nhập').fill(account?.user ?? '');
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill('không phải mật khẩu');
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  const signedIn = await signIn(page, 'secretary');
  await expect(page.getByText(signedIn.name).first()).toBeVisible();
});

test('who signed in stays signed in when the window is loaded again', async ({ page }) => {
  const account = await signIn(page, 'principal');
  await page.reload();
  await expect(page.getByText(account.name).first()).toBeVisible();
});
