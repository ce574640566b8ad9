import { describe, expect, it } from 'vitest'
import { elders } from '../testing/schema.ts'
import { messySheet } from '../testing/messy.ts'
import type { Cell, Merge, RawRow } from '../types.ts'
import { findTable, headingsFingerprint } from './find.ts'
import { guessColumns, mappingOf } from './guess.ts'
import { createJudge } from './judge.ts'
import type { ReadRecord } from './record.ts'
import { RowSorter } from './sort.ts'

const context = { today: '2026-07-16' }
const sheet = (...rows: (Cell[] | null)[]): RawRow[] => rows.flatMap((cells, i) => (cells ? [{ row: i + 1, cells }] : []))

function read(rows: RawRow[], merges: Merge[] = []): { records: ReadRecord[]; skipped: [number, string][]; fields: (string | null)[] } {
  const table = findTable(rows, { schema: elders, merges })!
  const guesses = guessColumns(elders, table, rows, context)
  const judge = createJudge({ schema: elders, table, mapping: mappingOf(guesses), context, merges })
  const judged = rows.map(judge)
  return { records: judged.flatMap((j) => j.record ?? []), skipped: judged.flatMap((j) => (j.skipped ? [[j.skipped.row, j.skipped.reason] as [number, string]] : [])), fields: guesses.map((g) => g.field) }
}

describe('finding the table', () => {
  it('[T1] a title and a note above, one heading row', () => {
    const table = findTable(sheet(['特殊困难老年人台账'], ['填报单位：民政局', null, '日期：2026.7'], ['序号', '姓名', '身份证号', '备注'], [1, '张三', '990201', 'x'], [2, '李四', '990202', null]), { schema: elders })!
    expect(table.headingRows).toEqual([3])
    expect(table.title).toBe('特殊困难老年人台账')
    expect(table.columns.map((c) => c.heading)).toEqual(['序号', '姓名', '身份证号', '备注'])
    expect(table.skipped.map((s) => [s.row, s.reason])).toEqual([[1, 'above_heading'], [2, 'above_heading'], [3, 'heading']])
  })

  it('[T2] two heading rows are joined, with merges and without', () => {
    const rows = sheet(['序号', '姓名', '户籍地址', null, '电话'], [null, null, '乡镇', '村', null], [1, '张三', '咸宜镇', '青龙村', '13900123456'], [2, '李四', '咸宜镇', '青龙村', '13900123457'])
    const merged = [{ top: 1, left: 2, bottom: 1, right: 3 }, { top: 1, left: 0, bottom: 2, right: 0 }, { top: 1, left: 1, bottom: 2, right: 1 }, { top: 1, left: 4, bottom: 2, right: 4 }]
    for (const merges of [merged, []]) {
      const table = findTable(rows, { schema: elders, merges })!
      expect(table.headingRows).toEqual([1, 2])
      expect(table.columns.map((c) => c.heading)).toEqual(['序号', '姓名', '户籍地址/乡镇', '户籍地址/村', '电话'])
      expect(headingsFingerprint(table)).toBe(headingsFingerprint(findTable(rows, { merges: merged })!))
    }
  })

  it('[T1] a sheet without a heading gives null and the clerk can choose', () => {
    expect(findTable(sheet([1, 2, 3], [4, 5, 6]))).toBeNull()
    expect(findTable(sheet(['甲', 2, 3], ['姓名', '村', 6]), { headingRows: [2] })!.headingRows).toEqual([2])
  })
})

describe('rows that are no person', () => {
  it('[T3] are skipped with their row and a reason', () => {
    const { records, skipped } = read(sheet(['序号', '姓名', '身份证号', '村', '电话'], ['1', '2', '3', '4', '5'], [1, '张三', null, '青龙村', null], ['青龙村一组'], ['小 计', null, 1], null, [2, '李四', null, '来凤村', null],
      ['序号', '姓名', '身份证号', '村', '电话'], [3], [null, '合计', '2人'], ['说明：本表一式两份'], ['制表人：王五', null, '审核人：赵六'], ['单位负责人（签字）：', null, null, '盖章']))
    expect(records.map((r) => r.row)).toEqual([3, 7])
    expect(skipped).toEqual([[1, 'heading'], [2, 'numbering'], [4, 'group_title'], [5, 'total'], [8, 'repeated_heading'], [9, 'only_number'], [10, 'total'], [11, 'note'], [12, 'signature'], [13, 'signature']])
  })

  it('[T3] a total word beside an identity number is asked about, not dropped', () => {
    const { records } = read(sheet(['姓名', '身份证号', '村'], ['合计', '11010519491231002X', '青龙村'], ['张三', '不详', '青龙村']))
    expect(records[0]!.findings).toContainEqual({ row: 2, column: 'A', severity: 'question', code: 'sheets.row.like_total', args: { shown: '合计' } })
    expect(records[1]!.unknown).toEqual(['idNumber'])
  })

  it('[T4] ditto marks and merged cells are filled and told; a ditto with nothing above is asked', () => {
    const merges = [{ top: 4, left: 1, bottom: 5, right: 1 }]
    const { records } = read(sheet(['姓名', '村', '电话'], ['张三', '青龙村', '同上'], ['李四', '〃', '13900123456'], ['王五', '来凤村', null], ['赵六', null, null], ['钱七', null, null]), merges)
    expect(records.map((r) => r.values['village'])).toEqual(['青龙村', '青龙村', '来凤村', '来凤村', undefined])
    expect(records[1]!.findings).toContainEqual({ row: 3, column: 'B', severity: 'repaired', code: 'sheets.changed.ditto', args: { fromRow: 2, to: '青龙村' } })
    expect(records[3]!.findings).toContainEqual({ row: 5, column: 'B', severity: 'repaired', code: 'sheets.changed.merged', args: { fromRow: 4, to: '来凤村' } })
    expect(records[0]!.findings.map((f) => f.code)).toContain('sheets.row.ditto_alone')
    expect(records[0]!.values['phone']).toBeUndefined()
  })

  it('[T3] a person of whom only the name is known is a person', () => {
    const table = findTable(sheet(['姓名', '身份证号', '村'], ['张三', 'x', 'y']), { schema: elders })!
    expect(new RowSorter(table, { requiredColumns: [0] }).sort({ row: 9, cells: ['李四'] }).kind).toBe('data')
    expect(new RowSorter(table).sort({ row: 9, cells: ['李四'] }).kind).toBe('skipped')
  })
})

describe('guessing columns', () => {
  const rows = sheet(['序号', '老人姓名', '证件', '生日', '联系方式', '备注2'], ...Array.from({ length: 20 }, (_, i): Cell[] => [i + 1, '张三', '11010519491231002X', '1949.12.31', '13900123456', '已发']))
  it('[G1] by heading, by synonym, by content; what is not clear stays open', () => {
    const table = findTable(rows, { schema: elders })!
    const guesses = guessColumns(elders, table, rows, context)
    expect(guesses.map((g) => [g.letter, g.field, g.why])).toEqual([['A', null, 'row_number'], ['B', 'name', 'synonym'], ['C', 'idNumber', 'content'], ['D', 'birth', 'synonym'], ['E', 'phone', 'synonym'], ['F', null, 'nothing']])
    expect(guesses[2]).toMatchObject({ fit: 1, samples: ['11010519491231002X'] })
  })

  it('[G2] two columns that fit one field alike are left to the clerk', () => {
    const twice = sheet(['姓名', '电话', '电话'], ...Array.from({ length: 5 }, (): Cell[] => ['张三', '13900123456', '13900123457']))
    const guesses = guessColumns(elders, findTable(twice, { schema: elders })!, twice, context)
    expect(guesses.map((g) => g.field)).toEqual(['name', null, null])
    expect(guesses[1]).toMatchObject({ why: 'undecided', others: ['phone'] })
  })

  it('[G3] a saved template is used when the headings are the same and not otherwise', () => {
    const table = findTable(rows, { schema: elders })!
    const template = { fingerprint: headingsFingerprint(table), fields: [null, 'name', null, null, 'phone', null] }
    expect(guessColumns(elders, table, rows, context, template).map((g) => g.field)).toEqual(template.fields)
    expect(guessColumns(elders, table, rows, context, { ...template, fingerprint: 'x' })[2]!.field).toBe('idNumber')
  })

  it('[V8] birth and sex that disagree with the citizen number are asked about', () => {
    const { records } = read(sheet(['姓名', '身份证号', '性别', '出生日期'], ['张三', '11010519491231002X', '男', '1949.12.30'], ['李四', '11010519491231002X', '女', '1949.12.31']))
    expect(records[0]!.findings.filter((f) => f.severity === 'question').map((f) => [f.column, f.code])).toEqual([['C', 'sheets.id.other_sex'], ['D', 'sheets.id.other_birth']])
    expect(records[1]!.findings.filter((f) => f.severity !== 'repaired')).toEqual([])
  })
})

describe('messy sheets with known truth', () => {
  it.each(Array.from({ length: 60 }, (_, i) => i + 1))('[P1] seed %i: every row is a person or skipped with the right reason, and no value is wrong', (seed) => {
    const { rows, merges, truth } = messySheet(seed, 60)
    const { records, skipped, fields } = read(rows, merges)
    expect(fields).toEqual([null, 'name', 'idNumber', 'sex', 'birth', 'village', 'phone'])
    expect(records.length + skipped.length).toBe(rows.length)
    expect(new Map(skipped)).toEqual(new Map(truth.filter((t) => t.kind !== 'person').map((t) => [t.row, t.kind])))
    const byRow = new Map(records.map((record) => [record.row, record]))
    for (const { row, expected, broken } of truth.filter((t) => t.kind === 'person')) {
      const record = byRow.get(row)!
      const plain = { name: (record.values['name'] as { name: string }).name, birth: record.values['birth'], village: record.values['village'], sex: record.values['sex'], phone: (record.values['phone'] as { number: string }[])[0]!.number, ...(record.values['idNumber'] === undefined ? {} : { idNumber: (record.values['idNumber'] as { number: string }).number }) }
      expect(plain).toEqual(expected)
      if (broken !== undefined) expect(record.findings.some((f) => f.column === 'C' && f.severity !== 'repaired')).toBe(true)
    }
  })
})
