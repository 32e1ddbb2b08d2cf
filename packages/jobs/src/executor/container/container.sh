#!/bin/sh
# Runs a worker in a container, and takes the container away after it:
#
#   container.sh docker|podman PROGRAM NAME run --name NAME options… IMAGE command…
#   container.sh buildah       PROGRAM NAME IMAGE run options… NAME -- command…
#
# The engine's program is no part of the version: a signal to the version's processes reaches the worker inside, says
# goodbye there, and this still hears its code. With FORWARD=1 signals that come to this script are handed on to it.
kind=$1 engine=$2 name=$3
shift 3
inside() {
  grep -lzxF -- "SEMBLANCE_CONTAINER=$name" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3
}
tell() {
  [ -n "$FORWARD" ] || return 0
  pids=$(inside)
  # shellcheck disable=SC2086
  if [ -n "$pids" ]; then kill -TERM $pids 2>/dev/null; else "$engine" kill --signal TERM "$name" >/dev/null 2>&1; fi
}
trap tell TERM INT HUP
if [ "$kind" = buildah ]; then
  image=$1
  shift
  "$engine" rm "$name" >/dev/null 2>&1
  "$engine" from --name "$name" "$image" >/dev/null || exit 125
  # unlike the others it takes no variable by its name alone
  before= isCommand= left=$#
  while [ "$left" -gt 0 ]; do
    each=$1
    shift
    [ "$each" != -- ] || isCommand=1
    if [ -z "$isCommand" ] && [ "$before" = --env ] && [ "${each#*=}" = "$each" ]; then
      eval "each=$each=\${$each-}"
    fi
    before=$each
    set -- "$@" "$each"
    left=$((left - 1))
  done
fi
env -u SEMBLANCE_VERSION setsid "$engine" "$@" &
child=$!
# a signal ends the waiting, and not what is waited for
while :; do
  wait "$child"
  code=$?
  kill -0 "$child" 2>/dev/null || break
done
[ "$kind" != buildah ] || "$engine" rm "$name" >/dev/null 2>&1
exit "$code"
