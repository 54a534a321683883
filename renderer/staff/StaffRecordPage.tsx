import { Tabs } from '@mantine/core';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { Page } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './staff.module.css';
import { StaffStatusBadge } from './StaffCard.tsx';
import { StaffEntries } from './StaffEntries.tsx';
import { StaffHistory } from './StaffHistory.tsx';
import { StaffProfile } from './StaffProfile.tsx';
import { StaffTeaching } from './StaffTeaching.tsx';
import { StaffWork } from './StaffWork.tsx';

const tabs = ['profile', 'work', 'teaching', 'growth', 'history'] as const;
const growth = ['training', 'course', 'language', 'appraisal', 'reward', 'discipline'] as const;
const noHints: [] = [];

/** One member of staff: profile, status and contracts, what he teaches, training and appraisal, and who changed what. */
export default function StaffRecordPage({ params }: ScreenProps) {
  const read = useRead('staff.open', { staffId: params['staffId'] ?? '' });
  const [tab, setTab] = useQueryValue('tab');
  const staff = read.data;
  useFoot(staff === undefined ? '' : [staff.name, staff.position, staff.code].filter(words => words !== '').join(' · '), noHints);
  return (
    <Page
      title={staff?.name ?? '…'}
      trail={[{ title: text('staff.title'), to: '/staff' }]}
      aside={staff === undefined ? null : <><span className="tabular">{staff.code}</span><StaffStatusBadge status={staff.status} /></>}
    >
      <Waiting read={read} lines={14}>
        {found => (
          <Tabs value={tab === '' ? 'profile' : tab} onChange={value => { setTab(value === null || value === 'profile' ? '' : value); }} keepMounted={false}>
            <Tabs.List mb="md">
              {tabs.map(name => <Tabs.Tab key={name} value={name}>{text(`staff.tab.${name}`)}</Tabs.Tab>)}
            </Tabs.List>
            <Tabs.Panel value="profile"><StaffProfile key={`${found.staffId} ${found.version}`} staff={found} /></Tabs.Panel>
            <Tabs.Panel value="work"><StaffWork staff={found} /></Tabs.Panel>
            <Tabs.Panel value="teaching"><StaffTeaching staff={found} /></Tabs.Panel>
            <Tabs.Panel value="growth"><div className={styles.stack}>{growth.map(kind => <StaffEntries key={kind} staff={found} kind={kind} />)}</div></Tabs.Panel>
            <Tabs.Panel value="history"><StaffHistory staffId={found.staffId} /></Tabs.Panel>
          </Tabs>
        )}
      </Waiting>
    </Page>
  );
}
