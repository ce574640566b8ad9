import { exportCsv, exportXlsx, type OutCell, type OutColumn } from '@songbai/sheets'
import { task } from '@songbai/platform/schedule'
import type * as z from 'zod'
import { doBoard, pageOf, type Row } from './actions.ts'
import type { exportRows } from './contract.ts'

type ExportInput = z.output<(typeof exportRows)['input']>

const PART: Record<ExportInput['part'], string> = { numerator: '计入的', denominator: '分母', rest: '没有计入的', unknown: '无法判定的' }
const PEOPLE: readonly OutColumn[] = [{ title: '姓名' }, { title: '身份证号（遮盖）', width: 22 }, { title: '年龄', kind: 'whole' }, { title: '登记地', width: 24 }, { title: '说明', width: 40 }]
const FACTS: readonly OutColumn[] = [{ title: '项', width: 16 }, { title: '内容', width: 70 }]
const PLACES: readonly OutColumn[] = [{ title: '地方', width: 24 }, { title: '分子', kind: 'whole' }, { title: '分母', kind: 'whole' }, { title: '无法判定', kind: 'whole' }]

function cellsOf(row: Row): OutCell[] {
  return [row.name, row.idMasked, row.age, row.place, row.detail?.zh ?? null]
}

export const tasks = [
  /** The people, how the figure is made, and the figure by place: three sheets that agree. */
  task<ExportInput>('indicators.export', async (context) => {
    const { input } = context
    const rows: Row[] = []
    let after: string | undefined
    do {
      const page = (await context.tx((tx) => pageOf(tx, { ...input, limit: 200, after })))!
      rows.push(...page.rows)
      await context.progress(rows.length, page.total)
      after = page.next ?? undefined
    } while (after !== undefined && !(await context.cancelled()))
    const board = await context.tx((tx) => doBoard(tx, { place: input.place, at: input.at, knownOn: input.knownOn }))
    if ('refused' in board) throw new Error('the board never refuses')
    const one = board.indicators.find((found) => found.id === input.indicator)!
    const facts: OutCell[][] = [['指标', one.title.zh], ['地方', board.place.name], ['截至', board.at], ['按哪天知道的情况', board.knownOn], ['分子', one.numeratorWords.zh], ['分母', one.denominatorWords?.zh ?? '无'], ['范围', one.base.zh], ['说明', one.note?.zh ?? null], ['样例口径', one.sample ? '是' : '否'], ['本表列出', PART[input.part]], ['用途', input.purpose]]
    const places: OutCell[][] = [...one.children, { ...one, code: '', name: '合计' }].map((place) => [place.name || '村不明', place.numerator, place.denominator, place.unknown])
    const parts: Uint8Array[] = []
    const sink = (part: Uint8Array): void => void parts.push(part)
    const people = rows.map(cellsOf)
    if (input.format === 'csv') await exportCsv(sink, { columns: PEOPLE, rows: people })
    else await exportXlsx(sink, [{ name: PART[input.part], columns: PEOPLE, rows: people }, { name: '怎么算的', columns: FACTS, rows: facts }, { name: '各地', columns: PLACES, rows: places }])
    const name = `${one.title.zh}-${PART[input.part]}-${board.at}.${input.format}`
    const mediaType = input.format === 'csv' ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    const file = await context.tx((tx) => context.files.save(tx, { name, mediaType, kind: 'export', content: Buffer.concat(parts) }))
    return { fileId: file.id, name: file.name, rows: rows.length }
  }),
]
