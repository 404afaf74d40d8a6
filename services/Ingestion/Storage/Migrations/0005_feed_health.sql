-- When something was heard of each feed, to the minute: what its cadence is learned from, eight weeks back.
create table feed_hours (
    feed_id uuid not null references feeds (id) on delete cascade,
    hour timestamptz not null,
    minutes bigint not null,
    primary key (feed_id, hour)
);

-- How each feed is, as it was last looked at. Only its times change often, and no index holds them.
create table feed_health (
    feed_id uuid primary key references feeds (id) on delete cascade,
    state text not null,
    since timestamptz not null,
    last_heard_at timestamptz,
    expected_by timestamptz
);
