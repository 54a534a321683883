import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { classFieldGroups, classFields } from '../../preload/contract/class-fields.ts';
import type { ClassCard, ClassChoicesView, ClassRecord } from '../../preload/contract/classes.ts';
import { levelOfGrade } from '../../preload/contract/school.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { refresh, useRead } from '../app/queries.ts';
import { RouteLink, navigate } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { useSession } from '../app/session.tsx';
import { ConfirmDialog } from '../kit/ConfirmDialog.tsx';
import { ErrorNotice } from '../kit/ErrorNotice.tsx';
import { Card, Page } from '../kit/Page.tsx';
import { RecordForm, reverseOf } from '../kit/RecordForm.tsx';
import { showDone, showFailure, showUndo } from '../kit/toasts.tsx';
import { useAct } from '../kit/useAct.ts';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './classes.module.css';

const hints = [{ keys: ['Ctrl', 'S'], does: text('kit.record.save') }];

/** What the class says of itself, edited in place. */
export default function ClassRecordPage({ params }: ScreenProps) {
  const classId = params['classId'] ?? '';
  const { year } = useSession();
  const read = useRead('classes.record', { classId });
  const choices = useRead('classes.choices', {});
  const others = useRead('classes.list', { year });
  const [isClosing, setClosing] = useState(false);
  const name = read.data?.name ?? '…';
  useFoot(text('classes.record.where', { name }), hints);
  return (
    <Page
      title={text('classes.record.title')}
      trail={[{ title: text('classes.title'), to: '/classes' }, { title: text('classes.className', { name }), to: `/classes/${classId}` }]}
      aside={read.data === undefined ? null : <span className="tabular">{text('classes.record.completeness', { percent: read.data.completeness })}</span>}
      acts={read.data?.mayEdit === true ? <Button variant="default" onClick={() => { setClosing(true); }}>{text('classes.record.close')}</Button> : null}
    >
      <Waiting read={read} lines={10}>
        {found => <Waiting read={choices}>{known => <Record found={found} choices={known} others={(others.data?.classes ?? []).filter(one => one.classId !== classId)} />}</Waiting>}
      </Waiting>
      {isClosing ? (
        <ConfirmDialog
          title={text('classes.record.close')}
          confirmLabel={text('classes.record.close')}
          tone="danger"
          reason={{ label: text('school.reason'), minLength: 3 }}
          onConfirm={async reason => {
            const result = await api.classes.close({ classId, reason });
            if (result.ok) {
              refresh('classes');
              showDone(text('classes.record.closed', { name }));
              navigate('/classes');
            }
            return result;
          }}
          onClose={() => { setClosing(false); }}
        >
          {text('classes.record.closeNote', { name })}
        </ConfirmDialog>
      ) : null}
    </Page>
  );
}

type Own = Pick<ClassRecord, 'name' | 'code' | 'homeroomStaffId' | 'satelliteId' | 'roomId' | 'partnerClassId'>;

function Record({ found, choices, others }: { found: ClassRecord; choices: ClassChoicesView; others: ClassCard[] }) {
  const save = useAct(api.classes.save);
  const [name, setName] = useState(found.name);
  const [code, setCode] = useState(found.code);
  const put = async (own: Partial<Own>, values: { [key: string]: string }, back: { [key: string]: string }): Promise<void> => {
    const { classId } = found;
    const saved = await save.run({ classId, expectedVersion: found.version, ...own, values });
    if (saved === null) return;
    refresh('classes');
    const before: Partial<Own> = Object.fromEntries((Object.keys(own) as (keyof Own)[]).map(key => [key, found[key]]));
    showUndo(text('classes.record.saved', { name: saved.name }), () => {
      void api.classes.save({ classId, expectedVersion: saved.version, ...before, values: back, reason: text('kit.undo') }).then(result => { if (!result.ok) showFailure(result.error); refresh('classes'); });
    });
  };
  const link = (key: 'homeroomStaffId' | 'satelliteId' | 'roomId' | 'partnerClassId', label: string, data: { value: string; label: string }[]) => (
    <Select label={label} searchable clearable={found.mayEdit} readOnly={!found.mayEdit || save.isBusy} placeholder="—" data={data} value={found[key]} onChange={value => { void put({ [key]: value }, {}, {}); }} />
  );
  const level = levelOfGrade(found.grade);
  return (
    <div className={styles.record}>
      <Card title={text('classes.record.own')} acts={level === 'thpt' ? <RouteLink to="/curriculum">{text('classes.record.electives')}</RouteLink> : null}>
        <div className={styles.recordFields}>
          <TextInput label={text('classes.field.name')} value={name} readOnly={!found.mayEdit} maxLength={20} onChange={event => { setName(event.currentTarget.value); }} onBlur={() => { if (name.trim() !== '' && name !== found.name) void put({ name }, {}, {}); }} />
          <TextInput label={text('classes.field.code')} value={code} readOnly={!found.mayEdit} maxLength={20} onChange={event => { setCode(event.currentTarget.value); }} onBlur={() => { if (code.trim() !== '' && code !== found.code) void put({ code }, {}, {}); }} />
          {link('homeroomStaffId', text('classes.field.homeroom'), choices.staff.map(one => ({ value: one.staffId, label: one.name })))}
          {link('satelliteId', text('classes.field.satellite'), choices.satellites.map(one => ({ value: one.satelliteId, label: one.name })))}
          {link('roomId', text('classes.field.room'), choices.rooms.map(one => ({ value: one.roomId, label: one.name })))}
          {link('partnerClassId', text('classes.field.partner'), others.map(one => ({ value: one.classId, label: one.name })))}
        </div>
      </Card>
      <RecordForm
        key={found.version}
        words="classes"
        fields={classFields.filter(field => field.levels.includes(level))}
        groups={classFieldGroups}
        values={found.values}
        mayEdit={found.mayEdit}
        isBusy={save.isBusy}
        onSave={changes => { void put({}, changes, reverseOf(found.values, changes)); }}
      >
        {save.failure === null ? null : <ErrorNotice failure={save.failure} onRetry={() => { save.clear(); refresh('classes'); }} />}
      </RecordForm>
    </div>
  );
}
