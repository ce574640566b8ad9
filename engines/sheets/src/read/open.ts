import { defaultLimits, SheetsError } from '../types.ts'
import type { EncodingEvidence, Limits, RandomAccess, Unpacker, Workbook } from '../types.ts'
import { openDelimited } from './delimited.ts'
import { decoded, findEncoding } from './encoding.ts'
import { openMarkup } from './markup.ts'
import { streamNames } from './ole.ts'
import { openXlsx } from './xlsx.ts'
import { inflateEntry, plainUnpacker, readDirectory } from './zip.ts'
import type { ZipEntry } from './zip.ts'

export interface OpenOptions {
  readonly limits?: Partial<Limits>
  /** Reads .xls, .xlsb and .ods. These formats need a whole-file parser, so the caller supplies one that runs in a capped worker (`node.ts`). */
  readonly readWhole?: (source: RandomAccess, kind: 'xls' | 'xlsb' | 'ods', limits: Limits) => Promise<Workbook>
  readonly unpacker?: Unpacker
}

/** Opens a table by what is in it; the file's name is never looked at. Throws {@link SheetsError} only. */
export async function openWorkbook(source: RandomAccess, options: OpenOptions = {}): Promise<Workbook> {
  const limits: Limits = { ...defaultLimits, ...options.limits }
  if (source.size === 0) throw new SheetsError('sheets.empty')
  if (source.size > limits.fileBytes) throw new SheetsError('sheets.too_large', { bytes: source.size, limitMb: Math.round(limits.fileBytes / 1e6) })
  const head = await source.read(0, Math.min(source.size, 4096))
  if (startsWith(head, [0x50, 0x4b])) return openZip(source, limits, options)
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) return openOle(source, limits, options)
  if (isOldBiff(head)) return whole(source, 'xls', limits, options)
  const other = otherType(head)
  if (other !== undefined) throw new SheetsError('sheets.wrong_type', { found: other })
  return openText(source, limits)
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte)
}

/** BIFF2–4 files are a bare record stream without the OLE wrapping. */
function isOldBiff(head: Uint8Array): boolean {
  return head[0] === 9 && (head[1] === 0 || head[1] === 2 || head[1] === 4) && (head[2] === 4 || head[2] === 6) && head[3] === 0
}

const signatures: readonly (readonly [string, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]], ['png', [0x89, 0x50, 0x4e, 0x47]], ['jpeg', [0xff, 0xd8, 0xff]], ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['bmp', [0x42, 0x4d]], ['rar', [0x52, 0x61, 0x72, 0x21]], ['7z', [0x37, 0x7a, 0xbc, 0xaf]], ['gzip', [0x1f, 0x8b]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]], ['exe', [0x4d, 0x5a, 0x90]], ['exe', [0x7f, 0x45, 0x4c, 0x46]], ['ofd', [0x4f, 0x46, 0x44]],
]

function otherType(head: Uint8Array): string | undefined {
  for (const [name, signature] of signatures) {
    if (!startsWith(head, signature)) continue
    // "BM" and "MZ" may begin a real heading: an image has zeros in its header.
    if (name === 'bmp' && !head.subarray(0, 32).includes(0)) continue
    return name
  }
  if (head[4] === 0x66 && head[5] === 0x74 && head[6] === 0x79 && head[7] === 0x70) return 'video'
  let odd = 0
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd += 1
  const zeros = head.filter((byte) => byte === 0).length
  const wide = head[0] === 0xff || head[0] === 0xfe || zeros > head.length / 20
  return odd > head.length / 50 && !(wide && odd - zeros < head.length / 50) ? 'binary' : undefined
}

async function openZip(source: RandomAccess, limits: Limits, options: OpenOptions): Promise<Workbook> {
  const entries = await readDirectory(source)
  const declared = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (declared > limits.inflatedBytes) throw new SheetsError('sheets.zip_bomb', { part: '', limitMb: Math.round(limits.inflatedBytes / 1e6) })
  const names = entries.map((entry) => entry.name.toLowerCase())
  const has = (name: string): boolean => names.includes(name)
  const found = await mainPart(source, entries, limits)
  if (found?.endsWith('.bin')) return whole(source, 'xlsb', limits, options)
  if (found !== undefined && /workbook[^/]*\.xml$/i.test(found)) return openXlsx(source, entries, limits, found, options.unpacker ?? plainUnpacker)
  if (names.some((name) => name.startsWith('word/'))) throw new SheetsError('sheets.wrong_type', { found: 'docx' })
  if (names.some((name) => name.startsWith('ppt/'))) throw new SheetsError('sheets.wrong_type', { found: 'pptx' })
  if (has('ofd.xml')) throw new SheetsError('sheets.wrong_type', { found: 'ofd' })
  if (has('content.xml') && has('meta-inf/manifest.xml')) return openOds(source, entries, limits, options)
  const inside = entries.filter((entry) => /\.(?:zip|rar|7z|xlsx?|csv|et|ods)$/i.test(entry.name))
  if (inside.length > 0) throw new SheetsError('sheets.zip_of_files', { files: inside.length, first: inside[0]!.name.slice(0, 80) })
  throw new SheetsError('sheets.wrong_type', { found: 'zip' })
}

async function mainPart(source: RandomAccess, entries: ZipEntry[], limits: Limits): Promise<string | undefined> {
  const rels = entries.find((entry) => entry.name.toLowerCase() === '_rels/.rels')
  const fallback = entries.find((entry) => /^xl\/workbook\.(?:xml|bin)$/i.test(entry.name))?.name
  if (!rels) return fallback
  const text = await smallPart(source, rels, limits)
  const relation = [...text.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)].find(([tag]) => /\/officeDocument["']/.test(tag))
  return relation ? /Target\s*=\s*["']\/?([^"']+)["']/.exec(relation[0])?.[1] : fallback
}

async function smallPart(source: RandomAccess, entry: ZipEntry, limits: Limits): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of inflateEntry(source, entry, { limits: { ...limits, inflatedBytes: 1e6 }, counted: new Map(), unpacker: plainUnpacker })) text += decoder.decode(chunk, { stream: true })
  return text
}

async function openOds(source: RandomAccess, entries: ZipEntry[], limits: Limits, options: OpenOptions): Promise<Workbook> {
  const mime = entries.find((entry) => entry.name === 'mimetype')
  const type = mime ? await smallPart(source, mime, limits) : ''
  if (!type.includes('spreadsheet')) throw new SheetsError('sheets.wrong_type', { found: 'odt' })
  const budget = { limits, counted: new Map<string, number>(), unpacker: options.unpacker ?? plainUnpacker }
  // The whole-file parser trusts the declared sizes; every part is inflated here once, under the limits, before it may see the file.
  for (const entry of entries) if (/\.xml$/i.test(entry.name)) for await (const chunk of inflateEntry(source, entry, budget)) void chunk
  return whole(source, 'ods', limits, options)
}

async function openOle(source: RandomAccess, limits: Limits, options: OpenOptions): Promise<Workbook> {
  const names = await streamNames(source)
  if (names.includes('EncryptedPackage') || names.includes('EncryptionInfo')) throw new SheetsError('sheets.encrypted')
  if (names.includes('Workbook') || names.includes('Book')) return whole(source, 'xls', limits, options)
  const found = names.includes('WordDocument') ? 'doc' : names.includes('PowerPoint Document') ? 'ppt' : 'ole'
  throw new SheetsError('sheets.wrong_type', { found })
}

function whole(source: RandomAccess, kind: 'xls' | 'xlsb' | 'ods', limits: Limits, options: OpenOptions): Promise<Workbook> {
  if (!options.readWhole) throw new SheetsError('sheets.needs_worker', { kind })
  return options.readWhole(source, kind, limits)
}

async function openText(source: RandomAccess, limits: Limits): Promise<Workbook> {
  const encoding = await findEncoding(source)
  let head = ''
  for await (const text of decoded(source, encoding.name)) { head += text; if (head.length > 8000) break }
  const start = head.replace(/^\ufeff/, '').trimStart().slice(0, 8000)
  if (start === '') throw new SheetsError('sheets.empty')
  const markup = encodingOfMarkup(start, encoding)
  if (/^<\?xml|^<(?:\w+:)?Workbook\b/.test(start) && /urn:schemas-microsoft-com:office:spreadsheet/.test(start)) return openMarkup(source, markup, limits, 'xml2003')
  if (/^<(?:!doctype|html|head|meta|table|body|style|div|font|center|!--|\?xml)/i.test(start)) {
    if (/<table\b/i.test(start) || (await hasTable(source, markup))) return openMarkup(source, markup, limits, 'html')
    throw new SheetsError('sheets.wrong_type', { found: /^<\?xml/.test(start) && !/<html/i.test(start) ? 'xml' : 'html' })
  }
  if (/^[[{]/.test(start) && /^[[{]\s*["{\]}]/.test(start)) throw new SheetsError('sheets.wrong_type', { found: 'json' })
  return openDelimited(source, encoding, limits)
}

/** A page saying charset=gb2312 that is not valid UTF-8 agrees with what the bytes told; a declared charset only breaks a tie. */
function encodingOfMarkup(start: string, encoding: EncodingEvidence): EncodingEvidence {
  const declared = /(?:charset|encoding)\s*=\s*["']?([\w-]+)/i.exec(start)?.[1]?.toLowerCase()
  if (encoding.why !== 'only_fit' || declared === undefined) return encoding
  return { ...encoding, name: /gb|936/.test(declared) ? 'gb18030' : 'utf-8', why: 'declared' }
}

async function hasTable(source: RandomAccess, encoding: EncodingEvidence): Promise<boolean> {
  let tail = ''
  for await (const text of decoded(source, encoding.name)) {
    if (/<table[\s>]/i.test(tail + text)) return true
    tail = text.slice(-8)
  }
  return false
}
