import { strToU8, zipSync } from 'fflate'
import type { RandomAccess, RawRow, Workbook } from '../types.ts'

export function memory(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) }
}

export async function allRows(workbook: Workbook, sheet = 0): Promise<RawRow[]> {
  const rows: RawRow[] = []
  for await (const batch of workbook.rows(sheet)) rows.push(...batch)
  return rows
}

export interface RawXlsx {
  /** Whole text of the sheet parts, in order; or only what goes inside `<sheetData>`. */
  readonly sheets: readonly { name: string; data?: string; xml?: string; after?: string; before?: string; state?: string }[]
  readonly strings?: string
  readonly styles?: string
  readonly workbookPr?: string
  readonly extra?: Record<string, Uint8Array>
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook written by hand, so that any oddity can be put in. */
export function rawXlsx(book: RawXlsx): Uint8Array {
  const parts: Record<string, Uint8Array> = {
    '_rels/.rels': strToU8(`<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`),
    'xl/workbook.xml': strToU8(`<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${rel}">${book.workbookPr ?? ''}<sheets>${book.sheets.map((s, i) => `<sheet name="${s.name}" sheetId="${i + 1}" ${s.state ? `state="${s.state}" ` : ''}r:id="s${i}"/>`).join('')}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8(`<?xml version="1.0"?><Relationships>${book.sheets.map((_, i) => `<Relationship Id="s${i}" Type="${rel}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="st" Type="${rel}/styles" Target="styles.xml"/><Relationship Id="ss" Type="${rel}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`),
    ...(book.styles === undefined ? {} : { 'xl/styles.xml': strToU8(book.styles) }),
    ...(book.strings === undefined ? {} : { 'xl/sharedStrings.xml': strToU8(`<sst xmlns="${main}">${book.strings}</sst>`) }),
    ...book.extra,
  }
  book.sheets.forEach((sheet, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] = strToU8(sheet.xml ?? `<?xml version="1.0"?><worksheet xmlns="${main}">${sheet.before ?? ''}<sheetData>${sheet.data ?? ''}</sheetData>${sheet.after ?? ''}</worksheet>`)
  })
  return zipSync(parts, { level: 6 })
}
