/** Lists out: the rows that remain, and people proposed for registering as an import somebody looks through. */
import type { TaskContext } from '@songbai/platform/schedule'
import { exportXlsx, type OutCell, type OutColumn } from '@songbai/sheets'
import { startImport } from '../imports/public.ts'
import type { RowKind, RowView } from './contract.ts'
import { sayCode, sourceTitle } from './rules.ts'
import { rowsOf, rowsOfSettlement, type StoredRow } from './store-rows.ts'
import { viewsOf } from './store-views.ts'
import { runById, setBatch, settlementById } from './store.ts'

export interface ExportInput {
  readonly runId: string
  readonly kind?: RowKind | undefined
  readonly purpose: string
}

export interface ProposeInput {
  readonly settlementId: string
}

const PAGE = 200
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const COLUMNS: readonly OutColumn[] = [
  { title: '对方行号', kind: 'whole' }, { title: '哪一种', width: 28 }, { title: '对方姓名' }, { title: '对方身份证号', width: 22 }, { title: '对方出生日期' }, { title: '对方住处', width: 28 },
  { title: '这里姓名' }, { title: '这里身份证号', width: 22 }, { title: '这里出生日期' }, { title: '这里住处', width: 28 }, { title: '不一样的地方', width: 48 }, { title: '现在' },
]
const KIND = { different: '值不一样', possible: '可能是同一个人', onlyOurs: '只有这里有', onlyTheirs: '只有对方有', twice: '对方写了两次', unreadable: '没有姓名' } as const

/** Open rows and rows somebody asks about; ID numbers stay masked, the department's own row number leads back. */
export async function exportRemaining(context: TaskContext<ExportInput>): Promise<unknown> {
  const { runId, kind, purpose } = context.input
  const head = await context.tx(async (tx) => {
    const run = (await runById(tx, runId))!
    return { run, name: `比对未定 ${sourceTitle(run.source).zh} ${run.number}`, title: `${run.fileName}：还没定下的行。${tx.actor.name} ${tx.today} 导出，用途：${purpose}` }
  })
  const parts: Uint8Array[] = []
  let count = 0
  const rows = async function* (): AsyncGenerator<OutCell[]> {
    let after: string | null = null
    do {
      if (await context.cancelled()) return
      const from: string | null = after
      const page: RowView[] = await context.tx(async (tx): Promise<RowView[]> => viewsOf(tx, await rowsOf(tx, { runId, kind, states: ['open', 'waiting'] }, from, PAGE), purpose))
      for (const row of page) {
        const differences = row.differences.map((one) => `${one.label.zh}：对方${one.theirs.zh}，这里${one.ours.zh}`).join('；')
        yield [row.row, `${KIND[row.kind]}（${sayCode(row.codes[0] ?? '').zh}）`, row.theirs?.name ?? '', row.theirs?.idMasked ?? '', row.theirs?.birth ?? '', row.theirs?.place ?? '', row.ours?.name ?? '', row.ours?.idMasked ?? '', row.ours?.birth ?? '', row.ours?.place ?? '', differences, row.state === 'waiting' ? '村里在问' : '未定']
      }
      count += page.length
      await context.progress(count, count)
      after = page.length < PAGE ? null : page.at(-1)!.id
    } while (after !== null)
  }
  await exportXlsx(async (bytes) => void parts.push(bytes), [{ name: '未定的行', title: head.title, columns: COLUMNS, rows: rows() }])
  const file = await context.tx((tx) => context.files.save(tx, { name: `${head.name}.xlsx`, mediaType: XLSX, kind: 'export', content: Buffer.concat(parts) }))
  return { fileId: file.id, name: file.name, rows: count }
}

const LIST: readonly OutColumn[] = [{ title: '姓名' }, { title: '居民身份证号', width: 22 }, { title: '性别' }, { title: '出生日期' }, { title: '住处', width: 40 }]

/** The people become a list like any other: tried, looked through and committed by a person under 导入. */
export async function propose(context: Pick<TaskContext<unknown>, 'tx' | 'files'>, settlementId: string): Promise<unknown> {
  const settlement = (await context.tx((tx) => settlementById(tx, settlementId)))!
  // Nobody to propose, or proposed before this task was broken off.
  if (settlement.rows === 0 || settlement.batchId !== null) return { batchId: settlement.batchId, rows: settlement.rows }
  const rows = await context.tx((tx) => rowsOfSettlement(tx, settlementId, settlement.rows))
  const parts: Uint8Array[] = []
  await exportXlsx(async (bytes) => void parts.push(bytes), [{ name: '名单', columns: LIST, rows: rows.map(cellsOf) }])
  return context.tx(async (tx) => {
    const run = (await runById(tx, settlement.runId))!
    const file = await context.files.save(tx, { name: `比对提议登记 ${sourceTitle(run.source).zh} ${run.number}.xlsx`, mediaType: XLSX, kind: 'upload', content: Buffer.concat(parts) })
    const started = await startImport(tx, file.id)
    if (started) await setBatch(tx, settlementId, started.batchId)
    return { batchId: started?.batchId ?? null, rows: rows.length }
  })
}

export function proposeTask(context: TaskContext<ProposeInput>): Promise<unknown> {
  return propose(context, context.input.settlementId)
}

function cellsOf(row: StoredRow): OutCell[] {
  const { theirs } = row
  return [theirs?.name ?? '', theirs?.idNumber ?? '', theirs?.sex === 'male' ? '男' : theirs?.sex === 'female' ? '女' : '', theirs?.birth ?? '', theirs?.place ?? '']
}
