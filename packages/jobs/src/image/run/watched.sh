#!/bin/sh
# Runs a container that ends when the process that holds the other end of file 3 does, however that ends:
#
#   watched.sh OWN COMMAND…
#
# OWN is the container's folder: OWN/init is the number of its first process, which the kernel ends with nothing but
# itself once it is another user. A line in file 3 says that the container is over.
own=$1
shift
{
  trap '' TERM INT HUP
  if ! read -r over <&3; then
    [ ! -e "$own/init" ] || kill -KILL "$(cat "$own/init")"
    kill -KILL $$
    rm -rf "$own"
  fi
} >/dev/null 2>&1 </dev/null &
exec "$@" 3<&-
