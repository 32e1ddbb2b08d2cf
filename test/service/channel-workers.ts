import { readdirSync, readFileSync } from 'node:fs';

/** The processes that a service (this process, if not given) has started for its channels, the first started first. */
export function channelWorkers(service = process.pid): number[] {
  const read = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8');
    } catch {
      return ''; // it has ended meanwhile
    }
  };
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && read(pid, 'cmdline').includes('--semblance-channel'))
    .filter((pid) => new RegExp(`^PPid:\t${service}$`, 'm').test(read(pid, 'status')))
    .map(Number)
    .sort((a, b) => a - b);
}
