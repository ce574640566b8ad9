import { strToU8, zipSync } from 'fflate'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { openWorkbook } from './open.ts'
import { allRows, memory, rawXlsx } from '../testing/build.ts'
import { SheetsError } from '../types.ts'
import type { OpenOptions } from './open.ts'

async function codeOf(bytes: Uint8Array, options?: OpenOptions): Promise<string> {
  try {
    const book = await openWorkbook(memory(bytes), options)
    for (let i = 0; i < book.sheets.length; i++) { await book.survey(i); await allRows(book, i) }
    return 'read'
  } catch (error) {
    if (error instanceof SheetsError) return error.code
    throw error
  }
}

const styles = '<styleSheet><numFmts count="2"><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="171" formatCode="[Red]0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'

describe('xlsx', () => {
  it('[R1] reads shared, rich, inline and formula text, booleans, errors and dates by their number format', async () => {
    const bytes = rawXlsx({
      styles, strings: '<si><t>张三</t></si><si><r><t>李</t></r><r><t xml:space="preserve"> 四</t></r><rPh><t>li</t></rPh></si>',
      sheets: [{ name: '名单', data: '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>a&amp;b&#x4e2d;</t></is></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#N/A</v></c><c r="F2" s="1"><v>45356</v></c><c r="G2" s="2"><v>45356.5</v></c><c r="H2" s="3"><v>1.50</v></c><c r="I2"><f>1+1</f></c><c r="J2" t="str"><f>x</f><v>算出</v></c></row>' }],
    })
    const book = await openWorkbook(memory(bytes))
    expect(book.kind).toBe('xlsx')
    expect(await allRows(book)).toEqual([{ row: 2, cells: ['张三', '李 四', 'a&b中', true, { error: '#N/A' }, { date: '2024-03-05', raw: '45356' }, { date: '2024-03-05', time: '12:00', raw: '45356.5' }, { number: 1.5, raw: '1.50' }, { formula: true }, '算出'] }])
  })

  it('[R1] knows the 1904 calendar, the day Excel invented and prefixed names', async () => {
    const odd = rawXlsx({ styles, sheets: [{ name: 'a', data: '<row r="1"><c s="1"><v>60</v></c><c s="1"><v>61</v></c><c s="1"><v>1</v></c></row>' }] })
    expect((await allRows(await openWorkbook(memory(odd))))[0]!.cells).toEqual([{ date: null, raw: '60' }, { date: '1900-03-01', raw: '61' }, { date: '1900-01-01', raw: '1' }])
    const mac = rawXlsx({ styles, workbookPr: '<workbookPr date1904="1"/>', sheets: [{ name: 'a', data: '<row r="1"><c s="1"><v>43894</v></c></row>' }] })
    expect((await allRows(await openWorkbook(memory(mac))))[0]!.cells).toEqual([{ date: '2024-03-05', raw: '43894' }])
    const prefixed = rawXlsx({ sheets: [{ name: 'a', xml: '<x:worksheet xmlns:x="u"><x:sheetData><x:row r="3"><x:c r="B3" t="str"><x:v>好</x:v></x:c></x:row></x:sheetData></x:worksheet>' }] })
    const book = await openWorkbook(memory(prefixed))
    expect(await allRows(book)).toEqual([{ row: 3, cells: [null, '好'] }])
    expect((await book.survey(0)).rows).toBe(1)
  })

  it('[R2] lists hidden sheets, hidden rows and columns, merged areas and the row count before rows are read', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `<row r="${i + 1}"${i === 4 ? ' hidden="1"' : ''}><c r="A${i + 1}"><v>${i}</v></c></row>`).join('')
    const book = await openWorkbook(memory(rawXlsx({ sheets: [{ name: '一', data: rows, before: '<cols><col min="2" max="3" hidden="1"/></cols>', after: '<mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells>' }, { name: '二', state: 'veryHidden' }] })))
    expect(book.sheets).toEqual([{ name: '一', hidden: false }, { name: '二', hidden: true }])
    expect(await book.survey(0)).toEqual({ rows: 3000, merges: [{ top: 1, left: 0, bottom: 2, right: 2 }], hiddenColumns: [1, 2] })
    const read = await allRows(book)
    expect(read.length).toBe(3000)
    expect(read[4]).toEqual({ row: 5, cells: [4], hidden: true })
    expect(await allRows(book, 1)).toEqual([])
  })
})

describe('text under any name', () => {
  const text = '姓名,身份证号,备注\r\n李四,"990201194603020000","说 ""好""\n两行"\r\n\r\n王五,="0012",朝\n'
  const expected = [{ row: 1, cells: ['姓名', '身份证号', '备注'] }, { row: 2, cells: ['李四', '990201194603020000', '说 "好"\n两行'] }, { row: 4, cells: ['王五', '0012', '朝'] }]
  it.each([
    ['utf-8', 'utf-8', strToU8(text)], ['utf-8 with BOM', 'utf-8', iconv.encode(text, 'utf-8', { addBOM: true })], ['GBK', 'gb18030', iconv.encode(text, 'gbk')],
    ['GB18030', 'gb18030', iconv.encode(text, 'gb18030')], ['UTF-16 LE', 'utf-16le', iconv.encode(text, 'utf-16le', { addBOM: true })], ['UTF-16 BE', 'utf-16be', iconv.encode(text, 'utf-16be', { addBOM: true })],
    ['UTF-16 LE without a mark', 'utf-16le', iconv.encode(text, 'utf-16le')],
  ])('[R3] reads a csv in %s', async (_, name, bytes) => {
    const book = await openWorkbook(memory(new Uint8Array(bytes)))
    expect(book.encoding?.name).toBe(name)
    expect(await allRows(book)).toEqual(expected)
  })

  it('[R3] splits the same whatever the size of the pieces a source gives', async () => {
    const bytes = new Uint8Array(iconv.encode(text.repeat(3), 'gbk'))
    const whole = await allRows(await openWorkbook(memory(bytes)))
    for (const size of [1, 2, 3, 7]) {
      const book = await openWorkbook({ size: bytes.length, read: async (o, n) => bytes.subarray(o, o + Math.min(n, n > 4000 ? n : size)) })
      expect(await allRows(book)).toEqual(whole)
    }
  })

  it('[R4] reads tab text, html tables and XML tables named .xls', async () => {
    const tabs = await openWorkbook(memory(new Uint8Array(iconv.encode('姓名\t年龄\n张三\t80\n', 'gbk'))))
    expect(await allRows(tabs)).toEqual([{ row: 1, cells: ['姓名', '年龄'] }, { row: 2, cells: ['张三', '80'] }])
    const html = await openWorkbook(memory(new Uint8Array(iconv.encode('<html><head><meta charset=gb2312><style>td{a:"<"}</style></head><body><table border=1><tr><td colspan=2>名单<tr><td rowspan=2>青龙村<td>张&nbsp;三</td></tr><tr><td>李<br>四</table>', 'gbk'))))
    expect(html.kind).toBe('html')
    expect(await allRows(html)).toEqual([{ row: 1, cells: ['名单'] }, { row: 2, cells: ['青龙村', '张\u00a0三'] }, { row: 3, cells: [null, '李\n四'] }])
    expect((await html.survey(0)).merges).toEqual([{ top: 1, left: 0, bottom: 1, right: 1 }, { top: 2, left: 0, bottom: 3, right: 0 }])
    const xml = await openWorkbook(memory(strToU8('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="一"><Table><Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="String">张三</Data></Cell><Cell><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell><Cell><Data ss:Type="Number">9.9E+17</Data></Cell></Row></Table></Worksheet></Workbook>')))
    expect(xml.sheets).toEqual([{ name: '一', hidden: false }])
    expect(await allRows(xml)).toEqual([{ row: 3, cells: [null, '张三', { date: '2024-03-05', raw: '2024-03-05T00:00:00.000' }, { number: 9.9e17, raw: '9.9E+17' }] }])
  })
})

describe('hostile and broken files', () => {
  const good = rawXlsx({ sheets: [{ name: 'a', data: '<row r="1"><c t="str"><v>x</v></c></row>' }] })
  const big = (n: number): string => `<row r="1"><c r="A1" t="str"><v>${'0'.repeat(n)}</v></c></row>`
  it.each<[string, string, Uint8Array, OpenOptions?]>([
    ['an empty file', 'sheets.empty', new Uint8Array(0)],
    ['a pdf', 'sheets.wrong_type', strToU8('%PDF-1.7\n…')],
    ['a picture', 'sheets.wrong_type', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])],
    ['a Word file', 'sheets.wrong_type', zipSync({ '_rels/.rels': strToU8('<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>'), 'word/document.xml': strToU8('<a/>') })],
    ['random bytes', 'sheets.wrong_type', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3) * 31) & 255)],
    ['a web page without a table', 'sheets.wrong_type', strToU8('<!DOCTYPE html><html><body>登录</body></html>')],
    ['a zip of workbooks', 'sheets.zip_of_files', zipSync({ '一.xlsx': good })],
    ['a truncated workbook', 'sheets.truncated', good.subarray(0, good.length - 40)],
    ['half a workbook', 'sheets.truncated', good.subarray(0, good.length >> 1)],
    ['an encrypted zip', 'sheets.encrypted', encryptedZip(good)],
    ['a bomb of 500 MB', 'sheets.zip_bomb', zipSync({ ...parts('<worksheet/>'), 'xl/media/a': new Uint8Array(5e6) }), { limits: { inflatedBytes: 2e6 } }],
    ['a bomb that lies about its size', 'sheets.zip_bomb', lying(rawXlsx({ sheets: [{ name: 'a', data: big(20_000).repeat(400) }] })), { limits: { inflatedBytes: 4e6 } }],
    ['a ratio above 100', 'sheets.zip_bomb', rawXlsx({ sheets: [{ name: 'a', data: '<row r="1"></row>'.repeat(400_000) }] }), { limits: { ratioFromBytes: 1e6 } }],
    ['a column beyond the limit', 'sheets.too_many_columns', rawXlsx({ sheets: [{ name: 'a', data: '<row r="1"><c r="XFD1"><v>1</v></c></row>' }] })],
    ['a million columns in a csv', 'sheets.too_many_columns', strToU8(`${'a,'.repeat(1e6)}\n`)],
    ['too many rows', 'sheets.too_many_rows', strToU8('a\n'.repeat(11)), { limits: { rows: 10 } }],
    ['an external entity', 'sheets.unsafe_xml', rawXlsx({ sheets: [{ name: 'a', xml: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c><v>&x;</v></c></row></sheetData></worksheet>' }] })],
    ['a tag that never ends', 'sheets.unsafe_xml', rawXlsx({ sheets: [{ name: 'a', xml: `<worksheet><sheetData><row ${'a'.repeat(600_000)}` }] })],
    ['a quote that never ends', 'sheets.broken', strToU8(`a,b\n"${'x,y\n'.repeat(20_000)}`)],
    ['a cell of two megabytes', 'sheets.too_large', rawXlsx({ sheets: [{ name: 'a', data: big(2e6) }] })],
    ['an .xls where no worker is given', 'sheets.needs_worker', ole(['Root Entry', 'Workbook'])],
    ['an encrypted workbook', 'sheets.encrypted', ole(['Root Entry', 'EncryptionInfo', 'EncryptedPackage'])],
    ['an old Word file', 'sheets.wrong_type', ole(['Root Entry', 'WordDocument'])],
    ['a changed byte', 'sheets.broken', changedByte()],
  ])('[R5] %s is refused as %s', async (_, code, bytes, options) => {
    const started = performance.now()
    expect(await codeOf(bytes, options)).toBe(code)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('[R5] a workbook cut or changed at any place is read or refused, never a crash', async () => {
    const seen = new Map<string, number>()
    for (let cut = 0; cut < good.length; cut += 9) {
      const changed = good.slice()
      changed[cut] = changed[cut]! ^ 0x55
      for (const bytes of [good.subarray(0, cut), changed]) {
        const code = await codeOf(bytes)
        seen.set(code, (seen.get(code) ?? 0) + 1)
      }
    }
    expect([...seen.keys()].every((code) => code === 'read' || code.startsWith('sheets.'))).toBe(true)
    expect(seen.get('sheets.truncated')).toBeGreaterThan(20)
  })
})

function parts(sheet: string): Record<string, Uint8Array> {
  return { '_rels/.rels': strToU8('<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>'), 'xl/workbook.xml': strToU8(sheet) }
}

function encryptedZip(bytes: Uint8Array): Uint8Array {
  const out = bytes.slice()
  for (let i = 0; i < out.length - 4; i++) if (out[i] === 0x50 && out[i + 1] === 0x4b && out[i + 2] === 1 && out[i + 3] === 2) out[i + 8] = out[i + 8]! | 1
  return out
}

/** Sets every declared inflated size to 1,000 bytes. */
function lying(bytes: Uint8Array): Uint8Array {
  const out = bytes.slice()
  const view = new DataView(out.buffer)
  for (let i = 0; i < out.length - 46; i++) if (view.getUint32(i, true) === 0x02014b50) view.setUint32(i + 24, 1000, true)
  return out
}

function changedByte(): Uint8Array {
  const bytes = zipSync({ ...parts(''), 'xl/workbook.xml': strToU8('<workbook><sheets/></workbook>'), 'a.xml': strToU8('x') }, { level: 0 })
  const at = new TextDecoder('latin1').decode(bytes).indexOf('<sheets/>')
  bytes[at + 1] = 0x74
  return bytes
}

function ole(names: string[]): Uint8Array {
  const bytes = new Uint8Array(512 * 4)
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  const view = new DataView(bytes.buffer)
  view.setUint16(30, 9, true)
  view.setUint32(48, 1, true)
  view.setUint32(76, 0, true)
  view.setUint32(512 + 4, 0xfffffffe, true)
  names.forEach((name, n) => {
    const at = 1024 + n * 128
    for (let i = 0; i < name.length; i++) view.setUint16(at + i * 2, name.charCodeAt(i), true)
    view.setUint16(at + 64, name.length * 2 + 2, true)
  })
  return bytes
}
