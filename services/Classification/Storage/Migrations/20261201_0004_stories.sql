-- What an incident needs of each of its reports (see Stories/ToldReport.cs); absent where a report says only that others are taken back,
-- and for reports from before, which their incident then speaks for.
alter table incident_reports add column told json;
-- An analyst placed the report in its incident: no merge of the machine moves it.
alter table incident_reports add column pinned boolean not null default false;

-- Of the Admiralty code, 1 (confirmed) to 6 (cannot be judged).
alter table incidents add column credibility integer not null default 6;
alter table incident_versions add column credibility integer not null default 6;
