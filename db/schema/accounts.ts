import type { Role } from '../../preload/contract/permissions.ts';
import { recordTable, type RecordColumns } from './base.ts';

export interface AccountTable extends RecordColumns {
  user: string;
  name: string;
  role: Role;
  staff_id: string | null;
  /** argon2id, PHC string. */
  password_hash: string;
  state: 'active' | 'closed';
  /** The password was given by the office: the first thing its owner does is to choose his own. */
  must_change: 0 | 1;
}

export interface AccountsSchema {
  account: AccountTable;
}

export const accountsTables = [recordTable('account', { sync: false, secret: ['password_hash'] })];
