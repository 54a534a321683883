export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** What differs between two journal images (JSON objects, or null for "not there"), base columns left out. */
export function changedFields(before: string | null, after: string | null): FieldChange[] {
  const old = before === null ? {} : (JSON.parse(before) as Record<string, unknown>);
  const fresh = after === null ? {} : (JSON.parse(after) as Record<string, unknown>);
  const skipped = new Set(['id', 'version', 'device', 'created_at', 'updated_at', 'sort_name', 'search_name']);
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .filter(field => !skipped.has(field) && old[field] !== fresh[field])
    .map(field => ({ field, before: textOf(old[field]), after: textOf(fresh[field]) }));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
