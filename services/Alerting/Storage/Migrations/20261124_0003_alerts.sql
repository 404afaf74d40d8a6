-- The newest version of each incident that was evaluated, whether a rule matched it or not.
create table incident_versions (
    incident_id uuid primary key,
    version integer not null,
    updated_at timestamptz not null
);
create index incident_versions_updated on incident_versions using brin (updated_at);

create table rules (
    id uuid primary key,
    name text not null constraint rules_name unique,
    enabled boolean not null,
    domains text[] not null,
    minimum_severity text not null,
    minimum_confidence double precision not null,
    countries text[] not null,
    alliances text[] not null,
    text text,
    channels uuid[] not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

-- url and secret are encrypted.
create table channels (
    id uuid primary key,
    name text not null constraint channels_name unique,
    type text not null,
    url text not null,
    secret text,
    enabled boolean not null,
    disabled_reason text,
    max_in_flight integer not null,
    version integer not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create table alerts (
    id uuid primary key,
    version integer not null,
    state text not null,
    severity text not null,
    title text not null,
    summary text not null,
    rule_id uuid not null,
    rule_name text not null,
    incident_id uuid not null,
    incident_version integer not null,
    domains text[] not null,
    countries text[] not null,
    alliances text[] not null,
    confidence double precision not null,
    tlp text not null,
    releasable_to text[],
    raised_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    first_reported_at timestamptz not null,
    assignee text,
    trace_id text,
    -- The severity at which an operator resolved it: it fires again only above that.
    held_at text,
    -- The channels that were told that it fires.
    told uuid[] not null
);
create index alerts_incident on alerts (incident_id);
create index alerts_newest on alerts (created_at desc, id desc);
create index alerts_open on alerts (created_at desc, id desc) where state <> 'resolved';
create index alerts_updated on alerts (updated_at, id);

-- Only ever added to.
create table alert_events (
    alert_id uuid not null,
    version integer not null,
    kind text not null,
    at timestamptz not null,
    by text not null,
    comment text,
    severity text,
    assignee text,
    primary key (alert_id, version)
);

create table deliveries (
    id uuid primary key,
    alert_id uuid not null,
    alert_version integer not null,
    channel_id uuid not null,
    channel text not null,
    event text not null,
    state text not null,
    -- What is told: the alert as it was at the event.
    alert jsonb not null,
    attempts jsonb not null,
    -- Attempts since it was made or last redelivered.
    tries integer not null,
    next_attempt_at timestamptz,
    -- Until then one copy of the service has it for itself.
    claimed_until timestamptz,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index deliveries_pending on deliveries (channel_id, next_attempt_at) where state = 'pending';
create index deliveries_alert on deliveries (alert_id);
create index deliveries_newest on deliveries (created_at desc, id desc);

-- What of the configuration was applied, so that what somebody changed or deleted later stays so.
create table seeds (
    name text primary key,
    digest text not null,
    applied_at timestamptz not null
);
