import { sql } from 'kysely';
import { text } from '../resources/language/language.ts';
import type { DistrictDatabase } from './district-schema.ts';

interface PageRow {
  name: string;
  school: string;
  device: string | null;
  contiguous: number | null;
  bytes: number | null;
  receivedAt: Date | null;
}

/** One line per school and device, with the last package received. */
export async function listForPage(database: DistrictDatabase): Promise<PageRow[]> {
  return database.selectFrom('school')
    .leftJoin('device', 'device.school', 'school.id')
    .leftJoin('package', (join) => join.onRef('package.school', '=', 'device.school').onRef('package.device', '=', 'device.id').onRef('package.sequence', '=', 'device.contiguous_to'))
    .select(['school.name as name', 'school.id as school', 'device.id as device', 'device.contiguous_to as contiguous', 'package.received_at as receivedAt',
      sql<number | null>`package.bytes`.as('bytes')])
    .orderBy('school.name').orderBy('device.id').execute();
}

/** The authority's overview: plain HTML, nothing fetched, nothing to click. */
export function overviewPage(rows: readonly PageRow[], now: Date): string {
  const heads = ['school', 'code', 'device', 'packages', 'lastReceipt', 'size'].map((key) => `<th scope="col">${escape(text(`district.page.${key}`))}</th>`).join('');
  const lines = rows.map((row) => {
    const received = row.device === null
      ? `<td colspan="4">${escape(text('district.page.nothingYet'))}</td>`
      : `<td>${escape(row.device)}</td><td class="n">${row.contiguous ?? 0}</td><td>${escape(row.receivedAt === null ? '' : moment(row.receivedAt))}</td><td class="n">${escape(kilobytes(row.bytes ?? 0))}</td>`;
    return `<tr><td>${escape(row.name)}</td><td>${escape(row.school)}</td>${received}</tr>`;
  }).join('\n');
  const body = rows.length === 0 ? `<p>${escape(text('district.page.noSchool'))}</p>` : `<table><thead><tr>${heads}</tr></thead><tbody>\n${lines}\n</tbody></table>`;
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(text('district.page.title'))}</title>
<style>body{font:14px/1.5 system-ui,sans-serif;margin:24px;color:#1c2b2d}h1{font-size:20px}table{border-collapse:collapse}th,td{border-bottom:1px solid #d5dedf;padding:6px 12px;text-align:left}.n{text-align:right;font-variant-numeric:tabular-nums}</style></head>
<body><h1>${escape(text('district.page.title'))}</h1>${body}<p>${escape(text('district.page.asOf', { time: moment(now) }))}</p></body></html>
`;
}

function moment(time: Date): string {
  return new Intl.DateTimeFormat('vi-VN', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Asia/Ho_Chi_Minh' }).format(time);
}

function kilobytes(bytes: number): string {
  return `${new Intl.NumberFormat('vi-VN').format(Math.ceil(bytes / 1000))} kB`;
}

function escape(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
