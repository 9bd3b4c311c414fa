#!/usr/bin/env bash
# Serves, and when a template, style, script, sentence or line of code changes, builds what is needed and serves again.
# Needs nothing but the shell: it looks once a second.
set -euo pipefail

cargo="${CARGO:-cargo}"
npm="${NPM:-npm}"
server=
binary=target/debug/have-your-say

newest() { find "$@" -type f -not -path '*/node_modules/*' -not -path 'assets/dist/*' -printf '%T@ %p\n' 2>/dev/null | sort -n | tail -n 1; }
code() { newest src entity migration templates assets/locales assets/surveys assets/places Cargo.toml; }
styles() { find assets -type f -not -path 'assets/node_modules/*' -not -path 'assets/dist/*' -not -path 'assets/locales/*' \
    -not -path 'assets/surveys/*' -not -path 'assets/places/*' -printf '%T@ %p\n' | sort -n | tail -n 1; }

stop() {
    [ -n "$server" ] || return 0
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}
trap stop EXIT
trap 'exit 0' INT TERM

mkdir -p data
seen_code=
seen_styles="$(styles)"
while true; do
    now_styles="$(styles)"
    if [ "$now_styles" != "$seen_styles" ]; then
        printf '\nStyles or scripts changed: building them.\n'
        (cd assets && "$npm" run build) || true
        seen_styles="$now_styles"
        seen_code=
    fi
    now_code="$(code)"
    if [ "$now_code" != "$seen_code" ]; then
        seen_code="$now_code"
        if "$cargo" build --bin have-your-say; then
            stop
            "$binary" serve &
            server=$!
        fi
    fi
    sleep 1
done
