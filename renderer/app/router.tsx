import { useCallback, useSyncExternalStore, useState } from 'react';
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';

/**
 * A hash router of one screenful: the address is `#/students/e1?classId=c3`. Filters live in the address and the row one stood on lives in
 * the history entry, so Back returns to both.
 */
export interface Location {
  path: string;
  query: URLSearchParams;
}

const listeners = new Set<() => void>();
function announce(): void {
  for (const listener of listeners) listener();
}
/** Back or Forward: what was not written yet belonged to the step that was left. */
function step(): void {
  window.clearTimeout(writing);
  writing = undefined;
  unwritten = {};
  announce();
}
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', step);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', step);
  };
}
function snapshot(): string {
  return window.location.hash.replace(/^#/, '') || '/';
}

/** Splits `/students/e1?classId=c3` into path and query. */
export function parseRoute(route: string): Location {
  const [path = '/', query = ''] = route.split('?', 2);
  return { path: path || '/', query: new URLSearchParams(query) };
}

/**
 * Values of the `:names` of `pattern` in `path`, or null when it does not fit: `/students/:enrolmentId` on `/students/e1` is
 * `{ enrolmentId: 'e1' }`.
 */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(part => part !== '');
  const given = path.split('/').filter(part => part !== '');
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) values[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return values;
}

/** Milliseconds. A browser stops listening to a page that rewrites its history more than a few times a second, as a held arrow key would. */
const WRITE_AFTER = 250;
let unwritten: Record<string, unknown> = {};
let writing: number | undefined;

function writeRemembered(): void {
  window.clearTimeout(writing);
  writing = undefined;
  if (Object.keys(unwritten).length === 0) return;
  window.history.replaceState({ ...rememberedState(), ...unwritten }, '');
  unwritten = {};
}

/** Goes to `route`; `replace` leaves no step behind for Back. */
export function navigate(route: string, { replace = false } = {}): void {
  if (route === snapshot()) return;
  writeRemembered();
  const address = `#${route}`;
  if (replace) window.history.replaceState(window.history.state, '', address);
  else window.history.pushState(null, '', address);
  announce();
}

export function useLocation(): Location {
  return parseRoute(useSyncExternalStore(subscribe, snapshot));
}

/** One filter kept in the address; the empty text removes it. */
export function useQueryValue(name: string): [string, (value: string) => void] {
  const { query } = useLocation();
  const set = useCallback((value: string) => {
    const now = parseRoute(snapshot());
    if (value === '') now.query.delete(name);
    else now.query.set(name, value);
    const text = now.query.toString();
    navigate(text === '' ? now.path : `${now.path}?${text}`, { replace: true });
  }, [name]);
  return [query.get(name) ?? '', set];
}

function rememberedState(): Record<string, unknown> {
  const state: unknown = window.history.state;
  return typeof state === 'object' && state !== null ? { ...state } : {};
}

/** A value kept in this step of the history (the row one stood on, a scroll position): it is there again after Back. */
export function useRemembered<Value extends string | number | null>(name: string, initial: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => {
    const kept = rememberedState()[name];
    return kept === undefined ? initial : kept as Value;
  });
  const set = useCallback((next: Value) => {
    setValue(next);
    unwritten[name] = next;
    writing ??= window.setTimeout(writeRemembered, WRITE_AFTER);
  }, [name]);
  return [value, set];
}

export interface RouteLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string;
  children: ReactNode;
}

/** An ordinary link to a place of the window: Ctrl+click opens it in another tab of a browser. */
export function RouteLink({ to, children, onClick, ...rest }: RouteLinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    navigate(to);
  };
  return <a href={`#${to}`} onClick={follow} {...rest}>{children}</a>;
}
