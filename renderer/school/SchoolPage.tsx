import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { schoolFieldGroups, schoolFields } from '../../preload/contract/school-fields.ts';
import { schoolLevels } from '../../preload/contract/school.ts';
import type { SchoolLevel, SchoolProfile } from '../../preload/contract/school.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { refresh, useRead } from '../app/queries.ts';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { formatDate } from '../kit/formats.ts';
import { Card, Page } from '../kit/Page.tsx';
import { RecordForm, reverseOf } from '../kit/RecordForm.tsx';
import { showFailure, showUndo } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { ChangeCodeDialog } from './ChangeCodeDialog.tsx';
import { SchoolHistory } from './SchoolHistory.tsx';
import { SchoolPlaces } from './SchoolPlaces.tsx';
import styles from './school.module.css';

const hints = [{ keys: ['Ctrl', 'S'], does: text('kit.record.save') }];

/** What the school says of itself, edited in place; its places beside, its history behind. */
export default function SchoolPage() {
  const read = useRead('school.profile', {});
  const [view, setView] = useState('profile');
  useFoot(text('school.where'), hints);
  return (
    <Page
      title={text('school.title')}
      trail={[{ title: text('system.screen.title'), to: '/system' }]}
      aside={read.data === undefined ? null : <span className="tabular">{text('school.completeness', { percent: read.data.completeness })}</span>}
      acts={<SegmentedControl value={view} onChange={setView} data={[{ value: 'profile', label: text('school.view.profile') }, { value: 'history', label: text('school.view.history') }]} />}
    >
      {view === 'history' ? <SchoolHistory /> : <Waiting read={read} lines={14}>{profile => <Profile profile={profile} />}</Waiting>}
    </Page>
  );
}

function Profile({ profile }: { profile: SchoolProfile }) {
  const save = useAct(api.school.saveProfile);
  const put = async (changes: Record<string, string>, levels: readonly SchoolLevel[], back: Record<string, string>): Promise<void> => {
    const saved = await save.run({ expectedVersion: profile.version, changes, levels: [...levels] });
    if (saved === null) return;
    refresh('school');
    showUndo(text('school.saved'), () => {
      void api.school.saveProfile({ expectedVersion: saved.version, changes: back, levels: profile.levels, reason: text('kit.undo') })
        .then(result => { if (!result.ok) showFailure(result.error); refresh('school'); });
    });
  };
  return (
    <div className={styles.place}>
      <div className={styles.column}>
        <Card title={text('school.codeAndLevels')} acts={profile.mayEdit ? <ChangeCode code={profile.code} /> : null}>
          <div className={styles.levels}>
            <strong className="tabular">{profile.code}</strong>
            {schoolLevels.map(level => (
              <Checkbox
                key={level}
                label={text(`school.level.${level}`)}
                checked={profile.levels.includes(level)}
                disabled={!profile.mayEdit || save.isBusy || profile.levels.join() === level}
                onChange={event => { void put({}, event.currentTarget.checked ? [...profile.levels, level] : profile.levels.filter(one => one !== level), {}); }}
              />
            ))}
          </div>
          {profile.formerCodes.map(one => (
            <p key={one.code} className={styles.quiet}>{text('school.formerCode', { code: one.code, until: formatDate(one.to), reason: one.reason })}</p>
          ))}
        </Card>
        <RecordForm
          key={profile.version}
          words="school"
          fields={schoolFields}
          groups={schoolFieldGroups}
          values={profile.values}
          mayEdit={profile.mayEdit}
          isBusy={save.isBusy}
          onSave={changes => { void put(changes, profile.levels, reverseOf(profile.values, changes)); }}
        >
          {save.failure === null ? null : <ErrorNotice failure={save.failure} onRetry={() => { save.clear(); refresh('school'); }} />}
        </RecordForm>
      </div>
      <SchoolPlaces profile={profile} />
    </div>
  );
}

function ChangeCode({ code }: { code: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => { setOpen(true); }}>{text('school.changeCode')}</Button>
      {isOpen ? <ChangeCodeDialog code={code} onClose={() => { setOpen(false); }} /> : null}
    </>
  );
}
