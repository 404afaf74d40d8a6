create table feed_polls (
    feed_id uuid primary key references feeds (id) on delete cascade,
    address text not null,
    kind text not null,
    every interval not null,
    is_enabled boolean not null,
    -- Encrypted by a key of data_protection_keys.
    credentials bytea,
    -- Counts changes of the above: what a fetch found under an earlier one is not written down.
    revision integer not null,
    etag text,
    last_modified text,
    -- How far a TAXII collection was read.
    position jsonb,
    next_at timestamptz not null,
    -- Whoever fetches at the moment, and until when that is to be believed.
    lease_owner uuid,
    lease_until timestamptz,
    failures integer not null,
    last_polled_at timestamptz,
    last_status integer,
    last_error text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index feed_polls_due on feed_polls (next_at) where is_enabled;
