create table incidents (
    id uuid primary key,
    version integer not null,
    state text not null,
    merged_into uuid,
    title text not null,
    summary text not null,
    domains text[] not null,
    severity text not null,
    confidence double precision not null,
    countries text[] not null,
    alliances text[] not null,
    status text not null,
    tlp text not null,
    releasable_to text[],
    first_reported_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    expires_at timestamptz,
    report_count integer not null,
    trace_id text,
    details jsonb not null
);
create index incidents_newest on incidents (created_at desc, id desc);
create index incidents_changed on incidents (updated_at desc);
create index incidents_reported on incidents (first_reported_at desc);
-- A rare country is not to be looked for among all incidents.
create index incidents_countries on incidents using gin (countries);

-- The newest revision seen of each report. A row of revision 0 says only that a cancellation of a report came before the report.
create table incident_reports (
    report_id uuid primary key,
    incident_id uuid not null,
    revision integer not null,
    feed_id uuid not null,
    feed text not null,
    external_id text not null,
    action text not null,
    url text,
    received_at timestamptz not null,
    cancelled_by uuid
);
create index incident_reports_incident on incident_reports (incident_id);
create index incident_reports_cancelling on incident_reports (received_at) where revision = 0 or action = 'cancel';

-- The versions of incidents that were superseded; the current one is the incident itself.
create table incident_versions (
    incident_id uuid not null,
    version integer not null,
    state text not null,
    title text not null,
    domains text[] not null,
    severity text not null,
    confidence double precision not null,
    countries text[] not null,
    report_count integer not null,
    updated_at timestamptz not null,
    primary key (incident_id, version)
);
