#!/usr/bin/env bash
# The way of a model from data in a bucket into service, on one machine: every step of a training platform, small.
#
#   AWS_ENDPOINT_URL_S3=http://… AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… examples/platform.sh s3://bucket/prefix [FOLDER]
#
# The models train for seconds on a handful of rendered pictures: they show the way and recognise little else.
set -euo pipefail
bucket=${1:?a location, as s3://bucket/prefix}
here=$(cd "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
work=${2:-$(mktemp -d)}
export SEMBLANCE_HOME=$work/home SEMBLANCE_JOB_IDLE_MS=${SEMBLANCE_JOB_IDLE_MS:-2000}
semblance() { "$here/scripts/semblance" "$@"; }
step() { printf '\n== %s\n' "$*"; }

step 'upload the data'
"$here/node_modules/.bin/node" "$here/examples/platform-data.ts" "$work/data"
semblance storage copy "$work/data" "$bucket/data"

step 'a detection job and a recognition job, data from the bucket, models to it; the logs are followed'
small='--set epochs=1 --set batchSize=8'
semblance jobs create detection --follow -- train detection --data "$bucket/data/scenes" \
  --recipe retinaface-synthetic-small $small --out "$bucket/models/{job}/{version}"
semblance jobs create recognition --follow -- train recognition --data "$bucket/data/faces" \
  --recipe arcface-synthetic-small $small --set lr=0.02 --out "$bucket/models/{job}/{version}"

step 'a second version with another learning rate, and the two compared: only what differs'
semblance jobs modify recognition/V0001 --set lr=0.05
semblance jobs logs recognition/V0002 --follow
semblance jobs compare recognition

step 'a third one that goes on from the weights of the second'
semblance jobs modify recognition/V0002 --set lr=0.01 --continue
semblance jobs logs recognition/V0003 --follow

step 'the outputs are in the bucket, whole'
semblance storage copy "$bucket/models/recognition/V0003" "$work/downloaded"
semblance model inspect "$work/downloaded" | head -3

step 'a gallery of known people'
# a detector of some seconds is sure of nothing: whatever it takes for the face is taken
loose='--set scoreThreshold=0.001 --set maxFaces=1'
models=$work/home/jobs/versions
semblance gallery build --data "$work/data/people" --detector "$models/detection/V0001/outputs/model" \
  --recognizer "$models/recognition/V0002/outputs/model" --threshold 0.99 --out "$work/gallery" $loose

step 'the service, with the second version'
# not by the function above: the signal at the end is for the service itself, and not for a shell around it
"$here/scripts/semblance" serve --detector "$models/detection/V0001/outputs/model" --port 0 $loose \
  --recognizer "$models/recognition/V0002/outputs/model" --gallery "$work/gallery" >"$work/key" 2>"$work/service.log" &
service=$!
trap 'kill "$service" 2>/dev/null || true' EXIT
for _ in $(seq 600); do
  SEMBLANCE_URL=$(sed -n 's/^listening at //p' "$work/service.log")
  [ -n "$SEMBLANCE_URL" ] && break
  kill -0 "$service" || { cat "$work/service.log"; exit 1; }
  sleep 0.2
done
export SEMBLANCE_URL SEMBLANCE_API_KEY
SEMBLANCE_API_KEY=$(cat "$work/key")
person=$(ls "$work/data/people" | grep -v json | head -1)
recognize() {
  curl -sS --fail-with-body -H "x-api-key: $SEMBLANCE_API_KEY" -F "file=@$work/data/people/$person/0001.jpg" \
    "$SEMBLANCE_URL/api/v1/recognition/recognize?status=true"
  echo
}

step "recognise $person over HTTP"
recognize

step 'a canary: a tenth of the requests go to the third version, whose gallery is embedded anew'
semblance jobs deploy recognition/V0003 --weight 10
for _ in $(seq 10); do recognize; done | grep -o '"calculator":"[^"]*"' | sort | uniq -c

step 'all of them'
semblance jobs deploy recognition/V0003
recognize

step 'and back'
semblance deployments rollback
semblance deployments rollback
semblance deployments list
recognize

step 'done'
kill -TERM "$service"
wait "$service"
