import { z } from 'zod';
import { SemblanceError } from '../error.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
import { galleryFileAt } from './gallery-file.ts';
import { GallerySeal } from './sealing/gallery-seal.ts';
import { type GalleryKeys, galleryKeys } from './sealing/key-source.ts';
import { type ErasureReceipt, isSigned } from './sealing/receipt.ts';

/** The fields of a receipt. */
export const receiptSchema = z.object({
  format: z.literal('semblance-erasure/1'),
  ...{ galleryId: z.string(), subject: z.string(), numFaces: z.number() },
  ...{ keyId: z.string(), destroyedAt: z.string(), rowsLeft: z.number(), logBytes: z.number() },
  ...{ publicKey: z.string(), signature: z.string() },
});

/** What is true of a receipt. */
export interface ReceiptCheck {
  /** What speaks against it; nothing where it holds. */
  problems: string[];
  /** Whether somebody of the same name was enrolled again afterwards. */
  isBack: boolean;
}

/**
 * Reads a receipt of an erasure.
 *
 * @throws SemblanceError DATA_INVALID
 */
export function parseReceipt(text: string): ErasureReceipt {
  try {
    return receiptSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new SemblanceError('DATA_INVALID', 'this is no receipt of an erasure', { cause });
  }
}

/**
 * Whether a receipt holds: the gallery signed it, the key that it names is destroyed, and nothing in the gallery is sealed by it.
 *
 * @param path the gallery's folder, or the file in it
 * @throws SemblanceError GALLERY_NOT_FOUND, GALLERY_KEY_MISSING, GALLERY_KEY_WRONG, GALLERY_CORRUPT
 */
export async function verifyReceipt(
  receipt: ErasureReceipt,
  path: string,
  keys: GalleryKeys = galleryKeys(),
): Promise<ReceiptCheck> {
  const problems: string[] = [];
  if (!isSigned(receipt)) problems.push('its signature does not hold: it was changed');
  const store = openSqliteStore(await galleryFileAt(path), { readOnly: true, keys });
  try {
    if (store.sealFacts?.galleryId !== receipt.galleryId)
      return { problems: [...problems, `it is of another gallery, ${receipt.galleryId}`], isBack: false };
    if (store.sealFacts.receiptKey !== receipt.publicKey)
      problems.push('it was signed with another key than the gallery’s');
    if (receipt.rowsLeft > 0) problems.push(`it says itself that ${receipt.rowsLeft} rows were left`);
    const rows = store.numSealedBy(receipt.keyId);
    if (rows > 0) problems.push(`the gallery still has ${rows} rows that are sealed by the key it names`);
    const seal = GallerySeal.open(store.sealFacts, keys, true);
    try {
      const destroyedAt = seal.keys.destroyedAt(Buffer.from(receipt.keyId, 'hex'));
      if (destroyedAt === undefined) problems.push('the key that it names was never one of the gallery’s');
      else if (destroyedAt === null) problems.push('the key that it names is still there');
      else if (destroyedAt !== receipt.destroyedAt)
        problems.push(`the key that it names was destroyed at ${destroyedAt}`);
      const names = await store.subjects();
      return { problems, isBack: names.some(({ name }) => seal.lookup(name) === receipt.subject) };
    } finally {
      seal.close();
    }
  } finally {
    await store.close();
  }
}
