#!/bin/sh
# Gives a group to Slurm, once, whoever asks for it and is killed meanwhile:
#
#   submit.sh GROUP COMMENT WORKERS sbatch's options…
#
# GROUP/submitted  number of the job.
group=$1 comment=$2 workers=$3
shift 3
exec 9>"$group/lock" || exit 1
flock 9 || exit 1
if [ -e "$group/submitted" ] || [ -e "$group/job" ]; then exit 0; fi
# accepted, and killed before it could be written down
queue=$(squeue --noheader --user="$(id -u)" --format='%i|%k') || exit 1
id=$(printf '%s\n' "$queue" | grep -F -- "|$comment" | head -n 1 | cut -d '|' -f 1)
if [ -z "$id" ]; then
  id=$(sbatch --parsable --comment="$comment" "$@" "$group/job.sh" "$group" "$workers") || exit 1
fi
printf '%s\n' "${id%%;*}" >"$group/submitted.$$" && mv -f "$group/submitted.$$" "$group/submitted"
