import { exportCsv, exportXlsx, type OutCell, type OutColumn } from '@songbai/sheets'
import { task } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import type * as z from 'zod'
import { assumed, figuresOf, hits, monthsAhead, personRows, read, tryOn, type Tried } from './actions-trial.ts'
import type { exportTrial, Group, PersonRow } from './contract.ts'

type ExportInput = z.output<(typeof exportTrial)['input']>
interface Sheet {
  readonly name: string
  readonly columns: readonly OutColumn[]
  readonly rows: OutCell[][]
}

const GROUP_ZH: Record<Group, string> = { newly: '新增', raised: '提高', lowered: '降低', dropped: '不再享受', unchanged: '不变' }

async function triedIn(tx: Tx, input: ExportInput): Promise<Tried> {
  const found = await tryOn(tx, await read(tx, input), input)
  if (found === null) throw new Error('文本和现行规则合不到一起，没有导出。请回到编辑页改好再导。')
  return found
}

/** What a finance clerk reads: the sum, places, months, and what was assumed. */
async function sheetsOf(tx: Tx, found: Tried, input: ExportInput): Promise<Sheet[]> {
  const figures = await figuresOf(tx, found, input)
  const months = await monthsAhead(tx, found, input, 12, input.takeUpPercent)
  const { groups } = figures
  const lines: [string, OutCell][] = [
    ['政策', found.policy.title.zh], ['按哪天试算', figures.at], ['人数', figures.population], ['现行应享人数', figures.entitledBefore], ['改后应享人数', figures.entitledAfter], ...(Object.keys(GROUP_ZH) as Group[]).map((one): [string, OutCell] => [GROUP_ZH[one], groups[one]]),
    ...assumed(found.policy, input.uses, input.takeUpPercent).map((one): [string, OutCell] => ['说明', one.zh]),
  ]
  const money: OutColumn[] = [{ title: '现行（元）', kind: 'fen' }, { title: '改后（元）', kind: 'fen' }, { title: '增减（元）', kind: 'fen' }]
  const fen = (one: { beforeFen: number; afterFen: number }): OutCell[] => [one.beforeFen, one.afterFen, one.afterFen - one.beforeFen]
  return [
    { name: '说明', columns: [{ title: '项目', width: 20 }, { title: '值', width: 60 }], rows: lines.map((one) => [...one]) },
    { name: '各乡镇', columns: [{ title: '区划代码', width: 16 }, { title: '乡镇（街道）', width: 24 }, { title: '人数', kind: 'whole' }, ...money, { title: '受益人数', kind: 'whole' }, { title: '受损人数', kind: 'whole' }], rows: [...figures.townships.map((one): OutCell[] => [one.code, one.name, one.people, ...fen(one), one.winners, one.losers]), ['', '合计', figures.population, ...fen(figures), groups.newly + groups.raised, groups.lowered + groups.dropped]] },
    { name: '往后12个月', columns: [{ title: '月份' }, ...money], rows: months.map((one) => [one.month, ...fen(one)]) },
  ]
}

const NAMES: readonly OutColumn[] = [{ title: '姓名' }, { title: '年龄', kind: 'whole' }, { title: '居住地', width: 28 }, { title: '情况', width: 50 }, { title: '变化' }, { title: '现行' }, { title: '改后' }]
const nameCells = (row: PersonRow): OutCell[] => [row.name, row.age, row.place, row.facts.zh, GROUP_ZH[row.group], row.before.text.zh, row.after.text.zh]

const SLICE = 200

export const tasks = [
  task<ExportInput>('lab.export', async (context) => {
    const { input } = context
    // One walk over one state of the people; only the names are read slice by slice.
    const [found, sheets] = await context.tx(async (tx) => { const one = await triedIn(tx, input); return [one, await sheetsOf(tx, one, input)] as const })
    const listed = input.names ? (['winners', 'losers'] as const).flatMap((group) => [...hits(found, input.uses, { group })]) : []
    const people: PersonRow[] = []
    for (let from = 0; from < listed.length; from += SLICE) {
      people.push(...(await context.tx((tx) => personRows(tx, found, listed.slice(from, from + SLICE), false))))
      await context.progress(Math.min(from + SLICE, listed.length), listed.length)
      if (await context.cancelled()) return null
    }
    if (input.names) sheets.push({ name: '受益和受损名单', columns: NAMES, rows: people.map(nameCells) })
    const parts: Uint8Array[] = []
    const sink = (part: Uint8Array): void => void parts.push(part)
    // A text file holds one table: the names when they were asked for, else the places.
    const single = sheets[input.names ? sheets.length - 1 : 1]
    if (input.format === 'csv' && single) await exportCsv(sink, { columns: single.columns, rows: single.rows })
    else await exportXlsx(sink, sheets)
    if (await context.cancelled()) return null
    const mediaType = input.format === 'csv' ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    const file = await context.tx((tx) => context.files.save(tx, { name: `政策试算${input.at ? `-${input.at}` : ''}.${input.format}`, mediaType, kind: 'export', content: Buffer.concat(parts) }))
    return { fileId: file.id, name: file.name, rows: input.names ? people.length : (sheets[1]?.rows.length ?? 0) }
  }),
]
