import type { Feature } from '../../preload/contract/index.ts';
import { accountsModule } from '../accounts/accounts-module.ts';
import { attendanceModule } from '../attendance/attendance-module.ts';
import type { Door } from '../call/door.ts';
import { classesModule } from '../classes/classes-module.ts';
import { exportsModule } from '../exports/exports-module.ts';
import { gradebookModule } from '../gradebook/gradebook-module.ts';
import { curriculumModule } from '../curriculum/curriculum-module.ts';
import { gradesModule } from '../grades/grades-module.ts';
import { homeModule } from '../home/home-module.ts';
import { importsModule } from '../imports/imports-module.ts';
import { movementsModule } from '../movements/movements-module.ts';
import { reportsModule } from '../reports/reports-module.ts';
import { personalDataModule } from '../personal-data/personal-data-module.ts';
import { schoolModule } from '../school/school-module.ts';
import { staffModule } from '../staff/staff-module.ts';
import { studentsModule } from '../students/students-module.ts';
import { transcriptsModule } from '../transcripts/transcripts-module.ts';
import { signingModule } from '../signing/signing-module.ts';
import { syncModule } from '../sync/sync-module.ts';
import { systemModule } from '../system/system-module.ts';
import { yearEndModule } from '../year-end/year-end-module.ts';

/** Every feature behind the door, in the order in which they may import one another. */
export function featureModules(door: () => Door): readonly { feature: Feature; calls: object }[] {
  return [
    accountsModule(() => door().sessions), schoolModule, staffModule(() => door().sessions), studentsModule, curriculumModule, attendanceModule, gradesModule, classesModule,
    gradebookModule(() => door().presence), yearEndModule, transcriptsModule,
    movementsModule, signingModule, personalDataModule, syncModule, importsModule, exportsModule, reportsModule, homeModule, systemModule(() => door().jobs),
  ];
}
