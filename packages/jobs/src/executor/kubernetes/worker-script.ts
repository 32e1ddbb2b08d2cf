import { join } from 'node:path';
import type { GroupSpec, WorkerCommand, WorkerGroup } from '../executor.ts';

/** One script for all pods of a group: they have one template, and each finds its part by its number. */
export interface WorkerScript {
  /** Variables that all workers share. */
  env: Record<string, string>;
  /** Program and arguments of the container. */
  command: string[];
}

/** How pods of the three kinds of objects know their number. */
const NUMBER = `\${JOB_COMPLETION_INDEX:-\${RANK:-0}}`;

/**
 * What the container of each worker runs: the worker's command as a child that signals are passed on to, since a shell
 * that is process 1 keeps them to itself. What goes to a file of its own goes there; the rest is the log of the
 * container. How it ended also stands in the group's folder, `worker-N/exit`, for whoever did not see the pod end.
 */
export function workerScript(group: WorkerGroup, { workers }: GroupSpec): WorkerScript {
  const { shared, numbered, own } = variablesOf(workers);
  const usual = workers.at(-1)!;
  const parts = workers.flatMap((worker, i) => {
    const lines = [
      ...Object.entries(own[i]!).map(([name, value]) => `export ${name}=${quoted(value)}`),
      ...(isSame(worker.command, usual.command) ? [] : [`set -- ${worker.command.map(quoted).join(' ')}`]),
      ...(resultsFile(worker) === resultsFile(usual) ? [] : [`out=${quoted(resultsFile(worker))}`]),
    ];
    return lines.length === 0 ? [] : [`${i})\n${lines.map((line) => `  ${line}\n`).join('')}  ;;\n`];
  });
  const script = [
    `i=${NUMBER}\n`,
    `dir=${quoted(join(group.dir, 'worker-'))}$i\n`,
    `out=${quoted(resultsFile(usual))}\n`,
    numbered.length === 0 ? '' : `export ${numbered.map((name) => `${name}=$i`).join(' ')}\n`,
    parts.length === 0 ? '' : `case $i in\n${parts.join('')}esac\n`,
    RUN,
  ].join('');
  return { env: shared, command: ['/bin/sh', '-c', script, 'semblance', ...usual.command] };
}

const RUN = `mkdir -p "$dir"
if ! mkdir "$dir/began" 2>/dev/null; then
  echo "worker $i has begun already, in a pod before this one: it does not run twice" >&2
  exit 125
fi
told=
trap 'told=1; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null' TERM INT
if [ -n "$out" ]; then "$@" >>"$out" </dev/null & else "$@" </dev/null & fi
child=$!
[ -z "$told" ] || kill -TERM "$child" 2>/dev/null
told=
wait "$child"
code=$?
while [ -n "$told" ]; do
  # a wait that a signal breaks off says nothing of the child; 127 is of one whose end was said before
  told=
  wait "$child"
  again=$?
  [ "$again" -eq 127 ] || code=$again
done
printf '%d\\n' "$code" >"$dir/exit.new" && mv -f "$dir/exit.new" "$dir/exit"
exit "$code"
`;

/** The file that what a worker prints goes to, where that is not its log. */
const resultsFile = ({ stdout, stderr }: WorkerCommand): string => (stdout === stderr ? '' : stdout);

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, i) => word === b[i]);

/** Variables by what they are: the same for all, the worker's number, or a worker's own. */
function variablesOf(workers: readonly WorkerCommand[]): {
  shared: Record<string, string>;
  numbered: string[];
  own: Record<string, string>[];
} {
  const shared: Record<string, string> = {};
  const numbered: string[] = [];
  const own = workers.map((): Record<string, string> => ({}));
  for (const name of new Set(workers.flatMap(({ env }) => Object.keys(env)))) {
    const values = workers.map(({ env }) => env[name]);
    if (workers.length > 1 && values.every((value, i) => value === String(i))) numbered.push(name);
    else if (values.every((value) => value === values[0])) shared[name] = values[0]!;
    else {
      for (const [i, value] of values.entries()) if (value !== undefined) own[i]![name] = value;
    }
  }
  return { shared, numbered, own };
}

/** A word of a shell command. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
