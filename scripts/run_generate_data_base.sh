#!/bin/sh
# Builds the gallery of known people from a folder per person.
usage="usage: scripts/run_generate_data_base.sh data_path detect_model_path recognize_model_path db_output_path [options of semblance gallery build]"
if [ "$#" -lt 4 ]; then
  echo "$usage" >&2
  exit 2
fi
data_path=$1 detect_model_path=$2 recognize_model_path=$3 db_output_path=$4
shift 4
exec "$(dirname -- "$(readlink -f -- "$0")")/semblance" gallery build \
  --data "$data_path" --detector "$detect_model_path" --recognizer "$recognize_model_path" --out "$db_output_path" "$@"
