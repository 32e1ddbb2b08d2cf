#!/bin/sh
# Trains a face detector on a folder with label.txt and images/.
usage="usage: scripts/run_face_detection_train.sh data_path model_output_path [options of semblance train detection]"
if [ "$#" -lt 2 ]; then
  echo "$usage" >&2
  exit 2
fi
data_path=$1 model_output_path=$2
shift 2
exec "$(dirname -- "$(readlink -f -- "$0")")/semblance" train detection \
  --data "$data_path" --out "$model_output_path" "$@"
