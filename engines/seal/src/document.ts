import { canonicalBytes, SealError } from './canonical.ts'
import { toHex } from './hash.ts'
import type { Hash, HashAlgorithm, HashText } from './hash.ts'

/** A file that belongs to a sealed document, by name, length in bytes and digest. */
export type SealedPart = { name: string; bytes: number; hash: HashText }

/** A record that shows any later change: its content, the list of its files, and one hash over both. */
export type SealedDocument = {
  format: 'songbai-seal-1'
  algorithm: HashAlgorithm
  /** What kind of record it is (`visit`, `inspection` …): a seal of one kind cannot pass for another. */
  kind: string
  content: unknown
  parts: SealedPart[]
  hash: HashText
}

export type SealFault = 'formatUnknown' | 'algorithmDiffers' | 'contentChanged' | 'partChanged' | 'partMissing' | 'partUnlisted'
export type SealResult = { ok: true } | { ok: false; why: SealFault; part?: string }

export function sealPart(name: string, file: Uint8Array, hash: Hash): SealedPart {
  return { name, bytes: file.length, hash: toHex(hash.digest(file)) }
}

function digestOf(document: Omit<SealedDocument, 'hash'>, hash: Hash): HashText {
  const { algorithm, content, format, kind, parts } = document
  return toHex(hash.digest(canonicalBytes({ algorithm, content, format, kind, parts: parts.map(({ bytes, hash: partHash, name }) => ({ bytes, hash: partHash, name })) })))
}

/** [S11] Seals a record with the files it speaks of. Parts are ordered by name; two of one name throw `seal.doublePart`. */
export function sealDocument(kind: string, content: unknown, parts: readonly SealedPart[], hash: Hash): SealedDocument {
  const sorted = [...parts].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  sorted.forEach((part, i) => {
    if (part.name === sorted[i - 1]?.name) throw new SealError('seal.doublePart', 'doubleName', part.name)
  })
  const body = { format: 'songbai-seal-1', algorithm: hash.algorithm, kind, content, parts: sorted } as const
  return { ...body, hash: digestOf(body, hash) }
}

/**
 * [S12] Checks the record against its hash, and each file given against the list. Without `files` the record alone is checked
 * (photos arrive later than forms); with `files` every listed part must be there and no other.
 */
export function verifyDocument(document: SealedDocument, hash: Hash, files?: ReadonlyMap<string, Uint8Array>): SealResult {
  if (document.format !== 'songbai-seal-1') return { ok: false, why: 'formatUnknown' }
  if (document.algorithm !== hash.algorithm) return { ok: false, why: 'algorithmDiffers' }
  if (digestOf(document, hash) !== document.hash) return { ok: false, why: 'contentChanged' }
  if (files === undefined) return { ok: true }
  for (const part of document.parts) {
    const file = files.get(part.name)
    if (file === undefined) return { ok: false, why: 'partMissing', part: part.name }
    if (file.length !== part.bytes || toHex(hash.digest(file)) !== part.hash) return { ok: false, why: 'partChanged', part: part.name }
  }
  const listed = new Set(document.parts.map((part) => part.name))
  for (const name of files.keys()) if (!listed.has(name)) return { ok: false, why: 'partUnlisted', part: name }
  return { ok: true }
}
