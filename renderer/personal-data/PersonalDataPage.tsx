import { SegmentedControl } from '@mantine/core';
import type { ComponentType } from 'react';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useQueryValue } from '../app/router.tsx';
import { Page } from '../kit/Page.tsx';
import { ExportsTab, LooksTab } from './AccessLogs.tsx';
import { ConsentsTab } from './ConsentsTab.tsx';
import { IncidentsTab } from './IncidentsTab.tsx';
import { PurposesTab } from './PurposesTab.tsx';
import { RequestsTab } from './RequestsTab.tsx';
import { SettingsTab } from './SettingsTab.tsx';

const tabs: Record<string, ComponentType> = {
  purposes: PurposesTab, consents: ConsentsTab, requests: RequestsTab, incidents: IncidentsTab, looks: LooksTab, exports: ExportsTab, settings: SettingsTab,
};
const noHints: [] = [];

/** Personal data: why it is kept, who agreed, who asked, what went wrong, who looked, what went out. */
export default function PersonalDataPage() {
  const [chosen, setChosen] = useQueryValue('tab');
  const tab = chosen in tabs ? chosen : 'purposes';
  const Tab = tabs[tab] ?? PurposesTab;
  useFoot(text(`personalData.tab.${tab}`), noHints);
  return (
    <Page
      fills
      title={text('personalData.title')}
      trail={[{ title: text('system.screen.title'), to: '/system' }]}
      bar={(
        <SegmentedControl
          aria-label={text('personalData.title')}
          value={tab}
          onChange={value => { setChosen(value === 'purposes' ? '' : value); }}
          data={Object.keys(tabs).map(value => ({ value, label: text(`personalData.tab.${value}`) }))}
        />
      )}
    >
      <Tab key={tab} />
    </Page>
  );
}
