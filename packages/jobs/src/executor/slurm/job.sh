#!/bin/sh
# The batch script of a group of workers:
#
#   job.sh GROUP WORKERS
#
# GROUP/job       the job that runs the group. It appears once: of two jobs of a group the first to link it runs the
#                 workers, the other leaves; a group that was ended before it began has it already.
# GROUP/beat      touched every five seconds, as is WORKER/beat by each worker.
# GROUP/finished  nothing of the job is left to come.
group=$1 workers=$2
# its version was deleted meanwhile
cd "$group" 2>/dev/null || exit 0
exec >>slurm.log 2>&1 </dev/null
echo "Slurm job $SLURM_JOB_ID on $SLURM_JOB_NODELIST"
printf '%s\n' "$SLURM_JOB_ID" >"job.$SLURM_JOB_ID"
ln "job.$SLURM_JOB_ID" job 2>/dev/null
isOurs=$?
rm -f "job.$SLURM_JOB_ID"
if [ "$isOurs" -ne 0 ]; then
  echo "job $SLURM_JOB_ID leaves: the group was ended, or another job runs it"
  exit 0
fi

hosts=127.0.0.1
if [ "$SLURM_JOB_NUM_NODES" -gt 1 ]; then
  # addresses, where the controller says them: a node's name may be Slurm's alone
  addresses=$(sinfo --noheader --Node --nodes="$SLURM_JOB_NODELIST" --format='%N %o')
  hosts=$(for node in $(scontrol show hostnames "$SLURM_JOB_NODELIST"); do
    address=$(printf '%s\n' "$addresses" | grep -m 1 "^$node ")
    echo "${address:-$node $node}"
  done | cut -d ' ' -f 2)
fi
MASTER_ADDR=${hosts%%[!A-Za-z0-9._-]*}
perNode=$((workers / SLURM_JOB_NUM_NODES))
VC_WORKER_HOSTS=$(for host in $hosts; do
  i=0
  while [ $i -lt $perNode ]; do
    printf '%s,' "$host"
    i=$((i + 1))
  done
done)
VC_WORKER_HOSTS=${VC_WORKER_HOSTS%,}
# the first worker is on this node: a port that nobody listens at here, other ones for other jobs
MASTER_PORT=$((15000 + SLURM_JOB_ID % 15000))
while grep -qsi ":$(printf %04X $MASTER_PORT) [0-9A-F]*:0000 0A" /proc/net/tcp /proc/net/tcp6; do
  MASTER_PORT=$((MASTER_PORT + 1))
done
export MASTER_ADDR MASTER_PORT VC_WORKER_HOSTS

# a sign of life: Slurm does not notice a script that was killed together with what looks after it
/bin/sh ./beat.sh $$ beat &
isTold=
trap 'isTold=1' TERM INT HUP
tries=0
# a controller that is away just now gives no step: the job has its place, and asks again
until srun --ntasks="$workers" --ntasks-per-node="$perNode" --distribution=block --kill-on-bad-exit=0 --wait=0 \
  --mpi=none --input=none ${SLURM_CPUS_PER_TASK:+--cpus-per-task="$SLURM_CPUS_PER_TASK"} /bin/sh ./worker.sh "$group"; do
  [ -z "$isTold" ] || break
  for start in worker-*/start; do [ -e "$start" ] && break 2; done
  tries=$((tries + 1))
  [ $tries -lt 60 ] || break
  sleep 1
done

if [ "$SLURM_JOB_NUM_NODES" -eq 1 ]; then
  /bin/sh ./sweep.sh "SEMBLANCE_GROUP=$group"
else
  srun --overlap --ntasks="$SLURM_JOB_NUM_NODES" --ntasks-per-node=1 --mpi=none --input=none \
    /bin/sh ./sweep.sh "SEMBLANCE_GROUP=$group"
fi
: >finished
