/**
 * What locks a mark, and the list of locks by place that the other triggers look into. Nothing outside the database can pass: typing, paste,
 * import, undo and a statement by hand all end here. A sheet takes marks while it is open; in any other state, or under a lock by scope or
 * calendar whose time has come, only in cells that were opened for a time.
 */

/** Groups of columns as `ColumnGroup` names them. */
const groupOf = (col: string) => `case when ${col} glob 'tx*' then 'ongoing' when ${col} = 'gk' or ${col} glob 'v[0-9]' then 'mid' else 'final' end`;

/** Whether the cell of `row` takes nothing now. `cell` is false for what belongs to the line of a pupil, such as a comment. */
function blocked(row: 'old' | 'new', cell: boolean): string {
  const column = `${row}.col`;
  const group = cell ? ` or l.col_group = ${groupOf(column)}` : '';
  return `((select state from grade_sheet where id = ${row}.sheet_id) <> 'open'
      or exists (select 1 from effective_lock l where l.place = ${row}.sheet_id and l.from_at <= journal_now() and (l.col_group = ''${group})))
    and not exists (select 1 from sheet_opening o where o.sheet_id = ${row}.sheet_id and o.cancelled = 0 and o.until > journal_now()
      and (o.enrolment_id is null or o.enrolment_id = ${row}.enrolment_id) and (o.col is null${cell ? ` or o.col = ${column}` : ''}))`;
}

const levelOf = (grade: string) => `case when ${grade} <= 5 then 'tieu-hoc' when ${grade} <= 9 then 'thcs' else 'thpt' end`;

/** Sheets and class-terms that the rules named by `which` reach; a rule for a subject or a column reaches no term record. */
const rulesReach = (which: string, sheets: string) => `
  insert or ignore into effective_lock (place, source_id, col_group, from_at, source)
  select s.id, r.id, coalesce(r.column_group, ''), r.from_at, 'rule' from lock_rule r
    join school_class k on k.year = r.year and k.cancelled = 0 and (r.grade is null or k.grade = r.grade) and (r.class_id is null or k.id = r.class_id)
    join grade_sheet s on s.class_id = k.id and s.cancelled = 0 and (r.subject is null or s.subject = r.subject) and (r.term is null or s.term = r.term)
    where r.cancelled = 0 and ${which} and ${sheets};`;
const rulesReachTerms = (which: string) => `
  insert or ignore into effective_lock (place, source_id, col_group, from_at, source)
  select k.id || '/' || t.term, r.id, '', r.from_at, 'rule' from lock_rule r
    join school_class k on k.year = r.year and k.cancelled = 0 and (r.grade is null or k.grade = r.grade) and (r.class_id is null or k.id = r.class_id)
    join (select 1 as term union all select 2) t on r.term is null or r.term = t.term
    where r.cancelled = 0 and r.subject is null and r.column_group is null and ${which};`;

/** A level's own entry stands before the one for all levels. */
const ownEntry = `(c.level = ${levelOf('k.grade')} or (c.level is null and not exists (select 1 from lock_calendar o
    where o.year = c.year and o.point = c.point and o.cancelled = 0 and o.level = ${levelOf('k.grade')})))`;
/** Primary keeps one sheet for each point; secondary locks its mid-term marks at points 1 and 3 and the whole term at 2 and 4. */
const calendarReaches = (which: string, sheets: string) => `
  insert or ignore into effective_lock (place, source_id, col_group, from_at, source)
  select s.id, c.id, case when k.grade > 5 and c.point in (1, 3) then 'mid' else '' end, c.locks_at, 'calendar' from lock_calendar c
    join school_class k on k.year = c.year and k.cancelled = 0
    join grade_sheet s on s.class_id = k.id and s.cancelled = 0 and s.term = case when k.grade <= 5 then c.point else (c.point + 1) / 2 end
    where c.cancelled = 0 and c.locks_at is not null and ${ownEntry} and ${which} and ${sheets};`;
const calendarReachesTerms = (which: string) => `
  insert or ignore into effective_lock (place, source_id, col_group, from_at, source)
  select k.id || '/' || (c.point / 2), c.id, '', c.locks_at, 'calendar' from lock_calendar c
    join school_class k on k.year = c.year and k.cancelled = 0
    where c.cancelled = 0 and c.locks_at is not null and c.point in (2, 4) and ${ownEntry} and ${which};`;

const samePoint = 'c.year = new.year and c.point = new.point';
const calendarAnew = `
    delete from effective_lock where source_id in (select id from lock_calendar where year = new.year and point = new.point);
    ${calendarReaches(samePoint, '1')} ${calendarReachesTerms(samePoint)}`;

const termLocked = `exists (select 1 from effective_lock l where l.place = (select class_id from enrolment where id = new.enrolment_id) || '/' || new.term
    and l.from_at <= journal_now())`;

export const lockTriggers = `
  create trigger mark_locked_insert before insert on mark when ${blocked('new', true)} begin select raise(abort, 'SHEET_LOCKED'); end;
  create trigger mark_locked_update before update on mark when ${blocked('old', true)} begin select raise(abort, 'SHEET_LOCKED'); end;
  create trigger comment_locked_insert before insert on subject_comment when ${blocked('new', false)} begin select raise(abort, 'SHEET_LOCKED'); end;
  create trigger comment_locked_update before update on subject_comment when ${blocked('old', false)} begin select raise(abort, 'SHEET_LOCKED'); end;
  create trigger term_locked_insert before insert on term_record when ${termLocked} begin select raise(abort, 'TERM_LOCKED'); end;
  create trigger term_locked_update before update on term_record when ${termLocked} begin select raise(abort, 'TERM_LOCKED'); end;
  create trigger seal_fixed before update on sheet_seal begin select raise(abort, 'SEAL_FIXED'); end;

  create trigger lock_rule_reaches after insert on lock_rule begin ${rulesReach('r.id = new.id', '1')} ${rulesReachTerms('r.id = new.id')} end;
  create trigger lock_rule_reaches_anew after update on lock_rule begin
    delete from effective_lock where source_id = new.id; ${rulesReach('r.id = new.id', '1')} ${rulesReachTerms('r.id = new.id')} end;
  create trigger lock_calendar_reaches after insert on lock_calendar begin ${calendarAnew} end;
  create trigger lock_calendar_reaches_anew after update on lock_calendar begin ${calendarAnew} end;
  create trigger sheet_reached after insert on grade_sheet begin ${rulesReach('1', 's.id = new.id')} ${calendarReaches('1', 's.id = new.id')} end;
  create trigger class_reached after insert on school_class begin ${rulesReachTerms('k.id = new.id')} ${calendarReachesTerms('k.id = new.id')} end;`;
