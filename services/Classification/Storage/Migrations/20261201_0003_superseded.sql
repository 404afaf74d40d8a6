-- The update that took a report's place: from then on it, and no longer the report, tells what the incident is.
alter table incident_reports add column superseded_by uuid;

-- A row of revision 0 says only that a report was cancelled or its place taken before it came.
drop index incident_reports_cancelling;
create index incident_reports_waiting on incident_reports (received_at) where revision = 0 or action = 'cancel' or superseded_by is not null;
