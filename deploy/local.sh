# shellcheck shell=bash disable=SC2034
# What runs without Docker, and with which settings; sourced by up, down and status.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
state=$root/.local
# shellcheck source=deploy/lib.sh
source "$root/deploy/lib.sh"

services=(ingestion classification alerting dashboard)
declare -A title=([postgres]=PostgreSQL [rabbitmq]=RabbitMQ)
# Not the usual 5432 and 5672: where Debian installs a server it also starts one there, which is none of ours.
declare -A port=([dashboard]=8080 [ingestion]=8081 [classification]=8082 [alerting]=8083 [postgres]=15432 [rabbitmq]=15673)

program() { echo "$root/services/${1^}/bin/Release/net10.0/Monitoring.${1^}.dll"; }
process_of() { cat "$state/$1.pid" 2>/dev/null || true; }
url() { echo "http://127.0.0.1:${port[$1]}"; }

# runs NAME: does this part run?
runs() {
  case $1 in
    postgres | rabbitmq) "$root/deploy/$1/private" status "$state/$1" >/dev/null 2>&1 ;;
    *) alive "$(process_of "$1")" "$(program "$1")" ;;
  esac
}

# outdated NAME: has its code, built or not, changed since it was started? The file of its process id was written then.
outdated() {
  [ -n "$(find "$root/services/${1^}" "$root/shared" "$root"/Directory.*.props "$root/global.json" \
    \( -name obj -o -name Debug -o -name node_modules \) -prune -o -type f -newer "$state/$1.pid" -print -quit)" ]
}

# stop_services NAME…: those of them that run.
stop_services() {
  local name
  for name in "$@"; do
    if runs "$name"; then
      echo "Stopping ${name^}"
      kill "$(process_of "$name")"
    fi
  done
  for name in "$@"; do
    if runs "$name"; then
      # A service that works off what it has begun may take 15 seconds.
      until_true 20 ended "$name" || kill -9 "$(process_of "$name")"
    fi
    rm -f "$state/$name.pid"
  done
}
ended() { ! runs "$1"; }

something_runs() { local name; for name in "${!port[@]}"; do if runs "$name"; then return 0; fi; done; return 1; }

# setting FILE NAME: a value that was written down earlier, or nothing.
setting() { [ ! -f "$state/$1" ] || sed -n "s/^$2=//p" "$state/$1" | sed "s/^'\(.*\)'$/\1/"; }

# Ports are asked for by the environment; those in use stay until everything is stopped.
choose_ports() {
  local name asked recorded running=false
  ! something_runs || running=true
  for name in "${!port[@]}"; do
    asked=MONITORING_${name^^}_PORT
    recorded=$(setting ports "$name")
    if $running && [ -n "$recorded" ]; then
      port[$name]=$recorded
      [ "${!asked:-$recorded}" = "$recorded" ] || echo "$name stays on port $recorded while Monitoring runs; deploy/down first, to move it." >&2
    else
      port[$name]=${!asked:-${recorded:-${port[$name]}}}
    fi
  done
}

record_ports() { local name; for name in "${!port[@]}"; do echo "$name=${port[$name]}"; done | sort > "$state/ports"; }

# Made once and kept: the servers and what is encrypted in the database know them.
load_secrets() {
  if [ ! -f "$state/secrets" ]; then
    local name
    (umask 077
      {
        for name in POSTGRES RABBITMQ "${services[@]^^}"; do echo "${name}_PASSWORD=$(random 32)"; done
        echo "TOKENS_SIGNING_KEY=$(random_key)"
        echo "PROTECTION_KEY=$(random_key)"
        printf 'ADMIN_USER=%q\n' "${MONITORING_ADMIN_USER:-admin}"
        printf 'ADMIN_PASSWORD=%q\n' "${MONITORING_ADMIN_PASSWORD:-$(random 16)}"
      } > "$state/secrets.new"
      mv "$state/secrets.new" "$state/secrets")
  fi
  # shellcheck source=/dev/null
  source "$state/secrets"
}

# configure NAME: exports a service's settings; call it in a subshell.
configure() {
  local password=${1^^}_PASSWORD
  export ASPNETCORE_ENVIRONMENT=Production ASPNETCORE_URLS Logs__Format=text
  ASPNETCORE_URLS=$(url "$1")
  export ConnectionStrings__Postgres="Host=127.0.0.1;Port=${port[postgres]};Database=monitoring;Username=$1;Password=${!password}"
  export RabbitMq__Uri="amqp://monitoring:$RABBITMQ_PASSWORD@127.0.0.1:${port[rabbitmq]}/"
  export Tokens__SigningKey=$TOKENS_SIGNING_KEY
  case $1 in
    ingestion)
      export Protection__Key=$PROTECTION_KEY Polling__AllowedPrivateNetworks__0=127.0.0.0/8 ;;
    alerting)
      export Protection__Key=$PROTECTION_KEY Dashboard__PublicUrl="http://localhost:${port[dashboard]}"
      export Webhooks__AllowedPrivateNetworks__0=127.0.0.0/8 Seed__SlackWebhookUrl=${SLACK_WEBHOOK_URL:-} ;;
    dashboard)
      export Protection__Key=$PROTECTION_KEY Admin__User=$ADMIN_USER Admin__Password=$ADMIN_PASSWORD
      export Services__Ingestion Services__Classification Services__Alerting
      Services__Ingestion=$(url ingestion) Services__Classification=$(url classification) Services__Alerting=$(url alerting) ;;
  esac
}

# health NAME: healthy, degraded, unhealthy, or nothing where nobody answers.
health() { curl -s --max-time 5 "$(url "$1")/health/ready" | sed -n 's/.*"status":"\([a-z]*\)".*/\1/p'; }
