-- So that no feed that tells the most takes over an incident; absent for reports from before, which are each their feed's.
alter table incident_reports add column family text;
alter table incident_reports add column reliability text;

-- An incident's reports from the newest on, and their count, without a look at the table.
create index incident_reports_newest on incident_reports (incident_id, received_at desc) include (revision);
drop index incident_reports_incident;
create index incident_reports_pinned on incident_reports (incident_id) where pinned;

-- The last versions of incidents that were deleted: one that comes back goes on from there, or nobody would take its versions for new.
create table deleted_incidents (
    id uuid primary key,
    version integer not null,
    deleted_at timestamptz not null
);
create index deleted_incidents_oldest on deleted_incidents (deleted_at);
