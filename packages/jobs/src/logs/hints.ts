import type { Version } from '../model.ts';

/** What probably went wrong, and what to do about it. */
export interface Hint {
  cause: string;
  fix: string;
}

interface Pattern {
  /** Looked for in the end of the logs and in the reason. */
  pattern: RegExp;
  hint(match: RegExpExecArray, version: Version): Hint;
}

const plain = (pattern: RegExp, cause: string, fix: string): Pattern => ({
  pattern,
  hint: () => ({ cause, fix }),
});

/** What failures look like, the most telling first: adding one is adding a line. */
const patterns: readonly Pattern[] = [
  plain(
    /CUDA out of memory|CUDA error: out of memory|torch\.(cuda\.)?OutOfMemoryError/,
    'the GPU has too little memory for this batch',
    'lower batchSize (--set batchSize=…), or ask for more workers with a GPU each',
  ),
  plain(
    /more than its limit of/,
    'the version used more memory than --memory allows',
    'give a new version more, `jobs modify … --memory 8G`, or lower batchSize, workers or cacheBytes',
  ),
  plain(
    /JavaScript heap out of memory|MemoryError|std::bad_alloc|Cannot allocate memory|ENOMEM/,
    'the process could get no more memory',
    'lower batchSize, workers or cacheBytes, or raise the limit if there is one: `jobs modify … --memory 8G`',
  ),
  {
    pattern: /was ended by SIGKILL/,
    hint: () => ({
      cause: 'a process was killed from outside: on a machine that runs out of memory the kernel does that',
      fix: 'look at the memory in `jobs show`, lower batchSize or cacheBytes, then `jobs resume`',
    }),
  },
  {
    pattern: /ModuleNotFoundError: No module named '([^']+)'/,
    hint: ([, name]) => ({
      cause: `the Python module ${name} is not installed for the Python that ran`,
      fix: `install it (pip install ${name}), or activate the environment before \`jobs create\``,
    }),
  },
  {
    pattern: /Cannot find (?:module|package) '([^']+)'/,
    hint: ([, name]) => ({
      cause: `the module ${name} cannot be found`,
      fix: 'install it: npm install, or npm ci',
    }),
  },
  {
    pattern: /(?:^|\s)([\w./-]+): (?:not found|No such file or directory|command not found)$/m,
    hint: ([, name]) => ({
      cause: `there is no program or file ${name} in the folder where the command ran`,
      fix: 'check the command and PATH; commands start in the folder that `jobs create` was called in',
    }),
  },
  {
    pattern: /PATH_NOT_FOUND: (.*)/,
    hint: ([, what]) => ({ cause: what!, fix: 'check the path or location of the data' }),
  },
  {
    pattern: /FileNotFoundError: .*?'([^']+)'|ENOENT: no such file or directory, \w+ '([^']+)'/,
    hint: ([, a, b]) => ({ cause: `${a ?? b} does not exist`, fix: 'check the path of the data' }),
  },
  plain(
    /STORAGE_DENIED/,
    'the object store refused the credentials, or there were none',
    'set them in a profile or in this terminal (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), then `jobs resume`: it hands them over',
  ),
  plain(
    /STORAGE_UNREACHABLE/,
    'the object store could not be reached',
    'check the endpoint (AWS_ENDPOINT_URL_S3, OBS_ENDPOINT) in this terminal, and the network, then `jobs resume`: it hands the endpoint over',
  ),
  plain(
    /TRAIN_DIVERGED|loss (?:is|became) (?:nan|inf)/i,
    'the training diverged: the loss is no longer finite',
    'lower lr, raise warmup or set clipNorm: `jobs modify … --set lr=…`',
  ),
  plain(/RECIPE_(UNKNOWN|INVALID)/, 'the recipe does not accept a value', 'see the message in the log'),
  plain(
    /TRAIN_UNAVAILABLE/,
    'the training engine is not installed',
    '`semblance setup training`, then `semblance doctor`',
  ),
  plain(
    /CHECKPOINT_INVALID/,
    'the checkpoint belongs to another run',
    'make a new version: `jobs modify … --continue`',
  ),
  plain(
    /DIST_PEER_LOST|DIST_TIMEOUT|DIST_RENDEZVOUS_FAILED|Connection closed by peer/,
    'a worker lost the others',
    'look at the logs of the other workers (--worker 1 …): the first to end has the cause',
  ),
  plain(
    /EADDRINUSE|address already in use/i,
    'another process has taken the port',
    '`jobs resume`: another port is taken',
  ),
  plain(
    /ENOSPC|No space left on device/,
    'the disk is full',
    'free some space: `jobs delete` versions that you do not need',
  ),
  plain(
    /EACCES|Permission denied/,
    'permission to read or write a file is missing',
    'check its owner and mode',
  ),
  plain(
    /it ran longer than/,
    'the version reached its --timeout',
    '`jobs resume … --timeout 24h` gives it more time, from its last checkpoint on; without, the same time once more',
  ),
  plain(
    /is gone without an exit code/,
    'its processes were killed, or their machine was rebooted or is gone',
    '`jobs resume` continues from the last checkpoint; --retries does it automatically',
  ),
];

/** The likeliest cause of a version's failure, from the end of its logs; null where nothing is known. */
export function failureHint(version: Version, logEnds: readonly string[]): Hint | null {
  if (version.state !== 'failed' && version.state !== 'lost') return null;
  for (const { pattern, hint } of patterns) {
    for (const text of [...logEnds, version.reason]) {
      const match = pattern.exec(text);
      if (match) return hint(match, version);
    }
  }
  return null;
}
