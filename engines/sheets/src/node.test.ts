import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as X from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFile, systemUnpacker } from './node.ts'
import { openWorkbook } from './read/open.ts'
import { allRows } from './testing/build.ts'
import { SheetsError } from './types.ts'
import { say, words } from './words.ts'

let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'sheets-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

function book(): X.WorkBook {
  const workbook = X.utils.book_new()
  const sheet = X.utils.aoa_to_sheet([['名单'], ['姓名', '出生', '数'], ['张三', 16498, 1.5], [], ['李四', null, 990201194603020000]])
  sheet['B3'].z = 'yyyy-mm-dd'
  sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 2 } }]
  X.utils.book_append_sheet(workbook, sheet, '一')
  X.utils.book_append_sheet(workbook, X.utils.aoa_to_sheet([['x']]), '藏')
  workbook.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] }
  return workbook
}

describe('files on disk', () => {
  it.each(['xlsx', 'biff8', 'xlsb', 'ods'] as const)('[N1] %s under any name gives the same rows', async (bookType) => {
    const bytes = new Uint8Array(X.write(book(), { type: 'array', bookType }) as ArrayBuffer)
    const workbook = await openFile(file(`${bookType}.dat`, bytes))
    try {
      expect(workbook.kind).toBe({ xlsx: 'xlsx', biff8: 'xls', xlsb: 'xlsb', ods: 'ods' }[bookType])
      const rows = await allRows(workbook)
      expect(rows.map((row) => row.row)).toEqual([1, 2, 3, 5])
      expect(rows[2]!.cells).toMatchObject(['张三', { date: '1945-03-02' }, 1.5])
      expect(Number(typeof rows[3]!.cells[2] === 'object' ? (rows[3]!.cells[2] as { number: number }).number : rows[3]!.cells[2])).toBe(990201194603020000)
      expect((await workbook.survey(0)).merges).toEqual([{ top: 1, left: 0, bottom: 1, right: 2 }])
      if (bookType === 'xlsx' || bookType === 'biff8') expect(workbook.sheets).toEqual([{ name: '一', hidden: false }, { name: '藏', hidden: true }])
    } finally { await workbook.close() }
  })

  it('[N1] an xlsx unpacked by the system gives what it gives unpacked in JavaScript, also when the reader stops early', async () => {
    const workbook = X.utils.book_new()
    X.utils.book_append_sheet(workbook, X.utils.aoa_to_sheet([['姓名', '数'], ...Array.from({ length: 20_000 }, (_, i) => [`张${i}`, i * 7919])]), '一')
    const bytes = new Uint8Array(X.write(workbook, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer)
    const source = { size: bytes.length, read: async (offset: number, length: number) => bytes.subarray(offset, offset + length) }
    const [plain, system] = [await openWorkbook(source), await openWorkbook(source, { unpacker: systemUnpacker })]
    expect(await allRows(system)).toEqual(await allRows(plain))
    expect((await system.rows(0, { batchRows: 100 }).next()).value?.[0]?.cells).toEqual(['姓名', '数'])
    for await (const rows of system.rows(0, { batchRows: 100 })) { expect(rows.length).toBeGreaterThan(0); break }
    // One byte of the packed sheet changed: a digit that would otherwise pass unseen.
    for (const at of [0.3, 0.5, 0.7]) {
      const bent = bytes.slice()
      const middle = Math.floor(bytes.length * at)
      bent[middle] = bent[middle]! ^ 0x10
      const broken = await openWorkbook({ size: bent.length, read: async (offset, length) => bent.subarray(offset, offset + length) }, { unpacker: systemUnpacker })
      await expect(allRows(broken)).rejects.toThrow(SheetsError)
    }
  })

  it('[N2] an .xls with broken content or over its caps is refused and this process goes on', async () => {
    const good = new Uint8Array(X.write(book(), { type: 'array', bookType: 'biff8' }) as ArrayBuffer)
    const broken = good.slice(0, 1800)
    await expect(openFile(file('cut.xls', broken))).rejects.toBeInstanceOf(SheetsError)
    const big = X.utils.book_new()
    X.utils.book_append_sheet(big, X.utils.aoa_to_sheet(Array.from({ length: 5000 }, (_, r) => Array.from({ length: 20 }, (_, c) => `v${r}-${c}`))), 'a')
    const path = file('big.xls', new Uint8Array(X.write(big, { type: 'array', bookType: 'biff8' }) as ArrayBuffer))
    await expect(openFile(path, { worker: { memoryMb: 24 } })).rejects.toMatchObject({ code: 'sheets.worker_limit' })
    await expect(openFile(path, { worker: { seconds: 0.05 } })).rejects.toMatchObject({ code: 'sheets.worker_limit' })
    const whole = await openFile(path)
    expect((await allRows(whole)).length).toBe(5000)
    await whole.close()
  })
})

describe('words', () => {
  it('[W1] every code in the source has a sentence in both languages with the same arguments', () => {
    const codes = new Set<string>()
    for (const entry of readdirSync(new URL('.', import.meta.url), { recursive: true, withFileTypes: true })) {
      if (!entry.name.endsWith('.ts') || entry.name.endsWith('.test.ts') || entry.name === 'words.ts') continue
      for (const [, code] of readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(/'(sheets\.[a-z_0-9]+(?:\.[a-z_0-9]+)?)'/g)) codes.add(code!)
    }
    expect(codes.size).toBeGreaterThan(60)
    for (const code of codes) expect(words[code], code).toBeDefined()
    const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).sort()
    for (const [code, both] of Object.entries(words)) expect(new Set(names(both.en)), code).toEqual(new Set(names(both['zh-CN'])))
    expect(say('sheets.id.check_digit', { shown: '9', expected: '8', found: '1' }, 'zh-CN')).toBe('身份证最后一位应为 8，写的是 1（9），可能抄错了一个数字。请对照证件。')
  })
})
