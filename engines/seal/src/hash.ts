import { SealError } from './canonical.ts'

export type HashAlgorithm = 'sm3' | 'sha256'

/** A hash function given from outside; `digest` hashes the parts as if joined. 32 bytes out for both algorithms. */
export type Hash = { readonly algorithm: HashAlgorithm; digest(...parts: Uint8Array[]): Uint8Array }

/** A digest as 64 lower-case hexadecimal digits: the form that is stored, printed and compared. */
export type HashText = string

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

export function isHashText(value: unknown): value is HashText {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

/** Throws `seal.badHash` unless the text is a full lower-case digest: a short or upper-case one must never compare equal by luck. */
export function fromHex(text: HashText): Uint8Array {
  if (!isHashText(text)) throw new SealError('seal.badHash', 'notADigest', String(text).slice(0, 80))
  const bytes = new Uint8Array(32)
  for (let i = 0; i < 32; i++) bytes[i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16)
  return bytes
}
