import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconUsersMinus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { AccountCandidate, AccountRow } from '../../preload/contract/accounts.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { refresh, useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { DataTable } from '../kit/DataTable.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { FilterBox } from '../kit/FilterBox.tsx';
import { formatNumber } from '../kit/formats.ts';
import { comparePupilNames } from '../kit/matching.ts';
import { Page } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import type { TableColumn } from '../kit/table-columns.ts';
import { showDone } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './accounts.module.css';
import { ChangeRole, CreateAccount } from './AccountDialogs.tsx';
import { PasswordSlip, type Slip } from './PasswordSlip.tsx';

type Act = 'reset' | 'role' | 'close' | 'reopen';

function roleWords(row: AccountRow): string {
  return row.homeroomOf.length > 0 ? text('window.role.homeroom', { classes: row.homeroomOf.join(', ') }) : text(`accounts.role.${row.role}`);
}

function stateWords(row: AccountRow): string {
  return text(row.state === 'active' && row.mustChangePassword ? 'accounts.screen.state.mustChange' : `accounts.screen.state.${row.state}`);
}

function columnsOf(onAct: (row: AccountRow, act: Act) => void): TableColumn<AccountRow>[] {
  const title = (id: string) => text(`accounts.screen.column.${id}`);
  return [
    { id: 'name', title: title('name'), value: row => row.name, compare: (left, right) => comparePupilNames(left.name, right.name), width: { least: 170, share: 2 }, isFixed: true },
    { id: 'user', title: title('user'), value: row => row.user, width: { least: 140, share: 1 } },
    { id: 'position', title: title('position'), value: row => row.position, width: { least: 130, share: 1 } },
    { id: 'role', title: title('role'), value: roleWords, width: { least: 150, share: 1 } },
    {
      id: 'state', title: title('state'), value: stateWords, width: 170,
      render: row => <StateBadge state={row.state === 'closed' ? 'quiet' : row.mustChangePassword ? 'needs' : 'done'}>{stateWords(row)}</StateBadge>,
    },
    { id: 'acts', title: '', value: () => null, width: 48, render: row => <AccountActs row={row} onAct={onAct} /> },
  ];
}

function AccountActs({ row, onAct }: { row: AccountRow; onAct: (row: AccountRow, act: Act) => void }) {
  if (!row.mayManage) return null;
  const acts: Act[] = row.state === 'active' ? ['reset', 'role', 'close'] : ['reopen'];
  return (
    <Menu position="bottom-end">
      <Menu.Target><ActionIcon variant="subtle" size="sm" aria-label={text('accounts.screen.acts', { user: row.user })}><IconDots size={15} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>{acts.map(act => <Menu.Item key={act} onClick={() => { onAct(row, act); }}>{text(`accounts.screen.${act}`)}</Menu.Item>)}</Menu.Dropdown>
    </Menu>
  );
}

/** Who may sign in and as what; who of the staff cannot yet. */
export default function AccountsPage() {
  const read = useRead('accounts.list', {});
  const [filter, setFilter] = useQueryValue('q');
  const [acting, setActing] = useState<{ row: AccountRow; act: Act } | null>(null);
  const [creating, setCreating] = useState<AccountCandidate | null>(null);
  const [slip, setSlip] = useState<Slip | null>(null);
  const columns = useMemo(() => columnsOf((row, act) => { setActing({ row, act }); }), []);
  const hints = useMemo(() => [{ keys: ['↑', '↓'], does: text('kit.keys.move') }], []);
  useFoot(text('accounts.screen.where'), hints);
  return (
    <Page
      fills
      title={text('accounts.screen.title')}
      trail={[{ title: text('system.screen.title'), to: '/system' }]}
      aside={read.data === undefined ? null : <span className="tabular" role="status">{text('accounts.screen.count', { count: formatNumber(read.data.accounts.length) })}</span>}
      bar={<FilterBox value={filter} onChange={setFilter} placeholder={text('accounts.screen.filter')} />}
    >
      <Waiting read={read} lines={14}>
        {({ accounts, candidates }) => (
          <div className={styles.columns}>
            <DataTable
              label={text('accounts.screen.title')}
              rows={accounts}
              columns={columns}
              rowId={row => row.accountId}
              filter={filter}
              empty={<EmptyState icon={IconUsersMinus} title={text('accounts.screen.none')} next={text('accounts.screen.noneFound')} />}
            />
            <aside className={styles.side} aria-label={text('accounts.screen.candidates', { count: candidates.length })}>
              <h2>{text('accounts.screen.candidates', { count: formatNumber(candidates.length) })}</h2>
              {candidates.length === 0 ? <p className={styles.note}>{text('accounts.screen.candidatesNone')}</p> : (
                <ul>
                  {candidates.map(one => (
                    <li key={one.staffId}>
                      <div><span>{one.name}</span><small>{one.position}</small></div>
                      <Button size="compact-xs" variant="default" aria-label={text('accounts.screen.createFor', { name: one.name })} onClick={() => { setCreating(one); }}>{text('accounts.screen.create')}</Button>
                    </li>
                  ))}
                </ul>
              )}
            </aside>
          </div>
        )}
      </Waiting>
      {creating === null ? null : <CreateAccount candidate={creating} onMade={setSlip} onClose={() => { setCreating(null); }} />}
      {acting === null ? null : <AccountAct row={acting.row} act={acting.act} onSlip={setSlip} onClose={() => { setActing(null); }} />}
      {slip === null ? null : <PasswordSlip slip={slip} onClose={() => { setSlip(null); }} />}
    </Page>
  );
}

function AccountAct({ row, act, onSlip, onClose }: { row: AccountRow; act: Act; onSlip: (slip: Slip) => void; onClose: () => void }) {
  const { accountId, version, name } = row;
  if (act === 'role') return <ChangeRole row={row} onClose={onClose} />;
  if (act === 'close') {
    return (
      <ConfirmDialog
        title={text('accounts.screen.close')}
        confirmLabel={text('accounts.screen.close')}
        tone="danger"
        reason={{ label: text('accounts.screen.reason'), minLength: 3 }}
        onConfirm={async reason => {
          const result = await api.accounts.close({ accountId, version, reason });
          refresh('accounts');
          if (result.ok) showDone(text('accounts.screen.closed', { name }));
          return result;
        }}
        onClose={onClose}
      >
        {text('accounts.screen.closeWhat', { name })}
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      title={text(`accounts.screen.${act}`)}
      confirmLabel={text(`accounts.screen.${act}`)}
      onConfirm={async () => {
        const result = await (act === 'reset' ? api.accounts.resetPassword({ accountId, version }) : api.accounts.reopen({ accountId, version }));
        refresh('accounts');
        if (result.ok) onSlip({ name, ...result.value });
        return result;
      }}
      onClose={onClose}
    >
      {text(`accounts.screen.${act}What`, { name })}
    </ConfirmDialog>
  );
}
