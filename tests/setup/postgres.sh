#!/usr/bin/env bash
# Sees that the tests' PostgreSQL answers at HYS_TEST_POSTGRES_URL on this machine: installs and starts Debian's own
# when it must (root only). One that it installed itself, and that of a build machine (CI), lets local tests in without
# a password.
set -euo pipefail

url="${HYS_TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}"
say() { printf '%s\n' "$*"; }

usable() { psql "$url" -w -X -q -t -c 'select 1' >/dev/null 2>&1; }

if command -v psql >/dev/null && usable; then
    exit 0
fi

case "$url" in
    *@127.0.0.1[:/]*|*@localhost[:/]*) ;;
    *) say "PostgreSQL at HYS_TEST_POSTGRES_URL doesn't answer, and it is not on this machine." >&2; exit 1 ;;
esac
if [ "$(id -u)" != 0 ]; then
    say "PostgreSQL doesn't let the tests in at HYS_TEST_POSTGRES_URL; only root can set it up." >&2
    exit 1
fi

trusts_tests="${CI:-}"
if ! command -v pg_ctlcluster >/dev/null; then
    say "Installing the system package postgresql (tests on both databases)."
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
    trusts_tests=1
fi

version="$(ls /etc/postgresql | sort -n | tail -n 1)"
if ! pg_lsclusters -h | awk -v version="$version" '$1 == version && $2 == "main" { print $4 }' | grep -q '^online'; then
    say "Starting PostgreSQL $version."
    pg_ctlcluster --skip-systemctl-redirect "$version" main start
fi

ready() { runuser -u postgres -- psql -X -q -t -c 'select 1' >/dev/null 2>&1; }
for _ in $(seq 1 60); do
    usable && exit 0
    ready && break
    sleep 0.5
done
usable && exit 0

# A fresh install asks for a password that nobody has set. Somebody's own database is left alone.
if [ -z "$trusts_tests" ]; then
    say "PostgreSQL runs, but HYS_TEST_POSTGRES_URL doesn't get in. Name a role and password in it, or set CI=1 to let this script trust local connections." >&2
    exit 1
fi
say "Letting local tests into PostgreSQL without a password (127.0.0.1 only)."
rules="/etc/postgresql/$version/main/pg_hba.conf"
if ! grep -q '^host all all 127.0.0.1/32 trust$' "$rules"; then
    fresh="$(mktemp)"
    { echo 'host all all 127.0.0.1/32 trust'; cat "$rules"; } >"$fresh"
    cat "$fresh" >"$rules"
    rm -f "$fresh"
fi
pg_ctlcluster --skip-systemctl-redirect "$version" main reload
for _ in $(seq 1 20); do
    usable && exit 0
    sleep 0.5
done
say "PostgreSQL doesn't let the tests in at HYS_TEST_POSTGRES_URL." >&2
exit 1
