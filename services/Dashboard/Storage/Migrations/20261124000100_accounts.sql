create table accounts (
    id uuid primary key,
    user_name text not null,
    normalized_user_name text not null,
    role text not null check (role in ('viewer', 'operator', 'administrator')),
    password_hash text not null,
    security_stamp text not null,
    concurrency_stamp text not null,
    two_factor_enabled boolean not null,
    lockout_end timestamptz,
    lockout_enabled boolean not null,
    access_failed_count integer not null,
    created_at timestamptz not null
);
-- Copies that start at once agree by this index on who makes the first administrator.
create unique index accounts_name on accounts (normalized_user_name);

create table api_tokens (
    id text primary key,
    subject text not null,
    scopes text[] not null,
    issued_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
);
