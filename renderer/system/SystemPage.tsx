import { Table } from '@mantine/core';
import type { SystemInfo } from '../../preload/contract/system.ts';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { RouteLink } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { Facts } from '../kit/Facts.tsx';
import { formatNumber } from '../kit/formats.ts';
import { Card, Page } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { DataCheck } from './DataCheck.tsx';
import styles from './system.module.css';

const noHints: [] = [];

/** The program itself: what runs, where the data lies, whether all of it is whole, who may sign in. */
export default function SystemPage() {
  const { school } = useSession();
  const info = useRead('system.info', {});
  useFoot(text('system.screen.where'), noHints);
  return (
    <Page title={text('system.screen.title')}>
      <div className={styles.place}>
        <div className={styles.column}>
          <DataCheck />
          <Accounts />
        </div>
        <div className={styles.column}>
          <Card title={text('system.screen.school')}>
            <Facts
              facts={[
                { name: text('system.screen.fact.name'), value: school.name },
                { name: text('system.screen.fact.code'), value: <span className="tabular">{school.code}</span> },
                { name: text('system.screen.fact.superior'), value: school.superior },
                { name: text('system.screen.fact.place'), value: [school.commune, school.province].filter(part => part !== '').join(', ') },
              ]}
            />
            <div className={styles.links}><RouteLink to="/system/school">{text('school.open')}</RouteLink><RouteLink to="/system/years">{text('school.years.openLink')}</RouteLink></div>
          </Card>
          <Card title={text('yearEnd.reading.title')}>
            <p>{text('yearEnd.reading.note')}</p>
            <div className={styles.links}><RouteLink to="/system/readings">{text('system.screen.openReadings')}</RouteLink><RouteLink to="/system/locks">{text('gradebook.calendar.title')}</RouteLink></div>
          </Card>
          <Card title={text('system.screen.exchange')}>
            <p>{text('system.screen.exchangeNote')}</p>
            <div className={styles.links}><RouteLink to="/system/catalogues">{text('imports.words.title')}</RouteLink><RouteLink to="/exports">{text('exports.screen.title')}</RouteLink></div>
          </Card>
          <Card title={text('personalData.title')}>
            <p>{text('system.screen.personalDataNote')}</p>
            <RouteLink to="/system/personal-data">{text('personalData.title')}</RouteLink>
          </Card>
          <Card title={text('system.screen.signingSetup')}>
            <p>{text('system.screen.signingSetupNote')}</p>
            <RouteLink to="/system/signing">{text('signing.setup.title')}</RouteLink>
          </Card>
          <Card title={text('system.screen.program')}><Waiting read={info} lines={6}>{found => <Facts facts={programFacts(found)} />}</Waiting></Card>
        </div>
      </div>
    </Page>
  );
}

function programFacts(info: SystemInfo) {
  return [
    { name: text('system.screen.fact.version'), value: <span className="tabular">Sổ Trường {info.version}</span> },
    { name: text('system.screen.fact.shell'), value: text(`system.screen.shell.${info.shell}`) },
    { name: text('system.screen.fact.dataFolder'), value: <span className={styles.path}>{info.dataFolder}</span> },
    { name: text('system.screen.fact.encryption'), value: <StateBadge state={info.isEncrypted ? 'done' : 'blocked'}>{text(info.isEncrypted ? 'system.screen.encrypted' : 'system.screen.notEncrypted')}</StateBadge> },
    { name: text('system.screen.fact.device'), value: info.device },
    { name: text('system.screen.fact.engine'), value: <span className="tabular">Node {info.node} · SQLite {info.sqlite}</span> },
  ];
}

function Accounts() {
  const read = useRead('accounts.list', {});
  return (
    <Card flush acts={<RouteLink to="/system/accounts">{text('accounts.screen.system')}</RouteLink>} title={read.data === undefined ? text('system.screen.accounts') : text('system.screen.accountsCount', { count: formatNumber(read.data.accounts.length) })}>
      <Waiting read={read} lines={5}>
        {({ accounts }) => (
          <div className={styles.accounts} role="region" aria-label={text('system.screen.accounts')} tabIndex={0}>
            <Table stickyHeader>
              <Table.Thead><Table.Tr>{(['user', 'name', 'role', 'state'] as const).map(key => <Table.Th key={key}>{text(`system.screen.column.${key}`)}</Table.Th>)}</Table.Tr></Table.Thead>
              <Table.Tbody>
                {accounts.map(one => (
                  <Table.Tr key={one.user}>
                    <Table.Td>{one.user}</Table.Td>
                    <Table.Td>{one.name}</Table.Td>
                    <Table.Td>{one.homeroomOf.length > 0 ? text('window.role.homeroom', { classes: one.homeroomOf.join(', ') }) : text(`window.role.${one.role}`)}</Table.Td>
                    <Table.Td><StateBadge state={one.state === 'active' ? 'done' : 'quiet'}>{text(`system.screen.account.${one.state}`)}</StateBadge></Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </Waiting>
    </Card>
  );
}
