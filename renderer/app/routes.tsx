import {
  IconArrowsExchange,
  IconBooks, IconCalendarCheck, IconCertificate, IconChalkboard, IconCloudUp, IconFileImport, IconFlag, IconHistory, IconHome, IconId, IconReportAnalytics, IconSettings, IconShieldCheck, IconSignature, IconTable, IconUsers,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Permission } from '../../preload/contract/permissions.ts';
import { matchPath } from './router.tsx';

/** What every screen gets: the values of the `:names` of its path. */
export interface ScreenProps {
  params: Readonly<Record<string, string>>;
}

export interface RailItem {
  icon: Icon;
  /** Catalogue key of the word beside the icon. */
  label: string;
}

export interface Place {
  path: string;
  /** Who may open it; others do not see it in the rail, the search, nor by its address. */
  permission: Permission;
  screen: LazyExoticComponent<ComponentType<ScreenProps>>;
  /** Set for places of the left rail, shown in the order of the table. */
  rail: RailItem | null;
}

type Load = () => Promise<{ default: ComponentType<ScreenProps> }>;
const screens = new Map<Load, Place['screen']>();

/** One place: its path, who may open it, the module whose default export is the screen (a chunk of its own), and its place in the rail. */
function place(path: string, permission: Permission, load: Load, rail?: RailItem): Place {
  const known = screens.get(load) ?? lazy(load);
  screens.set(load, known);
  return { path, permission, screen: known, rail: rail ?? null };
}

/** Several places, one screen: stepping between them keeps what stands on it. */
const grades: Load = () => import('../grades/GradesPage.tsx');
const yearEnd: Load = () => import('../year-end/YearEndPage.tsx');
const signing: Load = () => import('../signing/SigningPage.tsx');

/** Every place of the window. A new screen is one line here. */
export const places: readonly Place[] = [
  place('/', 'signedIn', () => import('../home/HomePage.tsx'), { icon: IconHome, label: 'window.rail.home' }),
  place('/students', 'records.view', () => import('../students/StudentsPage.tsx'), { icon: IconUsers, label: 'window.rail.students' }),
  place('/students/duplicates', 'records.edit', () => import('../students/DuplicatesPage.tsx')),
  place('/students/:enrolmentId', 'records.view', () => import('../students/StudentPage.tsx')),
  place('/classes', 'records.view', () => import('../classes/ClassesPage.tsx'), { icon: IconChalkboard, label: 'window.rail.classes' }),
  place('/classes/:classId/record', 'records.view', () => import('../classes/ClassRecordPage.tsx')),
  place('/classes/:classId/people', 'records.edit', () => import('../classes/ClassPeoplePage.tsx')),
  place('/classes/placement/:grade', 'records.edit', () => import('../classes/PlacementPage.tsx')),
  place('/classes/:classId', 'records.view', () => import('../classes/ClassPage.tsx')),
  place('/movements', 'records.edit', () => import('../movements/MovementsPage.tsx'), { icon: IconArrowsExchange, label: 'window.rail.movements' }),
  place('/movements/documents', 'records.edit', () => import('../movements/DocumentsPage.tsx')),
  place('/staff', 'records.view', () => import('../staff/StaffPage.tsx'), { icon: IconId, label: 'window.rail.staff' }),
  place('/staff/assignments', 'records.view', () => import('../staff/TeachingPage.tsx')),
  place('/staff/:staffId', 'records.edit', () => import('../staff/StaffRecordPage.tsx')),
  place('/attendance', 'attendance.view', () => import('../attendance/AttendancePage.tsx'), { icon: IconCalendarCheck, label: 'window.rail.attendance' }),
  place('/attendance/:classId', 'attendance.view', () => import('../attendance/ClassAttendancePage.tsx')),
  place('/grades', 'grades.view', grades, { icon: IconTable, label: 'window.rail.grades' }),
  place('/grades/boards', 'grades.view', () => import('../reports/BoardsPage.tsx')),
  place('/grades/distribution', 'grades.view', () => import('../reports/DistributionPage.tsx')),
  place('/grades/requests', 'grades.view', () => import('../gradebook/RequestsPage.tsx')),
  place('/grades/:sheetId', 'grades.view', grades),
  place('/grades/records/:classId', 'grades.view', grades),
  place('/grades/history/:sheetId/:enrolmentId/:column', 'grades.view', () => import('../gradebook/MarkHistoryPage.tsx')),
  place('/grades/subject/:enrolmentId/:subject', 'grades.view', () => import('../gradebook/SubjectHistoryPage.tsx')),
  place('/grades/changes/:sheetId', 'grades.view', () => import('../gradebook/SheetHistoryPage.tsx')),
  place('/grades/reading/:readingId', 'grades.view', () => import('../gradebook/SecondReadingPage.tsx')),
  place('/grades/comments/:sheetId', 'grades.view', () => import('../gradebook/CommentsPage.tsx')),
  // The addresses in the program's answers: the home board, the search, what the year end is missing.
  place('/grades/sheet/:sheetId', 'grades.view', grades),
  place('/grades/class/:classId', 'grades.view', grades),
  place('/year-end', 'yearEnd.view', yearEnd, { icon: IconFlag, label: 'window.rail.yearEnd' }),
  place('/year-end/:classId', 'yearEnd.view', yearEnd),
  place('/transcripts', 'transcripts.view', () => import('../transcripts/TranscriptsPage.tsx'), { icon: IconCertificate, label: 'window.rail.transcripts' }),
  place('/transcripts/:classId', 'transcripts.view', () => import('../transcripts/ClassTranscriptsPage.tsx')),
  place('/signing', 'signing.sign', signing, { icon: IconSignature, label: 'window.rail.signing' }),
  place('/signing/:classId', 'signing.sign', signing),
  place('/reports', 'reports.view', () => import('../reports/ReportsPage.tsx'), { icon: IconReportAnalytics, label: 'window.rail.reports' }),
  place('/sync', 'sync.view', () => import('../sync/SyncPage.tsx'), { icon: IconCloudUp, label: 'window.rail.sync' }),
  place('/imports', 'records.import', () => import('../imports/ImportsPage.tsx'), { icon: IconFileImport, label: 'window.rail.imports' }),
  place('/imports/compare', 'records.import', () => import('../imports/ComparePage.tsx')),
  place('/exports', 'records.import', () => import('../exports/ExportsPage.tsx')),
  place('/verify', 'signedIn', () => import('../verify/VerifyPage.tsx'), { icon: IconShieldCheck, label: 'window.rail.verify' }),
  place('/journal', 'journal.view', () => import('../journal/JournalPage.tsx'), { icon: IconHistory, label: 'window.rail.journal' }),
  place('/curriculum', 'records.edit', () => import('../curriculum/CurriculumPage.tsx'), { icon: IconBooks, label: 'window.rail.curriculum' }),
  place('/system/locks', 'grades.view', () => import('../gradebook/LockCalendarPage.tsx')),
  place('/system/readings', 'yearEnd.view', () => import('../system/RuleReadingsPage.tsx')),
  place('/system/signing', 'system.manage', () => import('../signing/SigningSetupPage.tsx')),
  place('/system/school', 'records.view', () => import('../school/SchoolPage.tsx')),
  place('/system/years', 'records.view', () => import('../school/YearsPage.tsx')),
  place('/system/catalogues', 'records.import', () => import('../imports/CataloguesPage.tsx')),
  place('/system/personal-data', 'records.edit', () => import('../personal-data/PersonalDataPage.tsx')),
  place('/system/accounts', 'system.manage', () => import('../accounts/AccountsPage.tsx')),
  place('/system', 'system.manage', () => import('../system/SystemPage.tsx'), { icon: IconSettings, label: 'window.rail.system' }),
];

/** The place at `path` with its values, or null for an address that leads nowhere. */
export function placeAt(path: string): { place: Place; params: Record<string, string> } | null {
  for (const candidate of places) {
    const params = matchPath(candidate.path, path);
    if (params !== null) return { place: candidate, params };
  }
  return null;
}

/** Whether `route` (a path, maybe with a query) leads to a place of this table. */
export function hasPlace(route: string): boolean {
  return placeAt(route.split('?')[0] ?? '/') !== null;
}
