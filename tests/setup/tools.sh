#!/usr/bin/env bash
# Checks for what the project needs on this machine, installs what it may, and names the rest in one line each.
#   tools.sh build   what `make run` needs: cargo, node 20 or later, npm, git, a C linker
#   tools.sh test    that, and Chromium, PostgreSQL (running, usable at HYS_TEST_POSTGRES_URL) and strace
set -euo pipefail

what="${1:-build}"
missing=0
updated=0

say() { printf '%s\n' "$*"; }
lacking() {
    printf 'Missing: %s\n' "$*" >&2
    missing=1
}

may_fetch() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# fetch PACKAGE WHY — from Debian's packages, when we are root.
fetch() {
    may_fetch || return 1
    if [ "$updated" = 0 ]; then
        say "Reading the list of system packages."
        apt-get update -qq >/dev/null
        updated=1
    fi
    say "Installing the system package $1 ($2)."
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

# need COMMAND PACKAGE WHY
need() {
    command -v "$1" >/dev/null && return
    fetch "$2" "$3" && return
    lacking "$1 ($3). Install the package \"$2\"."
}

if ! command -v cargo >/dev/null; then
    [ -x "$HOME/.cargo/bin/cargo" ] && hint="add ~/.cargo/bin to PATH" || hint="install Rust with rustup"
    lacking "cargo (builds the program): $hint."
fi
need git git "fetches the project"
need cc gcc "links the program and builds SQLite"
need node nodejs "builds styles and scripts"
need npm npm "fetches the packages that styles are built from"
if command -v node >/dev/null; then
    major="$(node -p 'process.versions.node.split(".")[0]')"
    [ "$major" -ge 20 ] || lacking "node 20 or later (found $(node --version)): see https://nodejs.org."
fi

find_chromium() {
    local path
    for path in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
        [ -n "$path" ] && [ -x "$path" ] && return
    done
    return 1
}

postgres_answers() {
    local rest="${HYS_TEST_POSTGRES_URL#*@}"
    local host="${rest%%[:/]*}" port=5432
    [[ "${rest%%/*}" == *:* ]] && port="${rest%%/*}" && port="${port##*:}"
    (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null
}

if [ "$what" = test ]; then
    export HYS_TEST_POSTGRES_URL="${HYS_TEST_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}"
    if ! find_chromium; then
        fetch chromium "browser tests" || lacking 'Chromium (browser tests). Install the package "chromium", or set CHROMIUM to its path.'
    fi
    need psql postgresql-client "makes a database for each test"
    need strace strace "shows that saves reach the disk before they are acknowledged"
    if ! postgres_answers; then
        if may_fetch; then
            bash "$(dirname "$0")/postgres.sh"
        else
            lacking 'PostgreSQL (tests on both databases). Start one and set HYS_TEST_POSTGRES_URL, or install the package "postgresql".'
        fi
    fi
fi

[ "$missing" = 0 ] || exit 1
