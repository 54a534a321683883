import { Tabs } from '@mantine/core';
import { text } from '../../resources/language/language.ts';
import { useFoot } from '../app/foot.tsx';
import { useRead } from '../app/queries.ts';
import { useQueryValue } from '../app/router.tsx';
import type { ScreenProps } from '../app/routes.tsx';
import { useSession } from '../app/session.tsx';
import { Page } from '../kit/Page.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { PupilCourse } from '../movements/PupilCourse.tsx';
import { StudentHistory } from './StudentHistory.tsx';
import { StudentPapers } from './StudentPapers.tsx';
import { StudentProfile } from './StudentProfile.tsx';
import { StudentResults } from './StudentResults.tsx';
import { Completeness, StudentStatus } from './student-columns.tsx';
import styles from './students.module.css';

const tabs = ['profile', 'course', 'results', 'papers', 'history'] as const;
const noHints: [] = [];

/** One pupil: profile, course of the years, results, papers, and who changed what. */
export default function StudentPage({ params }: ScreenProps) {
  const enrolmentId = params['enrolmentId'] ?? '';
  const read = useRead('students.open', { enrolmentId });
  const [tab, setTab] = useQueryValue('tab');
  const student = read.data;
  const { isClosedYear } = useSession();
  useFoot(student === undefined ? '' : [student.name, student.className, student.code].filter(words => words !== '').join(' · '), noHints);
  return (
    <Page
      title={student?.name ?? '…'}
      trail={[
        { title: text('students.title'), to: '/students' },
        ...(student === undefined ? [] : [{ title: student.className, to: `/classes/${student.classId}` }]),
      ]}
      aside={student === undefined ? null : <><span className="tabular">{student.code}</span><StudentStatus status={student.status} /></>}
      acts={student === undefined ? null : <div className={styles.recordState}>{text('students.record')}<Completeness percent={student.completeness} /></div>}
    >
      <Waiting read={read} lines={14}>
        {found => (
          <Tabs value={tab === '' ? 'profile' : tab} onChange={value => { setTab(value === null || value === 'profile' ? '' : value); }} keepMounted={false}>
            <Tabs.List mb="md">
              {tabs.map(name => <Tabs.Tab key={name} value={name}>{text(`students.tab.${name}`)}</Tabs.Tab>)}
            </Tabs.List>
            <Tabs.Panel value="profile"><StudentProfile key={`${found.personId} ${found.version}`} student={found} /></Tabs.Panel>
            <Tabs.Panel value="course"><PupilCourse enrolmentId={found.enrolmentId} personId={found.personId} name={found.name} isReadOnly={isClosedYear} /></Tabs.Panel>
            <Tabs.Panel value="results"><StudentResults student={found} /></Tabs.Panel>
            <Tabs.Panel value="papers"><StudentPapers student={found} mayEdit={found.mayEdit && !isClosedYear} /></Tabs.Panel>
            <Tabs.Panel value="history"><StudentHistory personId={found.personId} enrolmentId={found.enrolmentId} mayEdit={found.mayEdit} /></Tabs.Panel>
          </Tabs>
        )}
      </Waiting>
    </Page>
  );
}
