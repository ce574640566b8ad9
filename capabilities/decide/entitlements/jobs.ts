import { exportCsv, exportXlsx, type OutCell, type OutColumn } from '@songbai/sheets'
import { addDays } from '@songbai/calendar'
import { every, on, task } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import type * as z from 'zod'
import { BatchUndone, ElderDied, ElderMoved, ElderRegistered, EldersImported, EldersMerged, EldersSplit, FactsRecorded, IdentityCorrected } from '../../know/elders/contract.ts'
import { pageOf } from './actions.ts'
import { EntitlementsChanged, STANDINGS, type exportResults, type ResultRow, type Standing } from './contract.ts'
import { ask, lawFor, peopleWithFacts, standingsOf } from './store-people.ts'
import { compareMemory, countImport, keepUp } from './store.ts'
import { openCases } from '../../know/work/public.ts'
import { DRIFT } from './rules-cases.ts'

const isEntitled = (standing: Standing | null | undefined): boolean => standing === 'entitledNotEnjoying' || standing === 'entitledEnjoying'

/** Items each of these people is entitled to, by facts as known today or on an earlier day. */
async function entitledItems(tx: Tx, ids: readonly string[], knownOn?: string): Promise<Map<string, { readonly region: string; readonly items: readonly string[] }>> {
  const out = new Map<string, { region: string; items: string[] }>()
  for (const [id, person] of await peopleWithFacts(tx, ids, { at: tx.today, knownOn })) {
    const law = await lawFor(tx, person.elder.region)
    const { codes } = standingsOf(law, person, tx.today)
    out.set(id, { region: person.elder.region, items: law.set.items.filter((_, j) => isEntitled(codes[j])) })
  }
  return out
}

/** What was last told about a person by this program; the state as known the evening before stands in for what was never told. */
const told = new WeakMap<object, Map<string, readonly string[]>>()
const MAX_TOLD = 50_000

/** [J1] After a change each person's entitlements are compared with those told last; what became and what ended is told on, once. */
async function tell(tx: Tx, ids: readonly string[]): Promise<void> {
  const last = told.get(tx.secrets) ?? new Map<string, readonly string[]>()
  told.set(tx.secrets, last)
  const strangers = ids.filter((id) => !last.has(id))
  const before = strangers.length === 0 ? new Map<string, { readonly items: readonly string[] }>() : await entitledItems(tx, strangers, addDays(tx.today, -1))
  for (const [id, { region, items }] of await entitledItems(tx, ids)) {
    const old = last.get(id) ?? before.get(id)?.items ?? []
    const [became, ended] = [items.filter((item) => !old.includes(item)), old.filter((item) => !items.includes(item))]
    if (became.length + ended.length > 0) tx.emit(EntitlementsChanged, { elderId: id, became, ended }, region)
    last.set(id, items)
  }
  while (last.size > MAX_TOLD) last.delete(last.keys().next().value!)
}

async function changed(tx: Tx, ids: readonly string[]): Promise<void> {
  await keepUp(tx, ids)
  await tell(tx, ids)
}

/** Thousands at once: nobody is told about each of them, the populations are read again. */
async function manyChanged(tx: Tx, ids: readonly string[], region: string): Promise<void> {
  await countImport(tx, region)
  await keepUp(tx, ids)
}

/** [J2] Those who cross a threshold by the calendar alone: yesterday's answers beside today's. */
async function overnight(tx: Tx, today: string): Promise<void> {
  const [now, before] = [await ask(tx, { at: today }), await ask(tx, { at: addDays(today, -1) })]
  now.spans.forEach(({ block, view, lo, hi }, s) => {
    const old = before.spans[s]!.view
    for (let i = lo; i < hi; i++) {
      const [became, ended]: [string[], string[]] = [[], []]
      view.set.items.forEach((item, j) => {
        const [was, is] = [old.codes[j]![i]! <= 1, view.codes[j]![i]! <= 1]
        if (was !== is) (is ? became : ended).push(item)
      })
      if (became.length + ended.length > 0) tx.emit(EntitlementsChanged, { elderId: block.population.ids[i]!, became, ended }, block.population.regions[i]!)
    }
  })
}

/** [J3] At night memory is held against the database. A difference is a mistake of the program: the memory is read anew, and a case stays until somebody has seen it. */
async function compareOvernight(tx: Tx, today: string): Promise<void> {
  const { differing } = await compareMemory(tx)
  await openCases(tx, differing.map((prefix) => ({
    type: DRIFT.id, key: `${prefix} ${today}`, region: prefix.padEnd(12, '0'), titleArgs: { day: today },
    evidence: { zh: `${today}夜间核对：内存中的人员事实与数据库不一致，已重新读入`, en: `Night check of ${today}: facts in memory differed from the database and were read anew` }, link: '/entitlements',
  })))
}

export const jobs = [
  on(FactsRecorded, 'work out anew whose facts changed', (tx, { elderId }) => changed(tx, [elderId])),
  on(ElderRegistered, 'work out who is new', (tx, { elderId }) => changed(tx, [elderId])),
  on(IdentityCorrected, 'work out anew who was corrected', (tx, { elderId }) => changed(tx, [elderId])),
  on(ElderDied, 'work out anew after a death', (tx, { elderId }) => changed(tx, [elderId])),
  on(ElderMoved, 'work out anew after a move', (tx, { elderId }) => changed(tx, [elderId])),
  on(EldersMerged, 'work out anew after a merge', (tx, { keepId, dropId }) => changed(tx, [keepId, dropId])),
  on(EldersSplit, 'work out anew after a split', (tx, { keepId, dropId }) => changed(tx, [keepId, dropId])),
  on(EldersImported, 'take imported people into account', (tx, { elderIds }, meta) => manyChanged(tx, elderIds, meta.region)),
  on(BatchUndone, 'take an undone batch into account', (tx, { elderIds }, meta) => manyChanged(tx, elderIds, meta.region)),
  every('day', 'tell of those who cross a threshold by the calendar', overnight),
  every('day', 'hold the people in memory against the database', compareOvernight),
]

type ExportInput = z.output<(typeof exportResults)['input']>

const COLUMNS: readonly OutColumn[] = [{ title: '姓名' }, { title: '身份证号（遮盖）', width: 22 }, { title: '年龄', kind: 'whole' }, { title: '居住地', width: 24 }, { title: '待遇', width: 28 }, { title: '结论', width: 16 }, { title: '金额（元）', kind: 'fen' }, { title: '理由', width: 60 }, { title: '缺什么', width: 30 }, { title: '哪天变化', kind: 'day' }]
const STANDING_ZH: Record<(typeof STANDINGS)[number], string> = { entitledEnjoying: '应享已享', entitledNotEnjoying: '应享未享', enjoyingNotEntitled: '不符合仍在享受', unknown: '待定', notYet: '尚未到时候', no: '不符合' }

function cellsOf(row: ResultRow): OutCell[] {
  return [row.name, row.idMasked, row.age, row.place, row.itemTitle.zh, STANDING_ZH[row.standing], row.amountFen, row.because.zh, row.missing.map((one) => one.label.zh).join('、'), row.turnsOn]
}

export const tasks = [
  task<ExportInput>('entitlements.export', async (context) => {
    const rows: ResultRow[] = []
    let after: string | undefined
    do {
      const page = await context.tx((tx) => pageOf(tx, { ...context.input, limit: 200, after }))
      rows.push(...page.rows)
      await context.progress(rows.length, page.total)
      after = page.next ?? undefined
    } while (after !== undefined && !(await context.cancelled()))
    const parts: Uint8Array[] = []
    const sink = (part: Uint8Array): void => void parts.push(part)
    const cells = rows.map(cellsOf)
    if (context.input.format === 'csv') await exportCsv(sink, { columns: COLUMNS, rows: cells })
    else await exportXlsx(sink, [{ name: '谁该享受什么', columns: COLUMNS, rows: cells }])
    const name = `谁该享受什么-${context.input.at ?? ''}.${context.input.format}`.replace('-.', '.')
    const mediaType = context.input.format === 'csv' ? 'text/csv' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    const file = await context.tx((tx) => context.files.save(tx, { name, mediaType, kind: 'export', content: Buffer.concat(parts) }))
    return { fileId: file.id, name: file.name, rows: rows.length }
  }),
]
