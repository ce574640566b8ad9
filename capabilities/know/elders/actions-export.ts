/** Lists as files: the same people and the same masks as on the screen, with a line who took it, when and what for. */
import type { TaskContext } from '@songbai/platform/schedule'
import type { Does, Tx } from '@songbai/platform/tx'
import { exportCsv, exportXlsx, type OutCell, type OutColumn } from '@songbai/sheets'
import type * as z from 'zod'
import { doList } from './actions-see.ts'
import { exportElders, listElders, type ElderRow } from './contract.ts'
import { shown } from './rules-facts.ts'
import { dictionary } from './store-dictionary.ts'

export type ExportInput = z.output<typeof exportElders.input>

const PAGE = 500

export const doExport: Does<typeof exportElders> = async (tx, input) => {
  tx.note({ subjectId: tx.actor.id, region: tx.actor.region, what: 'list', purpose: input.purpose })
  return { taskId: tx.startTask('elders.export', input) }
}

const COLUMNS: readonly OutColumn[] = [
  { title: '姓名' }, { title: '性别' }, { title: '出生日期', kind: 'day' }, { title: '周岁', kind: 'whole' }, { title: '身份证号', width: 22 }, { title: '电话', width: 16 }, { title: '村（社区）', width: 28 }, { title: '类别', width: 36 }, { title: '能力等级' }, { title: '状态' }, { title: '备注' },
]
const STATUS = { active: '在册', dead: '已故', movedOut: '已迁出', merged: '已合并', undone: '已撤销' } as const

/** Pages of the list, one short transaction each. */
export async function exportList(context: TaskContext<ExportInput>): Promise<unknown> {
  const { format, purpose, ...filter } = context.input
  const parts: Uint8Array[] = []
  const sink = async (bytes: Uint8Array): Promise<void> => void parts.push(bytes)
  const head = await context.tx(async (tx) => ({ name: `老人名单 ${tx.today}`, by: `${tx.actor.name} ${tx.today} 导出，用途：${purpose}` }))
  let count = 0
  const rows = async function* (): AsyncGenerator<OutCell[]> {
    for await (const row of pages(context, filter, (done) => void (count = done))) yield row
    if (format === 'csv') yield [head.by]
  }
  if (format === 'csv') await exportCsv(sink, { columns: COLUMNS, rows: rows() })
  else await exportXlsx(sink, [{ name: '老人名单', title: head.by, columns: COLUMNS, rows: rows() }])
  const mediaType = format === 'csv' ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const file = await context.tx((tx) => context.files.save(tx, { name: `${head.name}.${format}`, mediaType, kind: 'export', content: Buffer.concat(parts) }))
  return { fileId: file.id, name: file.name, rows: count }
}

async function* pages(context: TaskContext<ExportInput>, filter: Omit<ExportInput, 'format' | 'purpose'>, counted: (done: number) => void): AsyncGenerator<OutCell[]> {
  let after: string | undefined
  let done = 0
  do {
    if (await context.cancelled()) return
    const input = listElders.input.parse({ ...filter, sort: 'place', limit: PAGE, ...(after === undefined ? {} : { after }) })
    const page = await context.tx((tx: Tx) => doList(tx, input))
    if ('refused' in page) return
    for (const row of page.rows) yield cellsOf(row)
    done += page.rows.length
    counted(done)
    await context.progress(done, page.total)
    after = page.next ?? undefined
  } while (after !== undefined)
}

function cellsOf(row: ElderRow): OutCell[] {
  const { facts, categories } = dictionary()
  const label = (id: string): string => categories.categories.find((one) => one.id === id)?.label.zh ?? categories.umbrella.label.zh
  const level = row.abilityLevel === null ? '' : shown(facts, 'abilityLevel', row.abilityLevel, (code) => code).zh
  return [row.name, row.sex === null ? '' : row.sex === 'male' ? '男' : '女', row.birthDay ?? row.birthMonth, row.age, row.idMasked, row.phoneMasked, row.place, row.categories.map(label).join('、'), level, STATUS[row.status], row.synthetic ? '虚构' : '']
}
