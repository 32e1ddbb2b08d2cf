#!/bin/sh
# Becomes a container's command, in namespaces that `unshare` has made:
#
#   isolate.sh IMAGE OWN UID:GID WORKDIR EMULATOR [-m FROM TO rw|ro]… -- COMMAND…
#
# IMAGE is the unpacked image, which stays as it is; OWN a folder for what the container writes. EMULATOR runs
# programs of another platform; - where none is needed. The environment is the command's own.
set -e
path=$PATH
PATH=/usr/sbin:/usr/bin:/sbin:/bin
image=$1 own=$2 user=$3 dir=$4 emulator=$5
shift 5

# this process as those outside see it: /proc is still theirs
read -r init rest </proc/self/stat
echo "$init" >"$own/init"

mount --make-rprivate /
overlay() {
  mkdir -p "$own/root" "$own/written" "$own/work"
  mount -t overlay overlay -o "lowerdir=$image,upperdir=$own/written,workdir=$own/work" "$own/root"
}
# a file system that cannot lie over another, such as another overlay: then memory does
overlay 2>/dev/null || { mount -t tmpfs tmpfs "$own" && overlay; }
root=$own/root

for name in proc dev sys; do mkdir -p "$root/$name"; done
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
# an emulated processor is not the one that /sys tells of: what reads both crashes
[ "$emulator" != - ] || mount --rbind /sys "$root/sys"
for name in resolv.conf hosts; do
  [ -e "/etc/$name" ] || continue
  mkdir -p "$root/etc"
  [ -e "$root/etc/$name" ] || : >"$root/etc/$name"
  mount --bind "$(readlink -f "/etc/$name")" "$root/etc/$name"
done
while [ "$1" = -m ]; do
  if [ -d "$2" ]; then
    mkdir -p "$root$3"
  else
    mkdir -p "$(dirname "$root$3")"
    [ -e "$root$3" ] || : >"$root$3"
  fi
  mount --bind "$2" "$root$3"
  [ "$4" = rw ] || mount -o remount,bind,ro "$root$3"
  shift 4
done
shift
if [ "$emulator" != - ]; then
  : >"$root/.emulator"
  mount --bind "$emulator" "$root/.emulator"
  set -- /.emulator "$@"
fi
PATH=$path
exec /usr/bin/unshare --root="$root" --wd="$dir" --setuid="${user%:*}" --setgid="${user#*:}" -- "$@"
