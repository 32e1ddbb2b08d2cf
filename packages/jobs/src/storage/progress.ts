export interface CopyProgress {
  doneFiles: number;
  totalFiles: number;
  doneBytes: number;
  totalBytes: number;
}

export interface CopyOptions {
  onProgress?(progress: CopyProgress): void;
  /** Ends the copy; what is done stays, and a later copy goes on from there. */
  signal?: AbortSignal;
}

export interface CopyReport {
  files: number;
  sizeBytes: number;
  /** Of these, bytes that were there already. */
  skippedBytes: number;
}

/** Files in work beside the one that is waited for. */
export const FILES_AHEAD = 7;

/** Counts what is done and says so. */
export function progressOf(files: readonly { sizeBytes: number }[], { onProgress }: CopyOptions) {
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const totalFiles = files.length;
  let [doneFiles, doneBytes, skippedBytes] = [0, 0, 0];
  const say = () => onProgress?.({ doneFiles, totalFiles, doneBytes, totalBytes });
  return {
    bytes(count: number): void {
      doneBytes += count;
      say();
    },
    pass(count: number): void {
      skippedBytes += count;
      doneBytes += count;
    },
    file(_key: string): void {
      doneFiles++;
      say();
    },
    report: (): CopyReport => ({ files: totalFiles, sizeBytes: totalBytes, skippedBytes }),
  };
}
