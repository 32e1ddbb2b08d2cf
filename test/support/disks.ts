import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small disk of its own, mounted. */
export interface Disk extends Disposable {
  path: string;
  /** Takes all of its room but so many bytes. */
  fill(leftBytes?: number): void;
  /** Gives the room back. */
  free(): void;
  setReadOnly(isReadOnly: boolean): void;
}

function mount(sizeMb: number, path: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', path], { stdio: 'pipe' });
}

/** A disk in memory. */
export function mountDisk(sizeMb = 4): Disk {
  const path = mkdtempSync(join(tmpdir(), 'disk-'));
  mount(sizeMb, path);
  const filler = join(path, '.filler');
  return {
    path,
    fill(leftBytes = 0) {
      const { bavail, bsize } = statfsSync(path);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)));
    },
    free() {
      rmSync(filler, { force: true });
    },
    setReadOnly(isReadOnly) {
      execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, path], { stdio: 'pipe' });
    },
    [Symbol.dispose]() {
      // a process that is just ending may still have a file open
      execFileSync('umount', ['-l', path]);
      rmdirSync(path);
    },
  };
}

/**
 * Lays a mount over a folder through which it can only be read, also where files in it are open; until it is disposed of.
 */
export function mountReadOnly(folder: string): Disposable {
  execFileSync('mount', ['--bind', folder, folder], { stdio: 'pipe' });
  execFileSync('mount', ['-o', 'remount,bind,ro', folder], { stdio: 'pipe' });
  return { [Symbol.dispose]: () => void execFileSync('umount', ['-l', folder]) };
}

/** Whether disks can be mounted here: root may, outside of most containers. Tests that need one are skipped where not. */
export const canMount = ((): boolean => {
  try {
    mountDisk(1)[Symbol.dispose]();
    return true;
  } catch {
    return false;
  }
})();
