/**
 * Encrypted fields. SM4-CTR then HMAC-SM3 (encrypt-then-MAC); Node has no SM4-GCM. Keys are enveloped: master key (a file
 * outside the database) → county key → key of one person; destroying a person's wrapped key erases what was sealed with it.
 * Equality search goes over a keyed HMAC-SM3 of the normalised value. Algorithm and key generation stand in every sealed field.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomFillSync, timingSafeEqual } from 'node:crypto'

/** 32 bytes: 16 for SM4, 16 for HMAC-SM3. */
export type SecretKey = Buffer

const FORMAT = 1 // SM4-CTR + HMAC-SM3, 16-byte tag
const IV_BYTES = 16
const BLOCK_BYTES = 16
const TAG_BYTES = 16

export interface CryptoProvider {
  readonly id: string
  seal(key: SecretKey, plain: Buffer): Buffer
  /** The same for several fields of one key: what sets up a cipher is spent once. */
  sealAll(key: SecretKey, plains: readonly Buffer[]): Buffer[]
  /** Throws when the bytes were altered or the key is another one. */
  open(key: SecretKey, sealed: Buffer): Buffer
  mac(key: Buffer, text: string): Buffer
}

export const nationalCrypto: CryptoProvider = {
  id: 'sm4-ctr+hmac-sm3',
  seal: (key, plain) => nationalCrypto.sealAll(key, [plain])[0]!,
  sealAll(key, plains) {
    // One run of the counter over all fields, each beginning at a whole block: field by field the same bytes as with a cipher of its own, and no counter used twice.
    const counter = freshIv()
    const cipher = createCipheriv('sm4-ctr', key.subarray(0, 16), counter)
    return plains.map((plain, i) => {
      const blocks = Math.ceil(plain.length / BLOCK_BYTES)
      const sealed = Buffer.allocUnsafe(1 + IV_BYTES + plain.length + TAG_BYTES)
      sealed[0] = FORMAT
      counter.copy(sealed, 1)
      const padded = i === plains.length - 1 || plain.length === blocks * BLOCK_BYTES ? plain : Buffer.concat([plain], blocks * BLOCK_BYTES)
      cipher.update(padded).copy(sealed, 1 + IV_BYTES, 0, plain.length)
      const end = sealed.length - TAG_BYTES
      createHmac('sm3', key.subarray(16)).update(sealed.subarray(0, end)).digest().copy(sealed, end, 0, TAG_BYTES)
      advance(counter, blocks)
      return sealed
    })
  },
  open(key, sealed) {
    const head = sealed.subarray(0, sealed.length - TAG_BYTES)
    const tag = createHmac('sm3', key.subarray(16)).update(head).digest().subarray(0, TAG_BYTES)
    if (sealed[0] !== FORMAT || !timingSafeEqual(tag, sealed.subarray(sealed.length - TAG_BYTES))) throw new Error('sealed field was altered or belongs to another key')
    const decipher = createDecipheriv('sm4-ctr', key.subarray(0, 16), head.subarray(1, 1 + IV_BYTES))
    // A stream cipher holds nothing back: there is no last piece to wait for, and a file of 100 MB is not copied once more.
    return decipher.update(head.subarray(1 + IV_BYTES))
  },
  mac: (key, text) => createHmac('sm3', key).update(text).digest().subarray(0, 16),
}

/** Random bytes by the page: one call to the system serves 256 counters, and no part of a page is given out twice. */
function createRandomPages(): (length: number) => Buffer {
  const page = Buffer.allocUnsafe(4096)
  let used = page.length
  return (length) => {
    if (used + length > page.length) {
      randomFillSync(page)
      used = 0
    }
    const bytes = Buffer.from(page.subarray(used, used + length))
    page.fill(0, used, (used += length))
    return bytes
  }
}

const randomPages = createRandomPages()
const freshIv = (): Buffer => randomPages(IV_BYTES)

/** Counts a 128-bit counter on, most significant byte first, as CTR does. */
function advance(counter: Buffer, blocks: number): void {
  for (let i = counter.length - 1, carry = blocks; i >= 0 && carry > 0; i--) {
    carry += counter[i]!
    counter[i] = carry & 0xff
    carry >>>= 8
  }
}

/** Secrets of the counties one process serves. Wrapped keys live in the database, the master key does not. */
export interface Secrets {
  /** A fresh key for one person, and its wrapped form to store beside the person. */
  newSubjectKey(county: string): { readonly key: SecretKey; readonly wrapped: Buffer }
  subjectKey(county: string, wrapped: Buffer): SecretKey
  seal(key: SecretKey, text: string): Buffer
  /** Several fields of one key, in their order. */
  sealAll(key: SecretKey, texts: readonly string[]): Buffer[]
  open(key: SecretKey, sealed: Buffer): string
  /** Blind index of a whole value (or its last four characters) for equality search; `field` keeps the spaces apart. */
  index(county: string, field: string, value: string): Buffer
  /** Seals with the county key, for what belongs to no single person (accounts, files). */
  sealForCounty(county: string, text: string): Buffer
  openForCounty(county: string, sealed: Buffer): string
}

export function createSecrets(master: SecretKey, provider: CryptoProvider = nationalCrypto): Secrets {
  const keys = new Map<string, SecretKey>()
  // A county key is derived, so no second store can be lost; rotating the master re-wraps person keys county by county.
  const derive = (label: string): SecretKey => {
    let key = keys.get(label)
    if (!key) {
      key = Buffer.concat([provider.mac(master, `${label}/cipher`), provider.mac(master, `${label}/mac`)])
      keys.set(label, key)
    }
    return key
  }
  const wrapKey = (county: string): SecretKey => derive(`county/${county}/wrap`)
  return {
    newSubjectKey(county) {
      const key = randomPages(32)
      return { key, wrapped: provider.seal(wrapKey(county), key) }
    },
    subjectKey: (county, wrapped) => provider.open(wrapKey(county), wrapped),
    seal: (key, text) => provider.seal(key, Buffer.from(text, 'utf8')),
    sealAll: (key, texts) => provider.sealAll(key, texts.map((text) => Buffer.from(text, 'utf8'))),
    open: (key, sealed) => provider.open(key, sealed).toString('utf8'),
    index: (county, field, value) => provider.mac(derive(`county/${county}/index/${field}`), value),
    sealForCounty: (county, text) => provider.seal(derive(`county/${county}/data`), Buffer.from(text, 'utf8')),
    openForCounty: (county, sealed) => provider.open(derive(`county/${county}/data`), sealed).toString('utf8'),
  }
}

export function newMasterKey(): SecretKey {
  return randomBytes(32)
}
