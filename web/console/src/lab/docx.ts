/** The words of a .docx: a zip whose part word/document.xml holds the paragraphs. Only that part is unpacked. */
export interface Words {
  readonly text: string
  /** Paragraphs whose number Word counts itself; the number is not among the words. */
  readonly numbered: number
  readonly pictures: number
}

/** Inflated: a zip may claim to be small and not be. */
const MOST_BYTES = 30_000_000

export class DocxError extends Error {
  readonly why: 'notDocument' | 'damaged' | 'tooBig'
  constructor(why: DocxError['why']) {
    super(why)
    this.why = why
  }
}

export async function readDocx(bytes: Uint8Array): Promise<Words> {
  const parts = directory(bytes)
  const part = parts.find((one) => one.name === 'word/document.xml')
  if (part === undefined) throw new DocxError('notDocument')
  return wordsOf(new TextDecoder().decode(await unpack(bytes, part)))
}

interface Part {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly offset: number
}

/** The list at the end of the zip; sizes in front of the parts are not trusted. */
function directory(bytes: Uint8Array): Part[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0) throw new DocxError('damaged')
  const parts: Part[] = []
  let at = view.getUint32(end + 16, true)
  for (let n = view.getUint16(end + 10, true); n > 0; n--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw new DocxError('damaged')
    const length = view.getUint16(at + 28, true)
    parts.push({ name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length)).replace(/^\//, ''), method: view.getUint16(at + 10, true), packed: view.getUint32(at + 20, true), offset: view.getUint32(at + 42, true) })
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return parts
}

async function unpack(bytes: Uint8Array, part: Part): Promise<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (part.offset + 30 > bytes.length || view.getUint32(part.offset, true) !== 0x04034b50) throw new DocxError('damaged')
  const from = part.offset + 30 + view.getUint16(part.offset + 26, true) + view.getUint16(part.offset + 28, true)
  if (from + part.packed > bytes.length || (part.method !== 0 && part.method !== 8)) throw new DocxError('damaged')
  const packed = new Blob([bytes.slice(from, from + part.packed)])
  return gather(part.method === 0 ? packed.stream() : packed.stream().pipeThrough(new DecompressionStream('deflate-raw')))
}

async function gather(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const reader = stream.getReader()
  const pieces: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read().catch(() => { throw new DocxError('damaged') })
    if (done) break
    size += value.length
    if (size > MOST_BYTES) {
      void reader.cancel()
      throw new DocxError('tooBig')
    }
    pieces.push(value)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const TOKEN = /<(\/?)(?:[\w-]+:)?([\w-]+)([^>]*?)(\/?)>|([^<]+)/g
/** Settings of a paragraph hold tab stops and no words; a fallback says once more what stands before it. */
const SKIPPED: ReadonlySet<string> = new Set(['pPr', 'rPr', 'sectPr', 'Fallback'])
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const plain = (text: string): string => text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, dec?: string, hex?: string, name?: string) => {
  if (name !== undefined) return ENTITIES[name] ?? whole
  const code = dec !== undefined ? Number(dec) : parseInt(hex!, 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
})

/** Paragraphs become lines, rows of a table one line with tabs. Words taken out under tracked changes are no words. */
export function wordsOf(xml: string): Words {
  let [text, numbered, pictures, cells, inText] = ['', 0, 0, 0, false]
  const skipped: string[] = []
  for (const [, close, name = '', , empty, chars] of xml.matchAll(TOKEN)) {
    if (chars !== undefined) {
      if (inText && skipped.length === 0) text += plain(chars)
      continue
    }
    const [opens, ends] = [close === '', close === '/' || empty === '/']
    if (opens && name === 'numPr') numbered++
    if (opens && (name === 'blip' || name === 'imagedata') && skipped.length === 0) pictures++
    if (SKIPPED.has(name)) {
      if (opens && !ends) skipped.push(name)
      else if (!opens && skipped.at(-1) === name) skipped.pop()
      continue
    }
    if (skipped.length > 0) continue
    if (name === 't') inText = opens && !ends
    else if (name === 'tab' && opens) text += '\t'
    else if ((name === 'br' || name === 'cr') && opens) text += '\n'
    else if (name === 'tc') {
      cells += ends ? -1 : 1
      if (ends) text = `${text.trimEnd()}\t`
    } else if (name === 'tr' && ends) text = `${text.trimEnd()}\n`
    else if (name === 'p' && ends) text += cells > 0 ? ' ' : '\n'
  }
  return { text: text.trim(), numbered, pictures }
}
