#!/bin/sh
# Trains a face recognizer on a folder per person with aligned faces.
usage="usage: scripts/run_face_recognition_train.sh data_path model_output_path [options of semblance train recognition]"
if [ "$#" -lt 2 ]; then
  echo "$usage" >&2
  exit 2
fi
data_path=$1 model_output_path=$2
shift 2
exec "$(dirname -- "$(readlink -f -- "$0")")/semblance" train recognition \
  --data "$data_path" --out "$model_output_path" "$@"
