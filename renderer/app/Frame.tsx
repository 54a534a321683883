import { Suspense } from 'react';
import { IconDoorOff, IconMapQuestion } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { text } from '../../resources/language/language.ts';
import { EmptyState } from '../kit/EmptyState.tsx';
import { KeyHints } from '../kit/KeyHints.tsx';
import { useFootState } from './foot.tsx';
import classes from './frame.module.css';
import { PlaceFault } from './PlaceFault.tsx';
import { usePreference } from './preferences.ts';
import { Rail } from './Rail.tsx';
import { navigate, useLocation } from './router.tsx';
import { placeAt } from './routes.tsx';
import { SearchBox } from './SearchBox.tsx';
import { useSession } from './session.tsx';
import { TopBar } from './TopBar.tsx';

/** Rail, top bar, the place itself, and the foot that says where the cursor is. */
export function Frame() {
  const [isNarrow, setNarrow] = usePreference('rail.narrow', false);
  const { isClosedYear } = useSession();
  return (
    <div className={classes.frame} {...(isNarrow ? { 'data-narrow': true } : {})} {...(isClosedYear ? { 'data-past': true } : {})}>
      <a className={classes.skip} href="#main" onClick={event => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{text('window.skipToContent')}</a>
      <Rail isNarrow={isNarrow} onNarrow={setNarrow} />
      <TopBar />
      <main id="main" className={classes.main} tabIndex={-1}><PlaceOnScreen /></main>
      <Foot />
      <SearchBox />
    </div>
  );
}

function PlaceOnScreen() {
  const { path } = useLocation();
  const { may, year } = useSession();
  const found = placeAt(path);
  if (found === null) {
    return (
      <EmptyState icon={IconMapQuestion} title={text('window.nowhere.title')} next={text('window.nowhere.next')}>
        <Button onClick={() => { navigate('/'); }}>{text('window.nowhere.home')}</Button>
      </EmptyState>
    );
  }
  if (!may(found.place.permission)) {
    return (
      <EmptyState icon={IconDoorOff} title={text('window.notYours.title')} next={text('window.notYours.next')}>
        <Button onClick={() => { navigate('/'); }}>{text('window.nowhere.home')}</Button>
      </EmptyState>
    );
  }
  const Screen = found.place.screen;
  return (
    <PlaceFault key={year} at={path}>
      <Suspense fallback={null}><Screen params={found.params} /></Suspense>
    </PlaceFault>
  );
}

function Foot() {
  const { where, hints } = useFootState();
  return (
    <footer className={classes.foot}>
      <div className={classes.where}>{where}</div>
      <KeyHints hints={[...hints, { keys: ['Ctrl', 'K'], does: text('window.keys.search') }]} />
    </footer>
  );
}
