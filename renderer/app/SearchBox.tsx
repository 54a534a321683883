import { Spotlight, createSpotlight } from '@mantine/spotlight';
import { IconChalkboard, IconId, IconMapPin, IconSearch, IconTable, IconUser } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { SearchHit } from '../../preload/contract/home.ts';
import { text } from '../../resources/language/language.ts';
import { matches } from '../kit/matching.ts';
import classes from './frame.module.css';
import { useRead } from './queries.ts';
import { navigate } from './router.tsx';
import { hasPlace, places } from './routes.tsx';
import { useSession } from './session.tsx';

const [store, box] = createSpotlight();
const ASK_AFTER = 120; // milliseconds without a further letter

export function openSearch(): void {
  box.open();
}

const pictures: Record<SearchHit['kind'], Icon> = {
  pupil: IconUser, class: IconChalkboard, staff: IconId, sheet: IconTable, place: IconMapPin,
};

/** Pupils, classes, sheets and places by Ctrl+K, with or without accents. */
export function SearchBox() {
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), ASK_AFTER);
  const { year, may } = useSession();
  const found = useRead('home.search', { year, text: asked }, { enabled: asked !== '', keepPrevious: true });
  const here: SearchHit[] = places
    .filter(place => place.rail !== null && may(place.permission))
    .map(place => ({ kind: 'place', title: text(place.rail?.label ?? ''), subtitle: text('window.search.place'), route: place.path }));
  const nearby = here.filter(hit => matches(hit.title, query));
  const hits = asked === '' || query.trim() === '' ? [] : (found.data?.hits ?? []).filter(hit => hasPlace(hit.route));
  const known = new Set(hits.map(hit => hit.route));
  const shown = [...hits, ...nearby.filter(hit => !known.has(hit.route))];
  // Enter takes the best hit without an arrow key first.
  const takeFirst = (event: KeyboardEvent): void => {
    const [first] = shown;
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || first === undefined || document.querySelector(`.${classes.hit ?? ''}[data-selected]`) !== null) return;
    box.close();
    navigate(first.route);
  };
  return (
    <Spotlight.Root store={store} query={query} onQueryChange={setQuery} shortcut={['mod + K']}  size={560} radius="md" transitionProps={{ duration: 100 }} clearQueryOnClose overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}>
      <Spotlight.Search onKeyDown={takeFirst} placeholder={text('window.search.placeholder')} aria-label={text('window.search.open')} leftSection={<IconSearch size={17} stroke={1.7} />} />
      <Spotlight.ActionsList className={classes.hits ?? ''} tabIndex={0}>
        {shown.map(hit => {
          const Picture = pictures[hit.kind];
          return (
            <Spotlight.Action key={`${hit.kind} ${hit.route} ${hit.title}`} className={classes.hit ?? ''} onClick={() => { navigate(hit.route); }}>
              <Picture size={17} stroke={1.6} aria-hidden />
              <span>{hit.title}</span>
              <span>{hit.subtitle}</span>
            </Spotlight.Action>
          );
        })}
        {shown.length === 0 ? <Spotlight.Empty>{found.isFetching ? text('kit.loading') : text('window.search.nothing', { words: query })}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
