import { ActionIcon, Button } from '@mantine/core';
import { IconCalendarOff, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { AttendanceDayClass } from '../../preload/contract/attendance.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { RouteLink, useQueryValue } from '../app/router.tsx';
import { useSession } from '../app/session.tsx';
import { DayBox } from '../kit/DayBox.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { formatDate } from '../kit/formats.ts';
import { Notice } from '../kit/Notice.tsx';
import { Page } from '../kit/Page.tsx';
import { StateBadge } from '../kit/StateBadge.tsx';
import { showDone, showFailure } from '../kit/toasts.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import styles from './attendance.module.css';
import { addDays, dayWithin } from './calendar.ts';

const noHints: [] = [];

/** One day of the whole school: which classes have called the roll, who is away, who comes near the limit. */
export default function AttendancePage() {
  const { year, may } = useSession();
  const [now] = useState(() => new Date());
  const [chosen, setDate] = useQueryValue('ngay');
  const date = chosen === '' ? dayWithin(year, now) : chosen;
  const read = useRead('attendance.day', { year, date }, { keepPrevious: true });
  useFoot(text('attendance.where', { date: formatDate(date) }), noHints);
  const called = read.data?.classes.filter(isCalled).length ?? 0;
  return (
    <Page
      title={text('attendance.title')}
      aside={read.data === undefined ? null : <span className="tabular">{text('attendance.calledOf', { called, all: read.data.classes.length })}</span>}
      bar={(
        <>
          <ActionIcon variant="default" size={30} aria-label={text('attendance.previousDay')} onClick={() => { setDate(addDays(date, -1)); }}><IconChevronLeft size={16} /></ActionIcon>
          <DayBox key={date} label={text('attendance.day')} day={date} onChange={setDate} />
          <ActionIcon variant="default" size={30} aria-label={text('attendance.nextDay')} onClick={() => { setDate(addDays(date, 1)); }}><IconChevronRight size={16} /></ActionIcon>
          <Button size="xs" variant="default" onClick={() => { setDate(''); }}>{text('attendance.today')}</Button>
        </>
      )}
    >
      <Warnings year={year} />
      <Waiting read={read} lines={12}>
        {found => {
          if (found.classes.length === 0) return <EmptyState icon={IconCalendarOff} title={text('attendance.noClasses')} next={text('attendance.noClassesNext')} />;
          if (!found.isSchoolDay) return <EmptyState icon={IconCalendarOff} title={text('attendance.noSchool')} next={text('attendance.noSchoolNext')} />;
          return <Classes date={found.date} classes={found.classes} mayEdit={may('attendance.edit')} />;
        }}
      </Waiting>
    </Page>
  );
}

const isCalled = (found: AttendanceDayClass): boolean => found.called.length >= found.plan.sessions;

function Classes({ date, classes, mayEdit }: { date: string; classes: AttendanceDayClass[]; mayEdit: boolean }) {
  const grades = useMemo(() => [...Map.groupBy(classes, found => found.grade)].toSorted(([left], [right]) => left - right), [classes]);
  return grades.map(([grade, ofGrade]) => (
    <section key={grade} className={styles.grade}>
      <h2>{text('classes.grade', { grade })}</h2>
      <ul>{ofGrade.map(found => <li key={found.classId}><OneClass date={date} found={found} mayEdit={mayEdit} /></li>)}</ul>
    </section>
  ));
}

function OneClass({ date, found, mayEdit }: { date: string; found: AttendanceDayClass; mayEdit: boolean }) {
  const isDone = isCalled(found);
  const callAll = async (): Promise<void> => {
    const sessions = found.plan.sessions === 2 ? (['am', 'pm'] as const) : [found.plan.mainSession];
    const result = await api.attendance.save({ classId: found.classId, path: 'typed', changes: [], called: sessions.map(session => ({ date, session })) });
    if (result.ok) showDone(text('attendance.callAllDone', { name: found.className }));
    else showFailure(result.error);
  };
  return (
    <div className={styles.card}>
      <RouteLink to={`/attendance/${found.classId}?thang=${date.slice(0, 7)}&ngay=${date}`} className={styles.cardTop} aria-label={text('attendance.open', { name: found.className })}>
        <strong>{found.className}</strong>
        <StateBadge state={isDone ? 'done' : 'needs'}>{text(isDone ? 'attendance.called' : 'attendance.notCalled')}</StateBadge>
      </RouteLink>
      {found.absent.length > 0 ? (
        <ul className={styles.absent} aria-label={text('attendance.absentCount', { count: found.absent.length })}>
          {found.absent.map(absence => (
            <li key={`${absence.name} ${absence.session}`}>
              <span>{absence.name}</span>
              <span title={text(`attendance.kind.${absence.kind}`)}>{found.plan.sessions === 2 ? `${text(`attendance.session.${absence.session}`)} ` : ''}<b data-kind={absence.kind}>{text(`attendance.letter.${absence.kind}`)}</b></span>
            </li>
          ))}
        </ul>
      ) : (
        <div className={styles.cardFoot}>
          <span>{isDone ? text('attendance.nobodyAbsent', { pupils: found.pupils }) : found.homeroom ?? ''}</span>
          {!isDone && mayEdit ? <Button size="compact-xs" variant="light" onClick={() => { void callAll(); }}>{text('attendance.callAll')}</Button> : null}
        </div>
      )}
    </div>
  );
}

function Warnings({ year }: { year: string }) {
  const read = useRead('attendance.warnings', { year });
  const rows = read.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <div className={styles.warnings}>
      <Notice state="needs" title={text('attendance.warnings.title')}>
        <ul>
          {rows.map(row => (
            <li key={row.enrolmentId}>
              <RouteLink to={`/attendance/${row.classId}`}>
                {text('attendance.warnings.row', { name: row.name, class: row.className, count: row.count.excused + row.count.unexcused, excused: row.count.excused, unexcused: row.count.unexcused })}
              </RouteLink>
              {' — '}
              {text(`attendance.warnings.${row.warning}`)}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
