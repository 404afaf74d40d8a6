-- What analysts said of an incident, field by field: in force until a later correction says otherwise or lifts it.
alter table incidents add column corrected jsonb;

-- Corrections, each with the text that it was about and what that text should have been judged as; they outlive their incidents.
create table corrections (
    id uuid primary key,
    incident_id uuid not null,
    version integer not null,
    created_at timestamptz not null,
    created_by text not null,
    reason text not null,
    change jsonb not null,
    before jsonb not null,
    incidents uuid[] not null,
    report_id uuid not null,
    title text not null,
    text text not null,
    language text,
    published_at timestamptz,
    -- Absent where the correction leaves nothing that a text could be judged by.
    label jsonb
);
create index corrections_newest on corrections (created_at desc, id desc);
create index corrections_incidents on corrections using gin (incidents);
create index corrections_report on corrections (report_id, created_at desc);

-- Which correction made which version of which incident.
create table corrected_versions (
    incident_id uuid not null,
    version integer not null,
    correction_id uuid not null,
    primary key (incident_id, version)
);
