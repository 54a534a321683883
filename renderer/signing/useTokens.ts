import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import type { TokenCertificate, TokenView } from '../../preload/contract/signing.ts';
import { api } from '../app/api.ts';
import { keepPreference, keptPreference } from '../app/preferences.ts';
import { CallFailed } from '../app/queries.ts';

const MODULE = 'so-truong.signing.module';
const CERTIFICATE = 'so-truong.signing.certificate';
/** Milliseconds between two looks for a token that is not plugged in yet. */
const LOOK_AGAIN = 4_000;

export interface Tokens {
  modules: readonly { path: string; name: string }[];
  isSearching: boolean;
  /** Path of the driver in use; empty while there is none. */
  module: string;
  chooseModule: (path: string) => void;
  tokens: readonly TokenView[];
  /** Why the tokens cannot be listed. */
  failure: Failure | null;
  /** Until the first answer; looking again goes on unseen. */
  isLooking: boolean;
  look: () => void;
  certificate: TokenCertificate | null;
  /** The token that holds the chosen certificate. */
  token: TokenView | null;
  chooseCertificate: (sha256: string) => void;
}

/** Asks the token process. Under a key of its own: each signed paper tells that signing changed, and the device must not be asked then. */
function useToken<Value>(what: readonly string[], enabled: boolean, ask: () => Promise<Result<Value>>): UseQueryResult<Value, CallFailed> {
  return useQuery<Value, CallFailed>({
    queryKey: ['token', ...what],
    queryFn: async () => {
      const result = await ask();
      if (!result.ok) throw new CallFailed(result.error);
      return result.value;
    },
    enabled,
  });
}

/**
 * Driver, tokens and certificate, as chosen last time on this machine where they are still there. Looks again by itself while no token is
 * plugged in; never while `isBusy`, because drivers dislike being asked during a signature.
 */
export function useTokens(isBusy: boolean): Tokens {
  const found = useToken(['modules'], true, () => api.signing.modules({}));
  const [chosenModule, setChosenModule] = useState(() => keptPreference(MODULE) ?? '');
  const modules = found.data?.modules ?? [];
  const module = chosenModule === '' ? modules[0]?.path ?? '' : chosenModule;
  const listed = useToken(['tokens', module], module !== '' && !isBusy, () => api.signing.tokens({ module }));
  const failure = listed.isError ? listed.error.failure : null;
  const tokens = failure === null ? listed.data?.tokens ?? [] : [];
  const [chosenCertificate, setChosenCertificate] = useState(() => keptPreference(CERTIFICATE) ?? '');

  const certificates = tokens.flatMap(token => token.certificates.map(certificate => ({ token, certificate })));
  const usable = certificates.filter(one => one.certificate.problems.length === 0);
  const chosen = certificates.find(one => one.certificate.sha256 === chosenCertificate) ?? (usable.length === 1 ? usable[0] : undefined);

  const isAbsent = module !== '' && tokens.length === 0;
  const { refetch } = listed;
  useEffect(() => {
    if (!isAbsent || isBusy) return undefined;
    const timer = window.setInterval(() => { if (!document.hidden) void refetch(); }, LOOK_AGAIN);
    return () => { window.clearInterval(timer); };
  }, [isAbsent, isBusy, refetch]);

  return {
    modules,
    isSearching: found.isPending,
    module,
    chooseModule: path => {
      setChosenModule(path);
      keepPreference(MODULE, path);
    },
    tokens,
    failure,
    isLooking: listed.isPending && listed.isFetching,
    look: () => { void refetch(); },
    certificate: chosen?.certificate ?? null,
    token: chosen?.token ?? null,
    chooseCertificate: sha256 => {
      setChosenCertificate(sha256);
      keepPreference(CERTIFICATE, sha256);
    },
  };
}
