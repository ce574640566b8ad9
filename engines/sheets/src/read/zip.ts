import { Inflate } from 'fflate'
import { SheetsError } from '../types.ts'
import type { Inflater, Limits, RandomAccess, Unpacker } from '../types.ts'

export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly flags: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/** Inflated bytes so far over all parts of one file: shared, so that a hundred parts of 399 MB do not pass. */
export interface Budget { readonly limits: Limits; readonly counted: Map<string, number>; readonly unpacker: Unpacker }

const maxEntries = 10_000
const piece = 32 * 1024

const crcTable = (() => {
  const table = new Int32Array(256)
  for (let n = 0; n < 256; n++) {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
    table[n] = c
  }
  return table
})()

/** In plain JavaScript, for anywhere; `node.ts` has one of the system's own. */
export const plainUnpacker: Unpacker = {
  inflate(): Inflater {
    let out: Uint8Array[] = []
    const inflate = new Inflate((chunk) => { out.push(chunk) })
    return {
      async push(bytes, last) {
        out = []
        inflate.push(bytes, last)
        return out
      },
      end() {},
    }
  },
  crc(bytes, from) {
    let c = from ^ -1
    const table = crcTable
    for (let i = 0; i < bytes.length; i++) c = (c >>> 8) ^ table[(c ^ bytes[i]!) & 255]!
    return (c ^ -1) >>> 0
  },
}

/** Reads the list at the end of a zip. The local headers are not trusted for sizes. */
export async function readDirectory(source: RandomAccess): Promise<ZipEntry[]> {
  const tailLength = Math.min(source.size, 65_557)
  const tail = await source.read(source.size - tailLength, tailLength)
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  let end = -1
  for (let i = tail.length - 22; i >= 0; i--) if (view.getUint32(i, true) === 0x06054b50) { end = i; break }
  if (end < 0) throw new SheetsError('sheets.truncated')
  const count = view.getUint16(end + 10, true)
  const length = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  if (count === 0xffff || start === 0xffffffff) throw new SheetsError('sheets.too_large', { bytes: source.size })
  if (count > maxEntries || start + length > source.size) throw new SheetsError('sheets.broken', { part: 'zip' })
  return parseDirectory(await source.read(start, length), count)
}

function parseDirectory(bytes: Uint8Array, count: number): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: ZipEntry[] = []
  let at = 0
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw new SheetsError('sheets.broken', { part: 'zip' })
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)).replace(/\\/g, '/').replace(/^\//, '')
    entries.push({
      name, flags: view.getUint16(at + 8, true), method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true), offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function charge(budget: Budget, entry: ZipEntry, inflated: number, packedRead: number): void {
  const { limits, counted } = budget
  let total = inflated
  for (const [name, size] of counted) if (name !== entry.name) total += size
  if (total > limits.inflatedBytes) throw new SheetsError('sheets.zip_bomb', { part: entry.name, limitMb: Math.round(limits.inflatedBytes / 1e6) })
  if (inflated > limits.ratioFromBytes && inflated > limits.ratio * Math.max(1, packedRead)) {
    throw new SheetsError('sheets.zip_bomb', { part: entry.name, ratio: Math.round(inflated / Math.max(1, packedRead)) })
  }
  counted.set(entry.name, Math.max(inflated, counted.get(entry.name) ?? 0))
}

async function dataStart(source: RandomAccess, entry: ZipEntry): Promise<number> {
  if (entry.flags & 1) throw new SheetsError('sheets.encrypted')
  if (entry.method !== 0 && entry.method !== 8) throw new SheetsError('sheets.broken', { part: entry.name })
  const head = await source.read(entry.offset, 30)
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (head.length < 30 || view.getUint32(0, true) !== 0x04034b50) throw new SheetsError('sheets.broken', { part: entry.name })
  const start = entry.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true)
  if (start + entry.packed > source.size) throw new SheetsError('sheets.truncated')
  return start
}

/**
 * Inflates one part in pieces. Every piece is charged against the budget before it is handed on: the sizes a zip
 * declares are a claim, not a fact. A wrong CRC is an error, because a changed digit would otherwise pass unseen.
 */
export async function* inflateEntry(source: RandomAccess, entry: ZipEntry, budget: Budget): AsyncGenerator<Uint8Array> {
  const start = await dataStart(source, entry)
  const inflater = entry.method === 8 ? budget.unpacker.inflate() : undefined
  let inflated = 0
  let crc = 0
  try {
    for (let at = 0; at < entry.packed || at === 0; at += piece) {
      const length = Math.min(piece, entry.packed - at)
      const bytes = await source.read(start + at, length)
      if (bytes.length < length) throw new SheetsError('sheets.truncated')
      const out = inflater ? await unpacked(inflater, bytes, at + length >= entry.packed, entry) : [bytes]
      for (const chunk of out) {
        inflated += chunk.length
        charge(budget, entry, inflated, at + length)
        crc = budget.unpacker.crc(chunk, crc)
        yield chunk
      }
    }
  } finally {
    inflater?.end()
  }
  if (crc !== entry.crc) throw new SheetsError('sheets.broken', { part: entry.name })
}

async function unpacked(inflater: Inflater, bytes: Uint8Array, last: boolean, entry: ZipEntry): Promise<readonly Uint8Array[]> {
  try {
    return await inflater.push(bytes, last)
  } catch {
    throw new SheetsError('sheets.broken', { part: entry.name })
  }
}
