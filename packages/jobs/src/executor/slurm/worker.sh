#!/bin/sh
# Runs one worker of a group, as srun starts it: worker.sh GROUP
group=$1
dir=$group/worker-$SLURM_PROCID
masterAddr=$MASTER_ADDR masterPort=$MASTER_PORT workerHosts=$VC_WORKER_HOSTS
# what was asked for: cwd, out, err, gpus, mark, the worker's variables and, as arguments, its command
. "$dir/command"
# where it is, and where the others are, is known only now
LOCAL_RANK=$SLURM_LOCALID
LOCAL_WORLD_SIZE=$((SLURM_NTASKS / SLURM_NNODES))
MA_NUM_HOSTS=$SLURM_NNODES
MASTER_ADDR=$masterAddr MASTER_PORT=$masterPort VC_WORKER_HOSTS=$workerHosts
export LOCAL_RANK LOCAL_WORLD_SIZE MA_NUM_HOSTS MASTER_ADDR MASTER_PORT VC_WORKER_HOSTS
# a worker sees its own GPUs of those that the job has on this node
if [ "$gpus" -gt 0 ] && [ -n "$CUDA_VISIBLE_DEVICES" ]; then
  first=$((LOCAL_RANK * gpus + 1))
  CUDA_VISIBLE_DEVICES=$(echo "$CUDA_VISIBLE_DEVICES" | cut -d, -f"$first-$((first + gpus - 1))")
  export CUDA_VISIBLE_DEVICES
fi
if ! cd "$cwd" 2>/dev/null; then
  set -- /bin/sh -c 'echo "there is no folder $0 on node $SLURMD_NODENAME" >&2; exit 127' "$cwd"
fi
/bin/sh "$group/beat.sh" $$ "$dir/beat" &
exec /bin/sh "$group/launch.sh" "$dir" "$out" "$err" \
  env "SEMBLANCE_VERSION=$mark" "SEMBLANCE_GROUP=$group" "SEMBLANCE_WORKER=$dir" "$@"
