#!/bin/sh
# Healthy is a container whose command runs, or ended a short while ago in a way that a later round can mend.
#
# Exit codes of gongkai: 0 done, 1 and 3 told in the report and tried again, 130 stopped in order.  2, 4 and 5 want a
# person: wrong usage, an archive that cannot be used, an error in gongkai.  Without `every` there is nothing to judge.
set -u
heartbeat=${GONGKAI_HEARTBEAT:-/tmp/gongkai-heartbeat}
[ -e "$heartbeat" ] || exit 0
read -r state since pause code <"$heartbeat" || exit 1
[ "$state" = running ] && exit 0
case ${code:-} in
    0 | 1 | 3 | 130) ;;
    *) exit 1 ;;
esac
[ $(($(date +%s) - since)) -le $((2 * pause + 60)) ]
