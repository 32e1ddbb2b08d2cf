import { useEffect, useEffectEvent, useState } from 'react';

/** A file that somebody chose, dropped or pasted, with the folder it lay in where that is known. */
export interface Given {
  file: File;
  folder: string | null;
}

/** What may be chosen as a photo; what a file really is, the service finds out. */
export const PHOTO_TYPES = ['image/*', '.heic', '.heif', '.avif', '.tif', '.tiff'];

/** Of files from a chooser, which knows their folders where one was chosen. */
export const givenFrom = (files: Iterable<File>): Given[] =>
  [...files].map((file) => ({ file, folder: file.webkitRelativePath.split('/').at(-2) ?? null }));

async function walk(entry: FileSystemEntry, folder: string | null): Promise<Given[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ file, folder }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Given[] = [];
  // a browser gives a hundred at a time, and none at the end
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await walk(one, entry.name)));
  }
}

async function givenBy(transfer: DataTransfer): Promise<Given[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return givenFrom(transfer.files);
  return (await Promise.all(entries.map((entry) => walk(entry, null)))).flat();
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;
/** Files that systems leave beside photos. */
const isHidden = ({ file }: Given): boolean => /^(\.|Thumbs\.db$|desktop\.ini$)/.test(file.name);

/**
 * Takes files that are dropped anywhere on the page, with the folders they lie in, or pasted.
 *
 * @returns whether files are held over the page now
 */
export function useGivenFiles(onGiven: (given: Given[]) => void, isActive = true): boolean {
  const [isOver, setOver] = useState(false);
  const give = useEffectEvent((given: Given[]) => {
    const shown = given.filter((one) => !isHidden(one));
    if (shown.length > 0) onGiven(shown);
  });
  useEffect(() => {
    if (!isActive) return;
    const ending = new AbortController();
    const { signal } = ending;
    addEventListener(
      'dragover',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), { signal });
    addEventListener(
      'drop',
      (event) => {
        setOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        void givenBy(event.dataTransfer!).then(give);
      },
      { signal },
    );
    addEventListener(
      'paste',
      (event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length === 0) return;
        event.preventDefault();
        give(givenFrom(files));
      },
      { signal },
    );
    return () => ending.abort();
  }, [isActive]);
  return isOver;
}
