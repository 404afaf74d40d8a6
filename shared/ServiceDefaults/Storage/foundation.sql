create table outbox (
    id uuid primary key,
    type text not null,
    payload bytea not null,
    trace_parent text,
    created_at timestamptz not null,
    available_at timestamptz not null
);

create table failed_items (
    id uuid primary key,
    kind text not null,
    -- Not jsonb, which refuses some of what may have been the failure, such as U+0000.
    payload json not null,
    reason text not null,
    failed_at timestamptz not null,
    trace_id text
);
create index failed_items_newest on failed_items (failed_at desc, id desc);

create table revoked_tokens (
    token_id text primary key,
    expires_at timestamptz not null
);
