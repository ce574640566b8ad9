/** Argon2id with the parameters OWASP recommends as a minimum: 19 MiB, 2 passes, 1 lane. */
import { hash, verify } from '@node-rs/argon2'
import { randomBytes, randomInt } from 'node:crypto'

// 2 names argon2id; the package's const enum cannot be imported by erasable TypeScript.
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), OPTIONS)
}

// Checked when there is no such account, so that the answer takes as long as for a real one.
let nobody: Promise<string> | null = null

export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('there is no such account')
  const fits = await verify(stored ?? (await nobody), password.normalize('NFKC'))
  return stored !== null && fits
}

export function randomSecret(bytes: number): Uint8Array {
  return randomBytes(bytes)
}

// No 0/O, 1/l/I: these are read out on the phone and typed from paper.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

export function oneTimePassword(length = 14): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}
