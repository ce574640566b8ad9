import * as X from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { openWorkbook } from '../read/open.ts'
import { findTable } from '../table/find.ts'
import { guessColumns, mappingOf } from '../table/guess.ts'
import { createJudge } from '../table/judge.ts'
import { ProblemReport } from '../report.ts'
import type { Finding } from '../table/record.ts'
import { allRows, memory } from '../testing/build.ts'
import { elders } from '../testing/schema.ts'
import { messySheet, seeded } from '../testing/messy.ts'
import { exportCsv } from './csv.ts'
import { writeRepaired } from './repaired.ts'
import { exportTemplate, exportXlsx } from './xlsx.ts'
import type { Sink } from './zip-out.ts'

function collect(): { sink: Sink; bytes: () => Uint8Array } {
  const chunks: Uint8Array[] = []
  return { sink: (chunk) => { chunks.push(chunk) }, bytes: () => new Uint8Array(Buffer.concat(chunks)) }
}

const nasty = ['=1+1', '+86', '-cmd', '@SUM(A1)', '\tx', '\rx', '＝1', '＋1', '－1', '＠a', ' =1', '<b>&"\'', '_x0041_', '张\u0001三', 'a\nb', '𠮷', '\ud800x', '990201194603020021']

describe('exports', () => {
  it('[E1] xlsx: every text stays the same text, also for a second reader, and no cell is a formula', async () => {
    const out = collect()
    const columns = [{ title: '名' }, { title: '日', kind: 'day' as const }, { title: '元', kind: 'fen' as const }, { title: '数', kind: 'whole' as const }]
    expect(await exportXlsx(out.sink, [{ name: '老人/名单', columns, rows: nasty.map((text, i) => [text, '1945-03-02', 12345, i]) }, { name: '空', title: '标题', columns, rows: [] }])).toBe(nasty.length)
    const clean = nasty.map((text) => text.replace('\u0001', '').replace('\ud800', '\ufffd'))
    const book = await openWorkbook(memory(out.bytes()))
    expect(book.sheets.map((s) => s.name)).toEqual(['老人 名单', '空'])
    const own = await allRows(book)
    expect(own.slice(1).map((row) => row.cells[0])).toEqual(clean)
    expect(own[1]!.cells.slice(1)).toEqual([{ date: '1945-03-02', raw: '16498' }, 123.45, 0])
    const other = X.read(out.bytes(), { type: 'array', cellFormula: true })
    const sheet = other.Sheets['老人 名单']!
    nasty.forEach((_, i) => expect([sheet[`A${i + 2}`].t, sheet[`A${i + 2}`].f]).toEqual(['s', undefined]))
    expect(sheet['A2'].v).toBe('=1+1')
  })

  it('[E1] equal lists give equal bytes', async () => {
    const [a, b] = [collect(), collect()]
    for (const out of [a, b]) await exportXlsx(out.sink, [{ name: 'x', columns: [{ title: 'a' }], rows: [['1'], ['2']] }])
    expect(Buffer.compare(a.bytes(), b.bytes())).toBe(0)
  })

  it('[E2] csv: BOM, quotes, and an apostrophe before what could calculate or be rounded', async () => {
    const out = collect()
    await exportCsv(out.sink, { columns: [{ title: '名' }, { title: '数', kind: 'whole' }], rows: [...nasty.map((t) => [t, -5]), ['-5', 1]] })
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(out.bytes())
    expect(text.startsWith('\ufeff"名","数"\r\n')).toBe(true)
    for (const [i, t] of nasty.entries()) if (/^[\s]*[=+\-@＝＋－＠]|^[\t\r]|^\d{12}/.test(t)) expect(text).toContain(`"'${t.replace(/"/g, '""')}"`), expect(i).toBeGreaterThanOrEqual(0)
    expect(text).toContain('"-5",1')
    expect(text).toContain('"<b>&""\'",-5')
  })

  it('[E3] a template is read back as its own schema, and every column is matched by its heading', async () => {
    const out = collect()
    await exportTemplate(out.sink, elders, { name: '老人名单', language: 'zh-CN' })
    const rows = await allRows(await openWorkbook(memory(out.bytes())))
    const table = findTable([...rows, { row: 2, cells: elders.fields.map(() => 'x') }], { schema: elders })!
    const guesses = guessColumns(elders, table, [], { today: '2026-07-16' })
    expect(guesses.map((g) => g.field)).toEqual(elders.fields.map((f) => f.id))
  })
})

describe('the repaired copy', () => {
  it.each([1, 2, 3, 4, 5])('[E4] seed %i: same row numbers, nothing lost, advice in the last column; reading it again finds no new change', async (seed) => {
    const { rows, merges } = messySheet(seed, 40)
    const context = { today: '2026-07-16' }
    const table = findTable(rows, { schema: elders, merges })!
    const mapping = mappingOf(guessColumns(elders, table, rows, context))
    const judge = createJudge({ schema: elders, table, mapping, context, merges })
    const report = new ProblemReport()
    for (const row of rows) report.addAll(judge(row).record?.findings ?? [])
    const out = collect()
    const written = await writeRepaired(out.sink, { name: '改', rows: [rows], table, judge: createJudge({ schema: elders, table, mapping, context, merges }), language: 'zh-CN' })
    expect(written).toBe(rows.length)
    const back = await allRows(await openWorkbook(memory(out.bytes())))
    expect(back.map((row) => row.row)).toEqual(rows.map((row) => row.row))
    const asked = new Set(report.list({ limit: 1e6 }).filter((f) => f.severity !== 'repaired').map((f) => f.row))
    for (const row of back) {
      expect(row.cells[table.columns.length + 1]).toBe(row.row === table.headingRows.at(-1) ? '原表行号' : row.row)
      if (asked.has(row.row)) expect(String(row.cells[table.columns.length])).toMatch(/[A-G] 列：.{6,}/)
    }
    const again = createJudge({ schema: elders, table, mapping, context })
    const changes = back.flatMap((row) => again(row).record?.findings ?? []).filter((f) => f.severity === 'repaired')
    expect(changes.filter((f) => f.code !== 'sheets.changed.separators' && f.code !== 'sheets.changed.width')).toEqual([])
  })
})

describe('the report', () => {
  it('[Q1] keeps what a plain list would keep, for any order of adding', () => {
    const random = seeded(7)
    const report = new ProblemReport({ keep: 5000 })
    const all = Array.from({ length: 5000 }, (): Finding => {
      const severity = (['error', 'question', 'repaired'] as const)[Math.floor(random() * 3)]!
      return { row: 1 + Math.floor(random() * 900), column: 'ABC'[Math.floor(random() * 3)]!, severity, code: `sheets.c${Math.floor(random() * 5)}`, args: severity === 'repaired' ? {} : { n: Math.floor(random() * 9) } }
    })
    report.addAll(all)
    const sorted = all.map((f, i) => ({ f, i })).sort((a, b) => a.f.row - b.f.row || a.i - b.i).map(({ f }) => f)
    expect(report.list({ limit: 1e9 })).toEqual(sorted)
    expect(report.forRow(17)).toEqual(sorted.filter((f) => f.row === 17))
    expect(report.list({ code: 'sheets.c2', severity: 'error', offset: 3, limit: 10 })).toEqual(sorted.filter((f) => f.code === 'sheets.c2' && f.severity === 'error').slice(3, 13))
    const kinds = report.kinds()
    expect(kinds.reduce((sum, kind) => sum + kind.findings, 0)).toBe(5000)
    expect(kinds.map((k) => k.severity)).toEqual([...kinds.map((k) => k.severity)].sort((a, b) => ['error', 'question', 'repaired'].indexOf(a) - ['error', 'question', 'repaired'].indexOf(b)))
    const worst = new Map<number, string>()
    for (const f of all) if (f.severity === 'error' || (f.severity === 'question' && worst.get(f.row) !== 'error') || !worst.has(f.row)) worst.set(f.row, f.severity)
    expect(report.rowCounts().error).toBe([...worst.values()].filter((s) => s === 'error').length)
    report.add(all[0]!)
    expect([report.length, report.dropped]).toEqual([5000, 1])
  })
})
