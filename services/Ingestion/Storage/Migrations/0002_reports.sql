create table feeds (
    id uuid primary key,
    name text not null,
    reliability text not null,
    marking jsonb,
    rate_limit integer not null,
    is_enabled boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create unique index feeds_name on feeds (name);
create index feeds_newest on feeds (created_at desc, id desc);

create table feed_keys (
    id uuid primary key,
    feed_id uuid not null references feeds (id),
    digest bytea not null,
    created_at timestamptz not null,
    revoked_at timestamptz
);
create unique index feed_keys_digest on feed_keys (digest);
create index feed_keys_feed on feed_keys (feed_id);

-- The two hot tables bear no foreign keys: each would cost a look-up per report, and nothing else writes here.
create table reports (
    id uuid primary key,
    feed_id uuid not null,
    external_id text not null,
    received_at timestamptz not null,
    updated_at timestamptz not null,
    revision integer not null,
    digest bytea not null
);
create index reports_updated on reports (updated_at);

create table report_revisions (
    report_id uuid not null,
    revision integer not null,
    digest bytea not null,
    received_at timestamptz not null,
    action text not null,
    format text not null,
    raw bytea not null,
    trace_id text,
    primary key (report_id, revision)
);

-- What a post under an Idempotency-Key did to each item, written with the effect itself.
create table idempotent_items (
    feed_id uuid not null,
    key text not null,
    item_index integer not null,
    digest bytea not null,
    revision integer not null,
    is_duplicate boolean not null,
    created_at timestamptz not null,
    primary key (feed_id, key, item_index)
);
create index idempotent_items_created on idempotent_items (created_at);

-- Posts under an Idempotency-Key that were read to their end: from then on the key stands for this body alone.
create table idempotent_posts (
    feed_id uuid not null,
    key text not null,
    digest bytea not null,
    created_at timestamptz not null,
    primary key (feed_id, key)
);
create index idempotent_posts_created on idempotent_posts (created_at);

create table quarantine (
    id uuid primary key,
    feed_id uuid not null references feeds (id),
    received_at timestamptz not null,
    format text not null,
    item_index integer not null,
    problems jsonb not null,
    raw bytea not null,
    is_truncated boolean not null,
    trace_id text
);
create index quarantine_newest on quarantine (received_at desc, id desc);
create index quarantine_of_feed on quarantine (feed_id, received_at desc, id desc);
