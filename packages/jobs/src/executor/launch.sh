#!/bin/sh
# Runs one worker and leaves the truth about it in files, whoever watches:
#
#   launch.sh DIR STDOUT STDERR command…
#
# DIR/start  who runs it: pid, start time and machine start. It appears whole and once: of two launchers of a worker
#            the first to link it runs the command, the other leaves.
# DIR/after  a script, where there is one, that runs before the end is written down.
# DIR/exit   how the command ended. It appears whole; a worker that is gone without it was killed with its launcher.
dir=$1 out=$2 err=$3
shift 3

ticks() {
  read -r stat <"/proc/$$/stat"
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  shift 19
  echo "$1"
}
read -r boot </proc/sys/kernel/random/boot_id
printf '{"pid":%d,"startTicks":%s,"bootId":"%s"}\n' "$$" "$(ticks)" "$boot" >"$dir/start.$$" || {
  rm -f "$dir/start.$$"
  exit 125
}
if ! ln "$dir/start.$$" "$dir/start" 2>/dev/null; then
  rm -f "$dir/start.$$"
  exit 125
fi
rm -f "$dir/start.$$"

# a signal to the group is the command's to obey: how it then ends is still to be written down
trap : TERM INT HUP
"$@" >>"$out" 2>>"$err" </dev/null
code=$?
[ ! -e "$dir/after" ] || /bin/sh "$dir/after"
# a full disk is made room on, by people or by the supervisor: the code is not lost for that
tries=0
until printf '%d\n' "$code" >"$dir/exit.$$" && mv -f "$dir/exit.$$" "$dir/exit"; do
  tries=$((tries + 1))
  [ "$tries" -lt 600 ] || exit 125
  sleep 1
done
