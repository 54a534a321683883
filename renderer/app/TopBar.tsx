import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown, IconEye, IconSearch } from '@tabler/icons-react';
import { text } from '../../resources/language/language.ts';
import { formatYear } from '../kit/formats.ts';
import { AccountMenu } from './AccountMenu.tsx';
import classes from './frame.module.css';
import { JobLight } from './JobLight.tsx';
import { MarksLight } from './MarksLight.tsx';
import { openSearch } from './SearchBox.tsx';
import { SendLight } from './SendLight.tsx';
import { useSession } from './session.tsx';

export function TopBar() {
  const { school, isClosedYear } = useSession();
  return (
    <header className={classes.top}>
      <div className={classes.school}>
        <strong title={school.name}>{school.name}</strong>
        {school.isDemo ? <span className={classes.demo}>{text('window.demo')}</span> : null}
      </div>
      <YearSwitch />
      {isClosedYear ? <span className={classes.readOnly}><IconEye size={14} aria-hidden />{text('window.year.readOnly')}</span> : null}
      <UnstyledButton className={classes.search} onClick={openSearch}>
        <IconSearch size={15} stroke={1.8} aria-hidden />
        <span>{text('window.search.open')}</span>
        <kbd>Ctrl K</kbd>
      </UnstyledButton>
      <div className={classes.lights}>
        <MarksLight />
        <JobLight />
        <SendLight />
        <AccountMenu />
      </div>
    </header>
  );
}

function YearSwitch() {
  const { years, year, setYear } = useSession();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes.year} aria-label={text('window.year.switch', { year: formatYear(year) })}>
          <span className="tabular">{formatYear(year)}</span>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text('window.year.label')}</Menu.Label>
        {years.map(one => (
          <Menu.Item key={one.year} leftSection={one.year === year ? <IconCheck size={14} /> : <span style={{ width: 14 }} />} onClick={() => { setYear(one.year); }}>
            <span className="tabular">{formatYear(one.year)}</span>
            <span className={classes.yearNote}>{text(one.state === 'closed' ? 'window.year.closed' : one.isCurrent ? 'window.year.current' : 'window.year.open')}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
