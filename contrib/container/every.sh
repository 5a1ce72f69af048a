#!/bin/sh
# Runs a command again and again, so many seconds after it ended: a container has no cron and no systemd.
#
#     every SECONDS COMMAND [ARGUMENT...]
#
# A stop reaches the command, which ends in order.  GONGKAI_HEARTBEAT names the file that `healthy` reads.
set -u

if [ $# -lt 2 ] || ! [ "$1" -gt 0 ] 2>/dev/null; then
    echo "usage: $0 SECONDS COMMAND [ARGUMENT...]" >&2
    exit 2
fi
pause=$1
shift
heartbeat=${GONGKAI_HEARTBEAT:-/tmp/gongkai-heartbeat}
child=
stopped=

stop() {
    stopped=yes
    [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
}
trap stop TERM INT

while [ -z "$stopped" ]; do
    echo "running $(date +%s) $pause" >"$heartbeat"
    "$@" &
    child=$!
    wait "$child"
    code=$?
    # a signal ends `wait` before the command has ended; one that the shell has forgotten answers 127
    while [ -n "$stopped" ] && [ "$code" -gt 128 ]; do
        wait "$child"
        again=$?
        [ "$again" -eq 127 ] && break
        code=$again
        kill -0 "$child" 2>/dev/null || break
    done
    echo "ended $(date +%s) $pause $code" >"$heartbeat"
    [ -n "$stopped" ] && exit "$code"
    sleep "$pause" &
    child=$!
    wait "$child"
done
