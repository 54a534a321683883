import type { Feature } from '../../preload/contract/index.ts';
import type { Role } from '../../preload/contract/permissions.ts';
import type { ReadHandle, WriteHandle } from '../../db/handle.ts';
import type { ChangeContext } from '../../db/journal.ts';
import type { Stamp } from '../../db/records.ts';
import type { CoreServices } from './services.ts';

/** Who asks. A visitor has no role; the command line acts as whoever holds the database key. */
export interface Session {
  user: string;
  name: string;
  role: Role | null;
  staffId: string | null;
  /** Signed in with a password of the office: may choose his own and do nothing else. */
  mustChangePassword?: boolean;
  /** Kept by the transport, handed back with every call. */
  token: string | null;
}

export interface ReadContext {
  db: ReadHandle;
  session: Session;
  services: CoreServices;
}

export interface WriteContext extends ReadContext {
  db: WriteHandle;
  stamp: Stamp;
  /** Tells every window, after the commit, that these records of the feature changed. */
  changed(feature: Feature, ...keys: string[]): void;
  /** What the journal says of the rows written from here on, where the call's own input does not say it. */
  explain(context: Pick<ChangeContext, 'path' | 'reason'>): void;
}

/** Long work outside any one transaction: reads, then short writes, then progress, over and over. */
export interface JobContext {
  db: ReadHandle;
  session: Session;
  services: CoreServices;
  /** Aborted when a person cancels. Check between items; what is finished stays finished. */
  signal: AbortSignal;
  progress(done: number, total: number, item: string): void;
  write<T>(context: Pick<ChangeContext, 'path' | 'reason'>, change: (ctx: WriteContext) => T): T;
}
