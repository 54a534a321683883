import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { OutboxProvider } from '../grades/outbox-context.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { FirstPassword } from './FirstPassword.tsx';
import { FootProvider } from './foot.tsx';
import { Frame } from './Frame.tsx';
import { LanguageContext, chooseLanguage, keptLanguage } from './preferences.ts';
import { queryClient, useRead } from './queries.ts';
import { ReopenNotice } from './ReopenNotice.tsx';
import { SessionProvider } from './session.tsx';
import { SignInPage } from './SignInPage.tsx';
import { theme } from './theme.ts';

const BeginSchoolPage = lazy(async () => ({ default: (await import('../school/BeginSchoolPage.tsx')).BeginSchoolPage }));

const colorScheme = localStorageColorSchemeManager({ key: 'so-truong.color-scheme' });

/** The whole window: language and theme, then the sign-in gate, then the frame with its places. */
export function App() {
  const [language, setLanguage] = useState(() => chooseLanguage(keptLanguage()));
  useEffect(() => { document.documentElement.lang = language; }, [language]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorScheme}>
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-center" limit={3} zIndex={400} />
        <LanguageContext value={{ language, setLanguage: next => { setLanguage(chooseLanguage(next)); } }}>
          <FootProvider key={language}><Gate /><ReopenNotice /></FootProvider>
        </LanguageContext>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Gate() {
  const current = useRead('accounts.current', {});
  return (
    <Waiting read={current}>
      {({ account }) => {
        if (account === null) return <Visitor />;
        return account.mustChangePassword ? <FirstPassword /> : <SignedIn key={account.user} account={account} />;
      }}
    </Waiting>
  );
}

/** Nobody has signed in: where there is no school yet, there is nobody who could. */
function Visitor() {
  const gate = useRead('accounts.gate', {});
  return <Waiting read={gate}>{({ hasSchool }) => (hasSchool ? <SignInPage /> : <Suspense fallback={null}><BeginSchoolPage /></Suspense>)}</Waiting>;
}

function SignedIn({ account }: { account: NonNullable<Parameters<typeof SessionProvider>[0]['account']> }) {
  const school = useRead('school.current', {});
  return <Waiting read={school}>{current => <SessionProvider account={account} current={current}><OutboxProvider user={account.user}><Frame /></OutboxProvider></SessionProvider>}</Waiting>;
}
