import { Menu, Modal, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconKey, IconLanguage, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useState } from 'react';
import { text } from '../../resources/language/language.ts';
import { ChangePassword } from '../accounts/ChangePassword.tsx';
import { useOutboxStatus } from '../grades/outbox-context.tsx';
import { showDone, showFailure } from '../kit/toasts.tsx';
import { api } from './api.ts';
import classes from './frame.module.css';
import { useLanguageChoice } from './preferences.ts';
import { enterAs, useSession } from './session.tsx';

const schemes = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
] as const;

/** Initials of the last two words of a Vietnamese name: "Nguyễn Thị Ngữ" is "TN". */
function initials(name: string): string {
  return name.split(/\s+/).slice(-2).map(word => word.charAt(0)).join('').toLocaleUpperCase('vi');
}

async function signOut(heldCells: number): Promise<void> {
  const result = await api.accounts.signOut({});
  if (!result.ok) {
    showFailure(result.error);
    return;
  }
  enterAs(null);
  if (heldCells > 0) showDone(text('window.marks.heldAtSignOut', { count: heldCells }));
}

export function AccountMenu() {
  const { account } = useSession();
  const { cells } = useOutboxStatus();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, setLanguage } = useLanguageChoice();
  const [isChanging, setChanging] = useState(false);
  const role = account.homeroomOf.length > 0
    ? text('window.role.homeroom', { classes: account.homeroomOf.join(', ') })
    : text(`window.role.${account.role}`);
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label={text('window.account.open', { name: account.name })}>
          <span className={classes.initials} aria-hidden>{initials(account.name)}</span>
          <span className={classes.accountText}><strong>{account.name}</strong><span>{role}</span></span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text('window.account.look')}</Menu.Label>
        {schemes.map(({ value, icon: Picture }) => (
          <Menu.Item key={value} closeMenuOnClick={false} leftSection={<Picture size={15} />} rightSection={colorScheme === value ? <IconCheck size={14} /> : null} onClick={() => { setColorScheme(value); }}>
            {text(`window.account.${value}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLanguage size={15} />} onClick={() => { setLanguage(language === 'vi' ? 'en' : 'vi'); }}>
          {text('window.account.language')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKey size={15} />} onClick={() => { setChanging(true); }}>{text('accounts.screen.change.title')}</Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => { void signOut(cells); }}>{text('window.account.signOut')}</Menu.Item>
      </Menu.Dropdown>
      <Modal opened={isChanging} onClose={() => { setChanging(false); }} title={text('accounts.screen.change.title')} size="md">
        <ChangePassword onCancel={() => { setChanging(false); }} onChanged={() => { setChanging(false); showDone(text('accounts.screen.change.saved')); }} />
      </Modal>
    </Menu>
  );
}
