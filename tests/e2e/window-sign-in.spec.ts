import { expect, signIn, test } from './shells.ts';

test('the secretary signs in, works, and signs out', async ({ page }) => {
  const account = await signIn(page, 'secretary');
  await expect(page.getByText(account.name).first()).toBeVisible();
});
