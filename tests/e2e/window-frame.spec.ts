import { AxeBuilder } from '@axe-core/playwright';
import path from 'node:path';
import { demoAccounts, expect, signIn, test } from './shells.ts';
import { fold } from '../../renderer/kit/matching.ts';
import { callBeside, goTo, year } from './window-acts.ts';

test('a visitor of the demo school steps in with one click, and out again', async ({ page }) => {
  const homeroom = demoAccounts().find(account => account.classes.length > 0);
  await page.getByRole('button', { name: new RegExp(`${homeroom?.name ?? '-'} Chủ nhiệm`) }).click();
  await expect(page.getByRole('heading', { name: `Chào ${homeroom?.name ?? '-'}` })).toBeVisible();
  await page.getByRole('button', { name: /^Tài khoản của/ }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  await expect(page.getByLabel('Tên đăng nhập')).toBeVisible();
});

test('a wrong password is said in words, and Caps Lock is pointed out', async ({ page }) => {
  await page.getByLabel('Tên đăng nhập').fill('vanphong');
  const password = page.getByRole('textbox', { name: 'Mật khẩu' });
  await password.fill('không phải');
  await password.dispatchEvent('keydown', { key: 'A', modifierCapsLock: true });
  await expect(page.getByText('Caps Lock đang bật')).toBeVisible();
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  const notice = page.getByRole('alert');
  await expect(notice).toBeVisible();
  expect((await notice.innerText()).split('\n').filter(line => line.trim() !== '').length).toBeGreaterThanOrEqual(3);
  await expect(notice).not.toContainText(/accounts\.|undefined|Error/);
});

test('each role sees its own places', async ({ page }) => {
  await signIn(page, 'teacher');
  const rail = page.getByRole('navigation', { name: 'Các nơi làm việc' });
  await expect(rail.getByRole('link', { name: 'Sổ điểm' })).toBeVisible();
  await expect(rail.getByRole('link', { name: 'Hệ thống' })).toBeHidden();
  await page.evaluate(() => { window.location.hash = '#/system'; });
  await expect(page.getByText('Nơi này không thuộc phần việc của thầy cô')).toBeVisible();
});

test('an address that leads nowhere says so and leads home', async ({ page }) => {
  await signIn(page, 'secretary');
  await page.evaluate(() => { window.location.hash = '#/khong-co'; });
  await page.getByRole('button', { name: 'Về trang chủ' }).click();
  await expect(page.getByRole('heading', { name: /^Chào/ })).toBeVisible();
});

test('Ctrl+K finds pupils and places without accents, and Enter takes the best', async ({ page }) => {
  await signIn(page, 'secretary');
  const { rows } = await callBeside<{ rows: { name: string }[] }>(page, 'students.list', { year });
  const name = rows.find(row => row.name.startsWith('Nguyễn'))?.name ?? '';
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Tìm học sinh, lớp, sổ điểm…' }).fill(fold(name));
  await expect(page.getByRole('dialog').getByText(name, { exact: true }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Tìm học sinh, lớp, sổ điểm…' }).fill('so diem');
  await page.getByRole('dialog').getByText('Sổ điểm', { exact: true }).click();
  await expect(page.getByRole('heading', { name: /^Sổ điểm học kì/ })).toBeVisible();
});

test('the look follows the person, not only the system', async ({ page }) => {
  await signIn(page, 'secretary');
  await page.getByRole('button', { name: /^Tài khoản của/ }).click();
  await page.getByRole('menuitem', { name: 'Tối' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

const places = ['Trang chủ', 'Học sinh', 'Lớp', 'Cán bộ', 'Sổ điểm'];
const pictures = path.resolve(import.meta.dirname, '..', 'screenshots');

for (const scheme of ['light', 'dark'] as const) {
  test(`every place can be read and reached by everyone, ${scheme}`, async ({ page, shell }) => {
    test.setTimeout(240_000); // axe reads every element of seven places
    const faults: string[] = [];
    page.on('console', message => { if (message.type() === 'error') faults.push(message.text()); });
    page.on('pageerror', fault => { faults.push(fault.message); });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const check = async (name: string): Promise<void> => {
      await page.screenshot({ path: path.join(pictures, `${shell}-${scheme}-${name}.png`) });
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze();
      expect(violations.map(violation => `${name}: ${violation.id} ${violation.nodes[0]?.target.join(' ') ?? ''} ${violation.nodes[0]?.failureSummary ?? ''}`)).toEqual([]);
    };
    await expect(page.getByLabel('Tên đăng nhập')).toBeVisible();
    await check('sign-in');
    await signIn(page, 'principal');
    for (const place of places) {
      await goTo(page, place);
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('main').getByRole('status', { name: 'Đang mở…' })).toHaveCount(0);
      await check(place);
    }
    await page.getByRole('grid', { name: 'Sổ điểm' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Chuỗi nhật ký còn nguyên')).toBeVisible();
    await check('mark-sheet');
    expect(faults).toEqual([]);
  });
}
