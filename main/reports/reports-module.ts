import { defineModule } from '../call/module.ts';
import { missingBoard } from '../gradebook/missing-board.ts';
import { cross, crossMembers } from './cross-table.ts';
import { distribution } from './distribution.ts';
import { print, workbook } from './report-papers.ts';
import { difference } from './snapshot-difference.ts';
import { freeze, snapshot, snapshots } from './snapshots.ts';
import { statistics, statisticsMembers } from './statistics-service.ts';

export const reportsModule = defineModule('reports', {
  statistics, statisticsMembers, cross, crossMembers, snapshots, freeze, snapshot, difference, distribution, print, workbook,
  missing: (ctx, { year }) => missingBoard(ctx, year),
});
