/**
 * Encrypted fields. SM4-CTR then HMAC-SM3 (encrypt-then-MAC); Node has no SM4-GCM. Keys are enveloped: master key (a file
 * outside the database) → county key → key of one person; destroying a person's wrapped key erases what was sealed with it.
 * Equality search goes over a keyed HMAC-SM3 of the normalised value. Algorithm and key generation stand in every sealed field.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** 32 bytes: 16 for SM4, 16 for HMAC-SM3. */
export type SecretKey = Buffer

const FORMAT = 1 // SM4-CTR + HMAC-SM3, 16-byte tag
const IV_BYTES = 16
const TAG_BYTES = 16

export interface CryptoProvider {
  readonly id: string
  seal(key: SecretKey, plain: Buffer): Buffer
  /** Throws when the bytes were altered or the key is another one. */
  open(key: SecretKey, sealed: Buffer): Buffer
  mac(key: Buffer, text: string): Buffer
}

export const nationalCrypto: CryptoProvider = {
  id: 'sm4-ctr+hmac-sm3',
  seal(key, plain) {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('sm4-ctr', key.subarray(0, 16), iv)
    const head = Buffer.concat([Buffer.from([FORMAT]), iv, cipher.update(plain), cipher.final()])
    return Buffer.concat([head, createHmac('sm3', key.subarray(16)).update(head).digest().subarray(0, TAG_BYTES)])
  },
  open(key, sealed) {
    const head = sealed.subarray(0, sealed.length - TAG_BYTES)
    const tag = createHmac('sm3', key.subarray(16)).update(head).digest().subarray(0, TAG_BYTES)
    if (sealed[0] !== FORMAT || !timingSafeEqual(tag, sealed.subarray(sealed.length - TAG_BYTES))) throw new Error('sealed field was altered or belongs to another key')
    const decipher = createDecipheriv('sm4-ctr', key.subarray(0, 16), head.subarray(1, 1 + IV_BYTES))
    return Buffer.concat([decipher.update(head.subarray(1 + IV_BYTES)), decipher.final()])
  },
  mac: (key, text) => createHmac('sm3', key).update(text).digest().subarray(0, 16),
}

/** Secrets of the counties one process serves. Wrapped keys live in the database, the master key does not. */
export interface Secrets {
  /** A fresh key for one person, and its wrapped form to store beside the person. */
  newSubjectKey(county: string): { readonly key: SecretKey; readonly wrapped: Buffer }
  subjectKey(county: string, wrapped: Buffer): SecretKey
  seal(key: SecretKey, text: string): Buffer
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
      const key = randomBytes(32)
      return { key, wrapped: provider.seal(wrapKey(county), key) }
    },
    subjectKey: (county, wrapped) => provider.open(wrapKey(county), wrapped),
    seal: (key, text) => provider.seal(key, Buffer.from(text, 'utf8')),
    open: (key, sealed) => provider.open(key, sealed).toString('utf8'),
    index: (county, field, value) => provider.mac(derive(`county/${county}/index/${field}`), value),
    sealForCounty: (county, text) => provider.seal(derive(`county/${county}/data`), Buffer.from(text, 'utf8')),
    openForCounty: (county, sealed) => provider.open(derive(`county/${county}/data`), sealed).toString('utf8'),
  }
}

export function newMasterKey(): SecretKey {
  return randomBytes(32)
}
