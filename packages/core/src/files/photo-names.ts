import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { IMAGE_HEAD_BYTES, sniffImage } from './image-kind.ts';

/** What photos are called; of the last two lines some are refused when they are read, and people are told so. */
export const imageExtensions: ReadonlySet<string> = new Set([
  ...['.jpg', '.jpeg', '.jpe', '.jfif', '.png', '.webp', '.gif', '.tif', '.tiff', '.avif'],
  ...['.heic', '.heif', '.hif', '.bmp', '.dib', '.pnm', '.pbm', '.pgm', '.ppm', '.pam'],
  ...['.jxl', '.jp2', '.dng', '.cr2', '.cr3', '.crw', '.nef', '.nrw', '.arw', '.sr2', '.raf'],
  ...['.orf', '.rw2', '.pef', '.srw', '.x3f'],
]);

/** What systems and programs leave beside photos: previews, waste and settings, none of them anybody's photo. */
const systemNames = new Set([
  ...['@eadir', '#recycle', '__macosx', 'thumbs.db', 'ehthumbs.db', 'desktop.ini'],
  ...['$recycle.bin', 'system volume information', 'lost+found', 'icon\r'],
]);

/** Whether an entry of a folder is hidden, or a system's own: `.x`, `@eaDir`, `Thumbs.db`, `__MACOSX`. */
export function isSystemName(name: string): boolean {
  return name.startsWith('.') || systemNames.has(name.toLowerCase());
}

/** Whether a file's name says that it is a photo. Hidden files (`.x`, `._x.jpg`) are not. */
export function hasImageName(name: string): boolean {
  return !isSystemName(name) && imageExtensions.has(extname(name).toLowerCase());
}

/** `.jpg` and `.7z` are extensions; ` Smith` in `Anna M. Smith` and `.2024` are not. */
const isExtension = (text: string): boolean => /^\.(?=.*[a-z])[a-z0-9]{1,8}$/i.test(text);

/**
 * Whether a file is a photo: by its name, or by its content where the name has no extension.
 * What is called anything else is not opened.
 */
export async function isPhotoFile(path: string, name: string): Promise<boolean> {
  if (hasImageName(name)) return true;
  if (isSystemName(name) || isExtension(extname(name))) return false;
  try {
    const file = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(IMAGE_HEAD_BYTES), 0, IMAGE_HEAD_BYTES, 0);
      return sniffImage(buffer.subarray(0, bytesRead)) !== null;
    } finally {
      await file.close();
    }
  } catch {
    return false; // neither its name nor its content says that it is a photo
  }
}
