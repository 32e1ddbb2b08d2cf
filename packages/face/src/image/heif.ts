import { SemblanceError } from '../error.ts';
import { createImage, type Image } from './image.ts';
import { checkSize, overWhite, unreadable } from './image-fault.ts';

/** The package that decodes HEIC; it is not installed along, since few photos need its 8 MB. */
const PACKAGE = 'libheif-js';

interface Failed {
  code?: unknown;
  message?: string;
}
interface Decoded {
  channels: { id: unknown; width: number; height: number; stride: number; data: Uint8Array }[];
  image: unknown;
}
/** What is used of libheif's WebAssembly build. */
interface LibHeif {
  heif_error_code: { heif_error_Ok: unknown };
  heif_colorspace: { heif_colorspace_RGB: unknown };
  heif_chroma: { heif_chroma_interleaved_RGBA: unknown };
  heif_channel: { heif_channel_interleaved: unknown };
  heif_context_alloc(): unknown;
  heif_context_free(context: unknown): void;
  heif_context_read_from_memory(context: unknown, bytes: Uint8Array): Failed;
  heif_js_context_get_list_of_top_level_image_IDs(context: unknown): number[] & Failed;
  heif_js_context_get_image_handle(context: unknown, id: number): (Failed & object) | null;
  heif_image_handle_is_primary_image(handle: unknown): number;
  heif_image_handle_get_width(handle: unknown): number;
  heif_image_handle_get_height(handle: unknown): number;
  heif_image_handle_release(handle: unknown): void;
  heif_image_release(image: unknown): void;
  heif_js_decode_image2(
    handle: unknown,
    space: unknown,
    chroma: unknown,
  ): (Decoded & Failed) | Promise<Decoded & Failed>;
}

interface LibHeifModule {
  default(options: { print(): void; printErr(): void }): LibHeif | Promise<LibHeif>;
}

/** What it says of damage goes to the console otherwise; errors come as errors. */
const silent = (): void => {};

let making: Promise<LibHeif> | null = null;

/** libheif, loaded when the first such picture comes. */
function libHeif(name: string): Promise<LibHeif> {
  making ??= import(`${PACKAGE}/libheif-wasm/libheif-bundle.mjs`).then(
    async (module: LibHeifModule) => module.default({ print: silent, printErr: silent }),
    (cause: unknown) => {
      making = null;
      const message = `${name} is a HEIC image, which takes the package ${PACKAGE} to read: npm install ${PACKAGE}`;
      throw new SemblanceError('IMAGE_UNREADABLE', message, { cause });
    },
  );
  return making;
}

/**
 * Decodes the main picture of a HEIC file by libheif, standing as the file says, transparency laid over white; its pixels
 * are in the colours of its profile ({@link heifProfile}).
 *
 * @throws SemblanceError IMAGE_TOO_LARGE, IMAGE_UNREADABLE
 */
export async function decodeHeif(bytes: Uint8Array, name: string, maxPixels: number): Promise<Image> {
  const lib = await libHeif(name);
  try {
    return await decodeBy(lib, bytes, name, maxPixels);
  } catch (error) {
    if (error instanceof SemblanceError) throw error;
    making = null; // after a trap its memory is not to be trusted: the next picture gets a new one
    throw unreadable(name, 'libheif failed', error);
  }
}

async function decodeBy(lib: LibHeif, bytes: Uint8Array, name: string, maxPixels: number): Promise<Image> {
  const context = lib.heif_context_alloc();
  let handle: unknown = null;
  try {
    const read = lib.heif_context_read_from_memory(context, bytes);
    if (read.code !== lib.heif_error_code.heif_error_Ok)
      throw unreadable(name, read.message ?? 'libheif failed');
    handle = mainPicture(lib, context);
    if (!handle) throw unreadable(name, 'it has no main picture');
    const width = lib.heif_image_handle_get_width(handle);
    const height = lib.heif_image_handle_get_height(handle);
    checkSize(name, width, height, maxPixels);
    const { heif_colorspace_RGB } = lib.heif_colorspace;
    const { heif_chroma_interleaved_RGBA } = lib.heif_chroma;
    const decoded = await lib.heif_js_decode_image2(
      handle,
      heif_colorspace_RGB,
      heif_chroma_interleaved_RGBA,
    );
    if (!decoded || decoded.code !== undefined) throw unreadable(name, decoded?.message ?? 'libheif failed');
    try {
      const plane = decoded.channels.find(({ id }) => id === lib.heif_channel.heif_channel_interleaved);
      if (!plane) throw unreadable(name, 'libheif gave no pixels');
      checkSize(name, plane.width, plane.height, maxPixels);
      return flatten(plane);
    } finally {
      lib.heif_image_release(decoded.image);
    }
  } finally {
    if (handle) lib.heif_image_handle_release(handle);
    lib.heif_context_free(context);
  }
}

/** A handle of the picture that a file is there for: others are its thumbnail or depth. */
function mainPicture(lib: LibHeif, context: unknown): unknown {
  const ids = lib.heif_js_context_get_list_of_top_level_image_IDs(context);
  if (!ids || ids.code !== undefined) return null;
  for (const id of ids) {
    const handle = lib.heif_js_context_get_image_handle(context, id);
    if (!handle || handle.code !== undefined) continue;
    if (lib.heif_image_handle_is_primary_image(handle)) return handle;
    lib.heif_image_handle_release(handle);
  }
  return null;
}

function flatten({ width, height, stride, data }: Decoded['channels'][number]): Image {
  const image = createImage(width, height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = y * stride; x < width; x++, from += 4, to += 3) {
      for (let c = 0; c < 3; c++) image.data[to + c] = overWhite(data[from + c]!, data[from + 3]!);
    }
  }
  return image;
}

/** The ICC profile in a HEIC file's `colr` box; null where there is none. ISO/IEC 14496-12, 12.1.5. */
export function heifProfile(bytes: Uint8Array): Uint8Array | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = Math.max(file.indexOf('colrprof', 0, 'latin1'), file.indexOf('colrrICC', 0, 'latin1'));
  if (at < 4) return null;
  const end = at - 4 + file.readUInt32BE(at - 4);
  return end > at + 8 + 128 && end <= file.length ? bytes.subarray(at + 8, end) : null;
}
