/**
 * Counts that follow the marks, and numbers that follow nothing any more. A count is written in the transaction of its mark: it goes back
 * with it, and is right for every process that has the database open.
 */
export const reportTriggers = `
  create trigger mark_counted_new after insert on mark when new.state <> 'empty' begin
    insert into sheet_progress (sheet_id, col, filled) values (new.sheet_id, new.col, 1) on conflict (sheet_id, col) do update set filled = filled + 1; end;
  create trigger mark_counted after update on mark when (new.state = 'empty') <> (old.state = 'empty') begin
    insert into sheet_progress (sheet_id, col, filled) values (new.sheet_id, new.col, 1)
      on conflict (sheet_id, col) do update set filled = filled + case new.state when 'empty' then -1 else 1 end; end;
  create trigger report_snapshot_fixed before update on report_snapshot begin select raise(abort, 'REPORT_FIXED'); end;`;
