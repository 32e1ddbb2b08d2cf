import { execFileSync } from 'node:child_process';

/** The Python that has PyTorch: $PYTHON, the first on the path, or the system's own; without one the process ends. */
export function findPython(): { command: string; version: string } {
  for (const command of [process.env.PYTHON ?? 'python3', '/usr/bin/python3']) {
    try {
      const code = 'import torch, numpy; print(torch.__version__)';
      const output = execFileSync(command, ['-c', code], { stdio: ['ignore', 'pipe', 'ignore'] });
      return { command, version: String(output).trim() };
    } catch {
      // The next one may have it.
    }
  }
  console.error(
    "this compares with Python's PyTorch, which is not installed: apt-get install python3-torch python3-opencv python3-pil",
  );
  process.exit(1);
}
