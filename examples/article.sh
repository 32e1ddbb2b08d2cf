#!/usr/bin/env bash
# The way of a model through a training platform, as articles about those platforms tell it: from an image built here to a
# photo recognised by that image's own service. Nine steps; every line says which one it belongs to.
#
#   AWS_ENDPOINT_URL_S3=http://… AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… REGISTRY_AUTH_FILE=auth.json \
#     examples/article.sh s3://bucket/prefix registry.example.org/team/faces:1 [FOLDER]
#
# It needs root on Debian, a bucket, a registry, a Slurm and buildah: README.md beside this file says where to get them. The
# models train for seconds on rendered pictures: they show the way and recognise little else.
set -euo pipefail
bucket=${1:?a location, as s3://bucket/prefix}
image=${2:?the name of an image, as registry.example.org/team/faces:1}
here=$(cd "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd)
work=${3:-$(mktemp -d)}
export SEMBLANCE_HOME=$work/home SEMBLANCE_JOB_IDLE_MS=${SEMBLANCE_JOB_IDLE_MS:-2000}
semblance() { "$here/scripts/semblance" "$@"; }
# as on another machine: with a home of its own
elsewhere() { SEMBLANCE_HOME=$work/elsewhere "$@"; }
build() { semblance image build train "$@" ${BUILD_OPTIONS:-}; }
# what a step says, each line headed by it
as() { sed -u "s/^/$* | /"; }
digest() { semblance image inspect "$@" --format json | grep -o '"digest":"[^"]*"' | head -1; }
# a detector of some seconds is sure of nothing: whatever it takes for the face is taken
loose='--set scoreThreshold=0.001 --set maxFaces=1'
# one thread adds numbers up in one order, whichever the machine
small='--set batchSize=8 --set device=cpu --set threads=1 --set workers=0'

{
  build --tag base:1
} 2>&1 | as '1 build the base image'

{
  "$here/node_modules/.bin/node" "$here/examples/platform-data.ts" "$work/data"
  semblance train detection --data "$work/data/scenes" --recipe retinaface-synthetic-small --set epochs=1 $small \
    --out "$work/models/detector"
  semblance train recognition --data "$work/data/faces" --recipe arcface-synthetic-small --set epochs=2 $small \
    --out "$work/models/recognizer"
  semblance gallery build --data "$work/data/people" --threshold 0.99 --out "$work/gallery" $loose \
    --detector "$work/models/detector" --recognizer "$work/models/recognizer"
  # each is a layer of its own, on those of the base
  build --tag "$image" --with data="$work/data/faces" --with gallery="$work/gallery" \
    --with model="$work/models/detector" --with model="$work/models/recognizer"
} 2>&1 | as '2 bring data, gallery and models in'

{
  semblance image push "$image"
} 2>&1 | as '3 push'

{
  elsewhere semblance image pull "$image"
  [ "$(digest "$image")" = "$(elsewhere digest "$image")" ]
  echo 'the same digest as the one that was built'
} 2>&1 | as '4 pull it back'

{
  semblance storage copy "$work/data/faces" "$bucket/data"
  semblance jobs create faces --follow -- train recognition --data "$bucket/data" --recipe arcface-synthetic-small \
    --set epochs=7 --set lr=0.02 $small --out "$bucket/models/{job}/{version}"
} 2>&1 | as '5 train by the local executor'

{
  # the same version, elsewhere: each worker runs in a container of the image, on the node that the queue gives it
  semblance jobs modify faces/V0001 --executor slurm --image "$image" --executor-option engine=buildah
  semblance jobs logs faces/V0002 --follow
} 2>&1 | as '6 train by Slurm from the image'

{
  semblance jobs compare faces
  for version in V0001 V0002; do
    semblance jobs download "faces/$version" model/metrics.jsonl --out "$work/$version"
    grep -o '"loss":[^,}]*' "$work/$version/model/metrics.jsonl" >"$work/$version/losses"
  done
  diff "$work/V0001/losses" "$work/V0002/losses"
  echo "the same losses in each of $(wc -l <"$work/V0001/losses") steps"
} 2>&1 | as '7 compare the versions'

{
  for version in V0001 V0002; do
    semblance storage copy "$bucket/models/faces/$version" "$work/downloaded/$version"
    semblance model inspect "$work/downloaded/$version"
  done
} 2>&1 | as '8 fetch the outputs from the bucket'

{
  # not by a function: the signal at the end is for the service itself, and not for a shell around it
  SEMBLANCE_HOME=$work/elsewhere "$here/scripts/semblance" image run "$image" -- serve --port 0 $loose >"$work/key" 2>"$work/service.log" &
  service=$!
  trap 'kill "$service" 2>/dev/null || true' EXIT
  until url=$(grep -oP '^listening at \K.*' "$work/service.log"); do
    kill -0 "$service" || { cat "$work/service.log"; exit 1; }
    sleep 0.2
  done
  person=$(ls "$work/data/people" | grep -v json | head -1)
  echo "who is $person?"
  curl -sS --fail-with-body -H "x-api-key: $(cat "$work/key")" -F "file=@$work/data/people/$person/0001.jpg" \
    "$url/api/v1/recognition/recognize"
  echo
  kill -TERM "$service"
  wait "$service"
} 2>&1 | as '9 serve'
