import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { text } from '../../resources/language/language.ts';
import icon from './icon.svg?url';
import classes from './frame.module.css';
import { RouteLink, useLocation } from './router.tsx';
import { places } from './routes.tsx';
import { useSession } from './session.tsx';

export function Rail({ isNarrow, onNarrow }: { isNarrow: boolean; onNarrow: (isNarrow: boolean) => void }) {
  const { path } = useLocation();
  const { may } = useSession();
  const Toggle = isNarrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const shown = places.filter(place => place.rail !== null && may(place.permission));
  return (
    <nav className={classes.rail} aria-label={text('window.rail.label')}>
      <RouteLink to="/" className={classes.brand}><img src={icon} alt="" width={24} height={24} /><span>{text('app.name')}</span></RouteLink>
      <ul>
        {shown.map(place => {
          const Picture = place.rail?.icon;
          const isHere = place.path === '/' ? path === '/' : path === place.path || path.startsWith(`${place.path}/`);
          return (
            <li key={place.path}>
              <RouteLink to={place.path} className={classes.railItem} {...(isHere ? { 'aria-current': 'page' } : {})}>
                {Picture === undefined ? null : <Picture size={18} stroke={1.6} aria-hidden />}
                <span>{text(place.rail?.label ?? '')}</span>
              </RouteLink>
            </li>
          );
        })}
      </ul>
      <button type="button" className={classes.railItem} onClick={() => { onNarrow(!isNarrow); }}>
        <Toggle size={18} stroke={1.6} aria-hidden />
        <span>{text(isNarrow ? 'window.rail.widen' : 'window.rail.narrow')}</span>
      </button>
    </nav>
  );
}
