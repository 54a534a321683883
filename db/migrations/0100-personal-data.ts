import { recordColumns as record, type Migration } from './migration.ts';

/** Why personal data is kept, who agreed to it, what people asked about it, and what went wrong with it. */
export const personalData: Migration = {
  name: '0100-personal-data',
  statements: [
    `create table processing_purpose (${record}, key text not null, name text not null,
      basis text not null check (basis in ('law', 'task', 'contract', 'vital', 'consent')), basis_note text not null, categories text not null,
      receivers text not null, retention text not null, is_sensitive integer not null check (is_sensitive in (0, 1)),
      asks_child integer not null check (asks_child in (0, 1)), confirmed_by text not null, confirmed_on text not null) strict`,
    "create unique index processing_purpose_key on processing_purpose (key) where key <> ''",
    `create table consent (${record}, purpose_id text not null references processing_purpose (id), person_id text not null references person (id),
      answer text not null check (answer in ('given', 'refused', 'withdrawn')), given_by text not null check (given_by in ('guardian', 'pupil', 'both')),
      giver_name text not null, happened_on text not null, note text not null, file_name text not null, file_sha256 text not null, actor text not null) strict`,
    'create index consent_place on consent (purpose_id, person_id, happened_on, id)',
    'create index consent_person on consent (person_id)',
    `create table person_request (${record}, year integer not null, number integer not null check (number >= 1),
      kind text not null check (kind in ('view', 'correct', 'copy', 'restrict', 'erase', 'object', 'withdraw')),
      person_id text references person (id), subject_name text not null, requester text not null,
      relation text not null check (relation in ('self', 'guardian', 'other')), contact text not null, content text not null, received_on text not null,
      acknowledge_by text not null, acknowledged_on text, due_on text not null, extension_reason text not null,
      state text not null check (state in ('open', 'answered', 'refused', 'withdrawn')), answer text not null, answered_on text,
      file_name text not null, file_sha256 text not null, answer_file_name text not null, answer_file_sha256 text not null, actor text not null,
      unique (year, number)) strict`,
    'create index person_request_person on person_request (person_id)',
    "create index person_request_open on person_request (due_on) where state = 'open'",
    `create table personal_incident (${record}, year integer not null, number integer not null check (number >= 1), discovered_at text not null,
      report_by text not null, happened text not null, categories text not null, people_count integer not null check (people_count >= 0),
      measures text not null, reported_at text, reported_to text not null, unreported_reason text not null, told_on text,
      state text not null check (state in ('open', 'closed')), actor text not null, unique (year, number)) strict`,
  ],
};
