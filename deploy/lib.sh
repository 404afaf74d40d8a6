# shellcheck shell=bash disable=SC2034
# What the scripts share; sourced, never run. Needs bash and GNU coreutils.

die() { echo "${0##*/}: $*" >&2; exit 1; }

# random N: a word of N letters and digits that nobody can guess.
random() { LC_ALL=C tr -dc 'A-Za-z0-9' < <(head -c $(($1 * 16)) /dev/urandom) | head -c "$1"; }

# random_key: 32 random bytes as base64.
random_key() { head -c 32 /dev/urandom | base64; }

# listening PORT: does somebody answer there on loopback?
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port: a free one of 6,000 below 26000, or below those that the kernel hands out by itself. Every call takes the next one, whichever
# script it comes from: of two that choose before either listens, both would find the same port free.
free_port() (
  number='' lowest='' counter=${TMPDIR:-/tmp}/monitoring-port-$(id -u)
  read -r lowest _ 2>/dev/null < /proc/sys/net/ipv4/ip_local_port_range || true
  first=$(((${lowest:-26000} < 26000 ? lowest : 26000) - 6000))
  exec 8>> "$counter"
  flock 8
  read -r number < "$counter" || true
  [[ $number =~ ^[0-9]{1,4}$ ]] || number=$RANDOM
  while number=$(((10#$number + 1) % 6000)); listening $((first + number)); do :; done
  echo "$number" > "$counter"
  echo $((first + number))
)

# until_true SECONDS COMMAND…: tries it five times a second until it succeeds; fails when the time is over.
until_true() {
  local tries=$(($1 * 5)); shift
  while ! "$@"; do
    [ $((tries -= 1)) -gt 0 ] || return 1
    sleep 0.2
  done
}

# alive PID TEXT: does it run, and with TEXT in its command line? A number alone may belong to another process by now.
alive() { [ -n "$1" ] && [ -r "/proc/$1/cmdline" ] && tr '\0' ' ' < "/proc/$1/cmdline" 2>/dev/null | grep -qF -- "$2"; }

gone() { ! alive "$@"; }

# as_root COMMAND…: as it is, or through sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; return; fi
  command -v sudo >/dev/null || die "this needs root, and sudo is not here: $*"
  sudo "$@"
}

# install_missing COMMAND-OR-FILE=PACKAGE…: installs the Debian packages whose command or file is not there.
install_missing() {
  local pair thing missing=()
  for pair in "$@"; do
    thing=${pair%%=*}
    command -v "$thing" >/dev/null || compgen -G "$thing" >/dev/null || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "please install: ${missing[*]}"
  echo "Installing ${missing[*]}"
  as_root apt-get update -q >/dev/null
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
}

postgres_package='/usr/lib/postgresql/*/bin/postgres=postgresql'
rabbitmq_package='/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server=rabbitmq-server'

# require_build_tools: what this project can't install for the user.
require_build_tools() {
  local wanted=()
  dotnet --list-sdks 2>/dev/null | grep -q '^10\.' || wanted+=('the .NET 10 SDK (https://dotnet.microsoft.com/download)')
  { command -v npm && [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ]; } >/dev/null 2>&1 || wanted+=('Node.js 20 or later with npm (https://nodejs.org)')
  [ ${#wanted[@]} -eq 0 ] || die "please install $(printf '%s' "${wanted[0]}" "${wanted[@]:1:1}" | sed 's/)the/) and the/; s/)Node/) and Node/'); they must be on the PATH"
}
