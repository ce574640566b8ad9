import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { splitArticles } from './model.ts'
import { readDocx, wordsOf } from './docx.ts'
import { decodeText, fitArticles, joinArticles, readSourceFile } from './sourceFile.ts'

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const document = (body: string): string => `<?xml version="1.0" encoding="UTF-8"?><w:document ${W}><w:body>${body}</w:body></w:document>`
const p = (text: string): string => `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`

/** A zip as Word writes it: each part deflated or stored, the list at the end. */
function zip(parts: Record<string, string>, { store = false, comment = '' } = {}): Uint8Array<ArrayBuffer> {
  const heads: Buffer[] = [], list: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(parts)) {
    const [title, data] = [Buffer.from(name), store ? Buffer.from(text) : deflateRawSync(Buffer.from(text))]
    const head = Buffer.alloc(30), entry = Buffer.alloc(46)
    head.writeUInt32LE(0x04034b50, 0); head.writeUInt16LE(store ? 0 : 8, 8); head.writeUInt16LE(title.length, 26)
    entry.writeUInt32LE(0x02014b50, 0); entry.writeUInt16LE(store ? 0 : 8, 10); entry.writeUInt32LE(data.length, 20); entry.writeUInt16LE(title.length, 28); entry.writeUInt32LE(at, 42)
    heads.push(head, title, data); list.push(entry, title)
    at += 30 + title.length + data.length
  }
  const end = Buffer.alloc(22), directory = Buffer.concat(list)
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(list.length / 2, 10); end.writeUInt32LE(directory.length, 12); end.writeUInt32LE(at, 16); end.writeUInt16LE(comment.length, 20)
  return new Uint8Array(Buffer.concat([...heads, directory, end, Buffer.from(comment)]))
}

const gbk = (codes: readonly number[]): Uint8Array => new Uint8Array(codes)
/** 第一条 老人 and a line end, in GBK. */
const GBK = gbk([0xb5, 0xda, 0xd2, 0xbb, 0xcc, 0xf5, 0x20, 0xc0, 0xcf, 0xc8, 0xcb, 0x0d, 0x0a])

describe('a .docx', () => {
  test('gives its paragraphs as lines, whether packed or stored', async () => {
    const body = document(`${p('示例办法')}${p('第一条　年满 80 周岁 &amp; 低保&#x3002;')}<w:p/>${p('第二条　每月 &lt;100&gt; 元')}`)
    for (const options of [{}, { store: true }, { comment: 'made by somebody' }]) {
      expect((await readDocx(zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': body }, options))).text).toBe('示例办法\n第一条　年满 80 周岁 & 低保。\n\n第二条　每月 <100> 元')
    }
  })

  test('a row of a table is a line, words taken out are gone, what a fallback repeats is said once', () => {
    const cell = (text: string): string => `<w:tc><w:tcPr/>${p(text)}</w:tc>`
    expect(wordsOf(document(`<w:tbl><w:tr>${cell('年龄')}${cell('金额')}</w:tr><w:tr>${cell('80')}${cell('100')}</w:tr></w:tbl>`)).text).toBe('年龄\t金额\n80\t100')
    expect(wordsOf(document('<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText><w:br/><w:t>文</w:t></w:r></w:p>')).text).toBe('新\n文')
    expect(wordsOf(document('<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>框</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>框</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>')).text).toBe('框')
  })

  test('numbers that Word counts itself, and pictures, are counted: their words are missing', () => {
    const { numbered, pictures } = wordsOf(document('<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>为了</w:t></w:r></w:p><w:p><w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r></w:p>'))
    expect([numbered, pictures]).toEqual([1, 1])
  })

  test('cut short, not a document, only pictures, or packed to burst: named', async () => {
    const whole = zip({ 'word/document.xml': document(p('第一条')) })
    expect(await readSourceFile(whole.slice(0, whole.length - 30))).toEqual({ unread: 'damaged' })
    const broken = whole.slice()
    broken.fill(0xff, 50, 70)
    expect(await readSourceFile(broken)).toEqual({ unread: 'damaged' })
    expect(await readSourceFile(zip({ 'xl/workbook.xml': '<workbook/>' }))).toEqual({ unread: 'otherZip' })
    expect(await readSourceFile(zip({ 'word/document.xml': document('<w:p/>') }))).toEqual({ unread: 'noWords' })
    expect(await readSourceFile(zip({ 'word/document.xml': ' '.repeat(31_000_000) }))).toEqual({ unread: 'tooBig' })
  })
})

describe('a text file', () => {
  test('in UTF-8, GBK or UTF-16, with or without a mark, reads the same', () => {
    const text = '第一条 老人\r\n'
    const wide = (big: boolean, mark: boolean): Uint8Array => new Uint8Array([...(mark ? '\ufeff' : ''), ...text].flatMap((one) => { const code = one.charCodeAt(0); return big ? [code >> 8, code & 255] : [code & 255, code >> 8] }))
    const utf8 = new TextEncoder().encode(text)
    for (const [bytes, encoding] of [[utf8, 'utf-8'], [new Uint8Array([0xef, 0xbb, 0xbf, ...utf8]), 'utf-8'], [GBK, 'gb18030'], [wide(false, true), 'utf-16le'], [wide(true, true), 'utf-16be'], [wide(false, false), 'utf-16le'], [wide(true, false), 'utf-16be']] as const) expect(decodeText(bytes)).toEqual({ text, encoding, damaged: 0 })
  })

  test('a few broken characters are counted; what fits nothing is refused', () => {
    expect(decodeText(gbk([...GBK, 0xff]))).toMatchObject({ encoding: 'gb18030', damaged: 1 })
    expect(decodeText(gbk([0xff, 0xff, 0x80, 0xff, 0xff, 0x80, 0xff]))).toBeNull()
  })

  test('what a file is shows in its first bytes, not in its name', async () => {
    const head = async (...bytes: number[]) => readSourceFile(new Uint8Array(bytes))
    const words = async (text: string) => readSourceFile(new TextEncoder().encode(text))
    expect(await words('%PDF-1.7')).toEqual({ unread: 'pdf' })
    expect(await head(0xd0, 0xcf, 0x11, 0xe0, 0xa1)).toEqual({ unread: 'oldWord' })
    expect(await words('{\\rtf1')).toEqual({ unread: 'rtf' })
    expect(await words('\n<!DOCTYPE html><p>第一条')).toEqual({ unread: 'page' })
    expect(await head(0x89, 0x50, 0, 0, 7, 0, 0, 1)).toEqual({ unread: 'other' })
    expect(await words(' \n')).toEqual({ unread: 'noWords' })
    expect(await readSourceFile(GBK)).toEqual({ text: '第一条 老人\r\n', encoding: 'gb18030', damaged: 0, numbered: 0, pictures: 0 })
  })
})

describe('articles as they are kept', () => {
  test('a long one is kept whole in parts that end with a sentence', () => {
    const long = '老人可以领取津贴。'.repeat(1200)
    const { articles, parted, left } = fitArticles(`第一条　${long}\n第二条　其他`)
    expect(articles.map((one) => one.label)).toEqual(['第一条', '第一条', '第一条', '第二条'])
    expect(articles.slice(0, 3).map((one) => one.text).join('')).toBe(long)
    expect(articles.every((one) => one.text.length <= 4000 && (one.label === '第二条' || one.text.endsWith('。')))).toBe(true)
    expect(new Set(articles.map((one) => one.id)).size).toBe(4)
    expect([parted, left]).toEqual([['第一条'], null])
  })

  test('what does not fit is named by where it begins', () => {
    const many = fitArticles(Array.from({ length: 450 }, (_, n) => `第${n + 1}条　内容${n + 1}`).join('\n'))
    expect([many.articles.length, many.left]).toEqual([400, { n: 50, from: '第401条 内容401' }])
    const heavy = fitArticles(Array.from({ length: 100 }, (_, n) => `第${n + 1}条　${'字'.repeat(3000)}`).join('\n'))
    expect([heavy.articles.length, heavy.left?.n]).toEqual([83, 17])
  })

  test('opened again they are cut into the same articles', () => {
    const text = '示例办法\n第三条　对象如下：\n（一）特困、低保；\n续写一行\n（二）低保边缘。\n四、附则\n（一）解释\n5. 施行'
    const once = splitArticles(text)
    expect(splitArticles(joinArticles(once))).toEqual(once)
  })
})
