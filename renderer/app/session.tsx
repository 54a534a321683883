import { hashKey } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { AccountView } from '../../preload/contract/accounts.ts';
import { mayCall } from '../../preload/contract/permissions.ts';
import type { Permission } from '../../preload/contract/permissions.ts';
import type { SchoolView, SchoolYearView } from '../../preload/contract/school.ts';
import { onEvent, onSessionEnd } from './api.ts';
import { ChangeGatherer } from './changes.ts';
import { forgetJobs, noteJob } from './jobs.ts';
import { noteLostSession } from './lost-session.ts';
import { forgetPresence, notePresence } from './presence.ts';
import { markStale, queryClient, reread } from './queries.ts';

export interface Session {
  account: AccountView;
  school: SchoolView;
  years: SchoolYearView[];
  /** The year on screen, "2025-2026". */
  year: string;
  term: 1 | 2;
  /** True when the year on screen is closed: everything of it is read-only. */
  isClosedYear: boolean;
  setYear: (year: string) => void;
  /** Whether the role of who is signed in may make calls that need `permission`; the door decides in the end. */
  may: (permission: Permission) => boolean;
}

const SessionContext = createContext<Session | null>(null);

/** Who is signed in, at which school, looking at which year. Only below the sign-in gate. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession above the sign-in gate');
  return session;
}

export interface SessionProviderProps {
  account: AccountView;
  current: { school: SchoolView; years: SchoolYearView[]; year: string; term: 1 | 2 };
  children: ReactNode;
}

export function SessionProvider({ account, current, children }: SessionProviderProps) {
  const [chosenYear, setYear] = useState<string | null>(null);

  useEffect(() => {
    const changes = new ChangeGatherer({ reread, markStale });
    const stop = onEvent(event => {
      if (event.topic === 'job') noteJob(event.job);
      else if (event.topic === 'presence') notePresence(event);
      else changes.note(event);
    });
    return () => {
      stop();
      changes.stop();
      forgetJobs();
      forgetPresence();
    };
  }, []);

  // Back to the gate: what was typed lies on this machine and goes on when the same person has signed in.
  useEffect(() => onSessionEnd(() => {
    noteLostSession('signIn');
    enterAs(null);
  }), []);

  const session = useMemo<Session>(() => {
    const year = chosenYear ?? current.year;
    return {
      account,
      school: current.school,
      years: current.years,
      year,
      term: current.term,
      isClosedYear: current.years.find(one => one.year === year)?.state === 'closed',
      setYear,
      may: permission => mayCall(account.role, permission),
    };
  }, [account, current, chosenYear]);

  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Goes through the gate: forgets everything that was read as somebody else, and shows the window of `account` (null: the sign-in). */
export function enterAs(account: AccountView | null): void {
  if (account !== null) noteLostSession('none');
  const gate = ['accounts', 'current', {}];
  // The gate itself watches this one: removed, it would wait for ever.
  queryClient.removeQueries({ predicate: query => query.queryHash !== hashKey(gate) });
  queryClient.setQueryData(gate, { account });
}
