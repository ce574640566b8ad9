import { SheetsError } from '../types.ts'
import type { EncodingEvidence, RandomAccess } from '../types.ts'

const piece = 256 * 1024

export async function* pieces(source: RandomAccess): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.size;) {
    const bytes = await source.read(at, Math.min(piece, source.size - at))
    if (bytes.length === 0) throw new SheetsError('sheets.truncated')
    at += bytes.length
    yield bytes
  }
}

/**
 * Decides the encoding over the whole file, not a sample: a list that is ASCII for its first megabyte may still be
 * GBK further down. UTF-8 wins only when every byte of the file is valid UTF-8: Chinese text in GBK practically never is.
 */
export async function findEncoding(source: RandomAccess): Promise<EncodingEvidence> {
  const head = await source.read(0, Math.min(source.size, 4096))
  const bytes = source.size
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { name: 'utf-8', why: 'bom', bytes, damaged: await damaged(source, 'utf-8') }
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', why: 'bom', bytes, damaged: 0 }
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', why: 'bom', bytes, damaged: 0 }
  const wide = utf16ByZeros(head)
  if (wide) return { name: wide, why: 'zero_bytes', bytes, damaged: 0 }
  if (await isValid(source, 'utf-8')) return { name: 'utf-8', why: 'valid', bytes, damaged: 0 }
  return byFit(source, bytes)
}

async function byFit(source: RandomAccess, bytes: number): Promise<EncodingEvidence> {
  const gbk = await damaged(source, 'gb18030')
  if (gbk === 0) return { name: 'gb18030', why: 'valid', bytes, damaged: 0 }
  const utf8 = await damaged(source, 'utf-8')
  const least = Math.min(gbk, utf8)
  if (least > Math.max(2, bytes / 1000)) throw new SheetsError('sheets.encoding_unknown', { damaged: least, bytes })
  return { name: utf8 < gbk ? 'utf-8' : 'gb18030', why: 'only_fit', bytes, damaged: least }
}

async function isValid(source: RandomAccess, name: string): Promise<boolean> {
  const decoder = new TextDecoder(name, { fatal: true })
  try {
    for await (const chunk of pieces(source)) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof SheetsError) throw error
    return false
  }
}

async function damaged(source: RandomAccess, name: string): Promise<number> {
  const decoder = new TextDecoder(name)
  let count = 0
  const look = (text: string): void => { for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count += 1 }
  for await (const chunk of pieces(source)) look(decoder.decode(chunk, { stream: true }))
  look(decoder.decode())
  return count
}

/** Without a mark: digits, commas and line ends of a list leave a zero in every other byte. */
function utf16ByZeros(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  let even = 0
  let odd = 0
  const length = head.length & ~1
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) even += 1
    if (head[i + 1] === 0) odd += 1
  }
  if (length < 4) return undefined
  if (odd > length / 20 && even === 0) return 'utf-16le'
  if (even > length / 20 && odd === 0) return 'utf-16be'
  return undefined
}

export async function* decoded(source: RandomAccess, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(name)
  for await (const chunk of pieces(source)) yield decoder.decode(chunk, { stream: true })
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
