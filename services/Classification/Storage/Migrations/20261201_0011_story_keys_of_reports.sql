-- All keys of a report in one row: each copy of the service holds them in memory, and reads here what was added since (see Storage/StoryIndex.cs).
alter table story_keys rename to story_keys_before;
drop index story_keys_added;

create table story_keys (
    -- Which transaction wrote it tells whether a snapshot saw it.
    tx xid8 not null default pg_current_xact_id(),
    report_id uuid not null,
    told_at timestamptz not null,
    added_at timestamptz not null,
    -- Four bytes each, the lowest first.
    keys bytea not null
);
create index story_keys_tx on story_keys (tx);
-- Rows are added in the order of this time: a few pages of index are enough to find those whose time is over.
create index story_keys_added on story_keys using brin (added_at);

insert into story_keys (report_id, told_at, added_at, keys)
select report_id, told_at, min(added_at),
    string_agg(set_byte(set_byte(set_byte(set_byte('\x00000000', 0, (key & 255)::integer), 1, (key >> 8 & 255)::integer), 2, (key >> 16 & 255)::integer), 3, (key >> 24 & 255)::integer), '')
from story_keys_before group by report_id, told_at order by 3;
drop table story_keys_before;
