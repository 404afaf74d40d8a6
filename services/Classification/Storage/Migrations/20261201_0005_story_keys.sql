-- What of a report tells which event it speaks of (see Stories/Signature.cs); absent where it cannot join others.
alter table incident_reports add column signature bytea;

-- Under these keys reports of one event find each other (see Stories/BlockKeys.cs). Rows live as long as reports may join.
create table story_keys (
    key bigint not null,
    told_at timestamptz not null,
    report_id uuid not null,
    added_at timestamptz not null,
    primary key (key, told_at, report_id)
);
-- Rows are added in the order of this time: a few pages of index are enough to find those whose time is over.
create index story_keys_added on story_keys using brin (added_at);
