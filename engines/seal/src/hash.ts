import { SealError } from './canonical.ts'

export type HashAlgorithm = 'sm3' | 'sha256'

/** A hash function given from outside; `digest` hashes the parts as if joined. 32 bytes out for both algorithms. */
export type Hash = { readonly algorithm: HashAlgorithm; digest(...parts: Uint8Array[]): Uint8Array }

/** A digest as 64 lower-case hexadecimal digits: the form that is stored, printed and compared. */
export type HashText = string

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

/** Value of each ASCII code that is a lower-case hexadecimal digit, else -1: the chain is verified at one look-up per digit. */
const DIGIT = Int8Array.from({ length: 128 }, (_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code)))

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i++) text += HEX[bytes[i] as number]
  return text
}

function bytesOf(text: unknown): Uint8Array | null {
  if (typeof text !== 'string' || text.length !== 64) return null
  const bytes = new Uint8Array(32)
  for (let i = 0; i < 32; i++) {
    const high = DIGIT[text.charCodeAt(i * 2)] ?? -1
    const low = DIGIT[text.charCodeAt(i * 2 + 1)] ?? -1
    if (high < 0 || low < 0) return null
    bytes[i] = high * 16 + low
  }
  return bytes
}

export function isHashText(value: unknown): value is HashText {
  return bytesOf(value) !== null
}

/** Throws `seal.badHash` unless the text is a full lower-case digest: a short or upper-case one must never compare equal by luck. */
export function fromHex(text: HashText): Uint8Array {
  const bytes = bytesOf(text)
  if (bytes === null) throw new SealError('seal.badHash', 'notADigest', String(text).slice(0, 80))
  return bytes
}
