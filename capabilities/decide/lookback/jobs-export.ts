/** The named list as a file, with who took it and what for. */
import type { TaskContext } from '@songbai/platform/schedule'
import { exportXlsx, type OutCell, type OutColumn } from '@songbai/sheets'
import { viewsOf } from './actions.ts'
import type { SpellView } from './contract.ts'
import { CODE_WORDS, KIND_WORDS, STATE_WORDS } from './rules-words.ts'
import type { Kind } from './rules.ts'
import { countSpells, scanById, spellsOf, type SpellFilter } from './store.ts'

export interface ExportInput {
  readonly scanId: string
  readonly kind?: Kind | undefined
  readonly item?: string | undefined
  readonly purpose: string
}

const PAGE = 500
const COLUMNS: readonly OutColumn[] = [{ title: '姓名' }, { title: '村（社区）', width: 28 }, { title: '事项', width: 28 }, { title: '哪一种', width: 20 }, { title: '从' }, { title: '到' }, { title: '月数', kind: 'whole' }, { title: '金额（元）' }, { title: '不知道款额的月数', kind: 'whole' }, { title: '为什么', width: 28 }, { title: '依据', width: 60 }, { title: '金额示例' }, { title: '现在' }]

export async function exportList(context: TaskContext<ExportInput>): Promise<unknown> {
  const { scanId, kind, item, purpose } = context.input
  const filter: SpellFilter = { scanId, kind, item, states: ['open', 'handed', 'closed', 'dismissed'] }
  const head = await context.tx(async (tx) => ({ scan: (await scanById(tx, scanId))!, total: (await countSpells(tx, filter)).total, by: `${tx.actor.name} ${tx.today} 导出，用途：${purpose}` }))
  const parts: Uint8Array[] = []
  let count = 0
  const rows = async function* (): AsyncGenerator<OutCell[]> {
    let after: { fen: number; id: string } | null = null
    do {
      if (await context.cancelled()) return
      const from: typeof after = after
      const page: SpellView[] = await context.tx(async (tx): Promise<SpellView[]> => viewsOf(tx, head.scan, await spellsOf(tx, filter, from, PAGE)))
      for (const one of page) yield cellsOf(one)
      count += page.length
      await context.progress(count, head.total)
      const last: SpellView | undefined = page.at(-1)
      after = page.length < PAGE || !last ? null : { fen: last.sumFen, id: last.id }
    } while (after !== null)
  }
  await exportXlsx(async (bytes) => void parts.push(bytes), [{ name: '往回查', title: `${head.scan.from} 至 ${head.scan.to}。${head.by}`, columns: COLUMNS, rows: rows() }])
  const name = `往回查 ${head.scan.from} 至 ${head.scan.to}.xlsx`
  const file = await context.tx((tx) => context.files.save(tx, { name, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', kind: 'export', content: Buffer.concat(parts) }))
  return { fileId: file.id, name, rows: count }
}

function cellsOf(one: SpellView): OutCell[] {
  return [one.name, one.place, one.itemTitle.zh, KIND_WORDS[one.kind].zh, one.from, one.to, one.months, (one.sumFen / 100).toFixed(2), one.unpriced, CODE_WORDS[one.code]?.zh ?? '', one.clauses.map((clause) => clause.text.zh).join('；'), one.sample ? '示例' : '', STATE_WORDS[one.state].zh]
}
