#!/usr/bin/env bash
# Gives a database the four services' schemas and roles; each role owns its schema and can touch nothing else. May run again at any time.
#
#   provision.sh [DATABASE]   default: $POSTGRES_DB, else monitoring; it is created where it is missing
#
# Connects by PGHOST, PGPORT, PGUSER and PGPASSWORD as a superuser; in the postgres image by POSTGRES_USER, over its socket. Passwords:
# MONITORING_INGESTION_PASSWORD, MONITORING_CLASSIFICATION_PASSWORD, MONITORING_ALERTING_PASSWORD, MONITORING_DASHBOARD_PASSWORD.
set -euo pipefail
export PGUSER=${PGUSER:-${POSTGRES_USER:-postgres}} PGOPTIONS='-c client_min_messages=warning'
: "${MONITORING_INGESTION_PASSWORD:?}" "${MONITORING_CLASSIFICATION_PASSWORD:?}" "${MONITORING_ALERTING_PASSWORD:?}" "${MONITORING_DASHBOARD_PASSWORD:?}"

psql -X -q -v ON_ERROR_STOP=1 -v database="${1:-${POSTGRES_DB:-monitoring}}" -d postgres <<'SQL'
\getenv ingestion_password MONITORING_INGESTION_PASSWORD
\getenv classification_password MONITORING_CLASSIFICATION_PASSWORD
\getenv alerting_password MONITORING_ALERTING_PASSWORD
\getenv dashboard_password MONITORING_DASHBOARD_PASSWORD

-- Roles belong to the whole server: two that provision at once would trip over each other.
select pg_advisory_lock(hashtext('monitoring provisions')) \g /dev/null
select format('create role %I', role) from unnest(array['ingestion', 'classification', 'alerting', 'dashboard']) role
where not exists (select from pg_roles where rolname = role) \gexec
alter role ingestion login nosuperuser nocreatedb nocreaterole noreplication password :'ingestion_password';
alter role classification login nosuperuser nocreatedb nocreaterole noreplication password :'classification_password';
alter role alerting login nosuperuser nocreatedb nocreaterole noreplication password :'alerting_password';
alter role dashboard login nosuperuser nocreatedb nocreaterole noreplication password :'dashboard_password';
select format('create database %I', :'database') where not exists (select from pg_database where datname = :'database') \gexec

\connect :"database"
-- Reports and what is said of them are kept compressed: by the quick way, where this server has it.
select format('alter database %I set default_toast_compression = lz4', :'database')
from pg_settings where name = 'default_toast_compression' and 'lz4' = any (enumvals) \gexec
revoke all on database :"database" from public;
revoke all on schema public from public;
select format(statement, role, :'database')
from unnest(array['ingestion', 'classification', 'alerting', 'dashboard']) with ordinality roles(role, position),
     unnest(array[
       'grant connect on database %2$I to %1$I',
       'create schema if not exists %1$I',
       'alter schema %1$I owner to %1$I',
       'alter role %1$I in database %2$I set search_path = %1$I']) with ordinality statements(statement, step)
order by position, step \gexec
SQL
