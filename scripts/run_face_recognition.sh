#!/bin/sh
# Says who is in photos.
usage="usage: scripts/run_face_recognition.sh data_path db_path detect_model_path recognize_model_path [options of semblance recognize]"
if [ "$#" -lt 4 ]; then
  echo "$usage" >&2
  exit 2
fi
data_path=$1 db_path=$2 detect_model_path=$3 recognize_model_path=$4
shift 4
exec "$(dirname -- "$(readlink -f -- "$0")")/semblance" recognize \
  --data "$data_path" --gallery "$db_path" --detector "$detect_model_path" --recognizer "$recognize_model_path" "$@"
