import { SheetsError } from '../types.ts'
import type { Limits, RandomAccess, RawRow, ReadOptions, SheetInfo, SheetSurvey, Unpacker, Workbook } from '../types.ts'
import { isDateFormat } from './serial.ts'
import { SheetFrame, SheetRows, unescapeText } from './sheet-xml.ts'
import type { SheetContext } from './sheet-xml.ts'
import { TextStore } from './strings.ts'
import { attribute, XmlTokenizer } from './xml.ts'
import type { XmlHandler } from './xml.ts'
import { inflateEntry } from './zip.ts'
import type { Budget, ZipEntry } from './zip.ts'

interface Package { readonly source: RandomAccess; readonly entries: Map<string, ZipEntry>; readonly budget: Budget }

async function* texts(pack: Package, entry: ZipEntry): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  for await (const chunk of inflateEntry(pack.source, entry, pack.budget)) {
    decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : 'utf-8')
    yield decoder.decode(chunk, { stream: true })
  }
  const rest = decoder?.decode() ?? ''
  if (rest !== '') yield rest
}

async function feed(pack: Package, entry: ZipEntry, handler: XmlHandler): Promise<void> {
  const xml = new XmlTokenizer(handler)
  for await (const text of texts(pack, entry)) xml.push(text)
  xml.end()
}

/** Collects `open` events only: enough for workbook, relations and styles. */
function opens(on: (name: string, tag: string) => void): XmlHandler {
  return { open: on, close() {}, text() {} }
}

interface SheetRef { readonly info: SheetInfo; readonly relation: string }

async function readWorkbookPart(pack: Package, path: string): Promise<{ sheets: SheetRef[]; date1904: boolean }> {
  const sheets: SheetRef[] = []
  let date1904 = false
  await feed(pack, getEntry(pack, path), opens((name, tag) => {
    if (name === 'workbookPr') date1904 = /date1904\s*=\s*["'](?:1|true|on)["']/.test(tag)
    if (name !== 'sheet') return
    const relation = /:id\s*=\s*["']([^"']*)["']/.exec(tag)?.[1] ?? ''
    sheets.push({ info: { name: attribute(tag, 'name') ?? '', hidden: /hidden/i.test(attribute(tag, 'state') ?? '') }, relation })
  }))
  return { sheets, date1904 }
}

async function readRelations(pack: Package, path: string): Promise<Map<string, { type: string; target: string }>> {
  const relations = new Map<string, { type: string; target: string }>()
  const slash = path.lastIndexOf('/')
  const base = path.slice(0, slash + 1)
  const entry = pack.entries.get(`${base}_rels/${path.slice(slash + 1)}.rels`.toLowerCase())
  if (!entry) return relations
  await feed(pack, entry, opens((name, tag) => {
    if (name !== 'Relationship' || attribute(tag, 'TargetMode') === 'External') return
    const target = attribute(tag, 'Target') ?? ''
    relations.set(attribute(tag, 'Id') ?? '', { type: (attribute(tag, 'Type') ?? '').split('/').pop() ?? '', target: resolvePath(base, target) })
  }))
  return relations
}

function resolvePath(base: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const parts = base.split('/').filter((part) => part !== '')
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function getEntry(pack: Package, path: string): ZipEntry {
  const entry = pack.entries.get(path.toLowerCase())
  if (!entry) throw new SheetsError('sheets.broken', { part: path })
  return entry
}

async function readDateStyles(pack: Package, path: string | undefined): Promise<boolean[]> {
  const styles: boolean[] = []
  const entry = path === undefined ? undefined : pack.entries.get(path.toLowerCase())
  if (!entry) return styles
  const formats = new Map<number, string>()
  let inCells = false
  await feed(pack, entry, {
    open(name, tag) {
      if (name === 'numFmt') formats.set(Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode') ?? '')
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = Number(attribute(tag, 'numFmtId') ?? 0)
        styles.push(isDateFormat(id, formats.get(id)))
      }
    },
    close(name) { if (name === 'cellXfs') inCells = false },
    text() {},
  })
  return styles
}

async function readStrings(pack: Package, path: string | undefined): Promise<TextStore> {
  const store = new TextStore()
  const entry = path === undefined ? undefined : pack.entries.get(path.toLowerCase())
  if (!entry) return store
  let text = ''
  let collect = false
  let phonetic = false
  await feed(pack, entry, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') phonetic = true
      else if (name === 't') collect = !phonetic
    },
    close(name) {
      if (name === 't') collect = false
      else if (name === 'rPh') phonetic = false
      else if (name === 'si') store.add(unescapeText(text))
    },
    text(piece) { if (collect) text = text === '' ? piece : text + piece },
  })
  return store
}

const findType = (relations: Map<string, { type: string; target: string }>, type: string): string | undefined =>
  [...relations.values()].find((relation) => relation.type === type)?.target

/** Opens an OOXML workbook; `workbookPath` comes from the package's own relations (it need not be xl/workbook.xml). */
export async function openXlsx(source: RandomAccess, entries: ZipEntry[], limits: Limits, workbookPath: string, unpacker: Unpacker): Promise<Workbook> {
  const pack: Package = { source, entries: new Map(entries.map((entry) => [entry.name.toLowerCase(), entry])), budget: { limits, counted: new Map(), unpacker } }
  const book = await readWorkbookPart(pack, workbookPath)
  const relations = await readRelations(pack, workbookPath)
  const dateStyles = await readDateStyles(pack, findType(relations, 'styles'))
  const sheets = book.sheets.filter((sheet) => relations.get(sheet.relation)?.type === 'worksheet')
  if (sheets.length === 0) throw new SheetsError('sheets.empty')
  let strings: Promise<TextStore> | undefined
  const entryOf = (index: number): ZipEntry => {
    const sheet = sheets[index]
    if (!sheet) throw new SheetsError('sheets.no_such_sheet', { sheet: index + 1 })
    return getEntry(pack, relations.get(sheet.relation)!.target)
  }
  return {
    kind: 'xlsx',
    sheets: sheets.map((sheet) => sheet.info),
    survey: (index) => surveySheet(pack, entryOf(index)),
    async *rows(index, options = {}) {
      const entry = entryOf(index)
      strings ??= readStrings(pack, findType(relations, 'sharedStrings'))
      yield* sheetRows(pack, entry, { strings: await strings, dateStyles, date1904: book.date1904, limits }, options)
    },
    async close() {},
  }
}

async function* sheetRows(pack: Package, entry: ZipEntry, context: SheetContext, options: ReadOptions): AsyncGenerator<RawRow[]> {
  const batchRows = options.batchRows ?? 500
  const rows = new SheetRows(context, options.fromRow ?? 1)
  const xml = new XmlTokenizer(rows)
  for await (const text of texts(pack, entry)) {
    xml.push(text)
    if (rows.out.length < batchRows) continue
    const batch = rows.out
    rows.out = []
    yield batch
  }
  xml.end()
  if (rows.out.length > 0) yield rows.out
}

/** Inflates the sheet once without reading its cells: counts rows, reads what stands before and after them. */
async function surveySheet(pack: Package, entry: ZipEntry): Promise<SheetSurvey> {
  const frame = new SheetFrame()
  const xml = new XmlTokenizer(frame)
  let phase: 'head' | 'rows' | 'tail' = 'head'
  let carry = ''
  let rows = 0
  for await (const piece of texts(pack, entry)) {
    let text = carry + piece
    carry = ''
    if (phase === 'head') {
      const found = /<(?:\w+:)?sheetData(?=[\s/>])/.exec(text)
      if (!found) { carry = text; if (carry.length > 1 << 20) throw new SheetsError('sheets.unsafe_xml', { reason: 'long_markup' }); continue }
      xml.push(text.slice(0, found.index))
      text = text.slice(found.index)
      if (/^<(?:\w+:)?sheetData\s*\/>/.test(text)) { phase = 'tail'; xml.push(text); continue }
      phase = 'rows'
    }
    if (phase === 'rows') {
      const found = /<\/(?:\w+:)?sheetData\s*>/.exec(text.includes('sheetData') ? text : '')
      const end = found ? found.index : Math.max(0, text.length - 64)
      rows += countRows(text, end)
      if (!found) { carry = text.slice(Math.max(0, end - 1)); continue }
      phase = 'tail'
      text = text.slice(end + found[0].length)
    }
    xml.push(text)
  }
  return { rows, merges: frame.merges, hiddenColumns: frame.hiddenColumns }
}

function countRows(text: string, end: number): number {
  let count = 0
  for (let at = text.indexOf('row'); at >= 0 && at < end; at = text.indexOf('row', at + 3)) {
    const before = text.charCodeAt(at - 1)
    const after = text.charCodeAt(at + 3)
    const prefixed = before === 58 && text.lastIndexOf('<', at) > text.lastIndexOf('/', at)
    if ((before === 60 || prefixed) && (after === 32 || after === 62 || after === 47)) count += 1
  }
  return count
}
