import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { SemblanceError } from '../../error.ts';
import type { GalleryKeys } from './key-source.ts';
import { KeyStore, keyFileOf } from './key-store.ts';
import type { MasterKeys } from './master-keys.ts';

/** What an encrypted gallery says of itself in the clear. */
export interface SealFacts {
  format: 'semblance-sealed/1';
  /** Names the file of its keys. */
  galleryId: string;
  /** The public key that its receipts are signed for: Ed25519, SPKI in base64. */
  receiptKey: string;
}

/** Before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const ED25519_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The keys of an encrypted gallery that is open. */
export class GallerySeal {
  readonly facts: SealFacts;
  readonly keys: KeyStore;
  readonly #lookupKey: Buffer;

  private constructor(keys: KeyStore) {
    this.keys = keys;
    this.#lookupKey = derived(keys.secret, 'lookup');
    const receiptKey = createPublicKey(this.receiptKey()).export({ format: 'der', type: 'spki' });
    this.facts = {
      format: 'semblance-sealed/1',
      galleryId: keys.galleryId,
      receiptKey: receiptKey.toString('base64'),
    };
  }

  /** Makes the keys of a new gallery. */
  static create(folder: string, masters: MasterKeys): GallerySeal {
    return new GallerySeal(KeyStore.create(folder, randomBytes(16).toString('hex'), masters));
  }

  /** @throws SemblanceError GALLERY_KEY_MISSING, GALLERY_KEY_WRONG, GALLERY_CORRUPT */
  static open({ galleryId }: SealFacts, keys: GalleryKeys, readOnly = false): GallerySeal {
    return new GallerySeal(KeyStore.open(keys.folder, galleryId, mastersOf(galleryId, keys), readOnly));
  }

  get galleryId(): string {
    return this.keys.galleryId;
  }

  /** Where something of a row belongs: what is sealed for it opens nowhere else. */
  context(table: string, column: string, id: number): string {
    return `${this.galleryId}/${table}/${column}/${id}`;
  }

  /** What stands for a text that is looked up and not to be read: an HMAC-SHA256 of it, in hexadecimal digits. */
  lookup(text: string): string {
    return createHmac('sha256', this.#lookupKey).update(text).digest('hex');
  }

  /** The private key that receipts are signed with. */
  receiptKey(): KeyObject {
    const key = Buffer.concat([ED25519_HEAD, derived(this.keys.secret, 'receipts')]);
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  }

  close(): void {
    this.keys.close();
  }
}

const derived = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `semblance gallery ${purpose}`, 32));

function mastersOf(galleryId: string, keys: GalleryKeys): MasterKeys {
  const masters = keys.masters();
  if (masters) return masters;
  throw new SemblanceError(
    'GALLERY_KEY_MISSING',
    'the gallery is encrypted, and no master key was given: use --key-file or --key-command, or set ' +
      'SEMBLANCE_GALLERY_KEY_FILE, SEMBLANCE_GALLERY_KEY or SEMBLANCE_GALLERY_KEY_COMMAND',
    { details: { keyStore: keyFileOf(keys.folder, galleryId) } },
  );
}
