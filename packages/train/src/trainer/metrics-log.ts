import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { figuresText, parseFigures, textOf, withPath, writeFileAsideSync } from '@semblance/core/files';

/** A line of metrics.jsonl: `step` counts the steps done. */
export interface MetricsLine {
  step: number;
  [key: string]: unknown;
}

/** The growing record of a run, one JSON object a line; numbers that are not finite are strings (`"NaN"`). */
export class MetricsLog {
  private readonly path: string;
  private readonly file: number;

  /**
   * Opens the log at `path` to go on after `step` steps: lines of later steps, which a killed run wrote after
   * its last checkpoint, are taken out, and so is a line that was cut off.
   */
  constructor(path: string, step: number) {
    const kept = existsSync(path) ? readMetrics(path).filter((line) => line.step <= step) : [];
    writeFileAsideSync(path, kept.map((line) => `${figuresText(line)}\n`).join(''));
    this.path = path;
    this.file = openSync(path, 'a');
  }

  write(line: MetricsLine): void {
    try {
      writeSync(this.file, `${figuresText(line)}\n`);
    } catch (error) {
      throw withPath(error, this.path);
    }
  }

  close(): void {
    closeSync(this.file);
  }
}

/**
 * The lines of a metrics.jsonl; a last line that was cut off is left out, and numbers that are not finite are numbers.
 *
 * @param path the `metrics.jsonl` of a run
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { readMetrics } from '@semblance/train';
 *
 * await writeFile('metrics.jsonl', '{"step":1,"loss":7.2}\n{"step":2,"loss":6.9}\n{"step":3,"lo');
 * console.log(readMetrics('metrics.jsonl').map(({ step, loss }) => [step, loss])); // [ [ 1, 7.2 ], [ 2, 6.9 ] ]
 * ```
 */
export function readMetrics(path: string): MetricsLine[] {
  const lines: MetricsLine[] = [];
  for (const line of textOf(readFileSync(path)).split('\n')) {
    if (line === '') continue;
    try {
      lines.push(parseFigures(line) as MetricsLine);
    } catch {
      // A process that is killed leaves half a line at the end; the step is repeated after a resume.
      break;
    }
  }
  return lines;
}
