/** From a department's file to a work list. Long parts are tasks; an action only checks and starts them. */
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { eldersByIds, prepareContext } from '../elders/public.ts'
import { fileInfo } from '../imports/public.ts'
import { regionNames } from '../regions/public.ts'
import * as c from './contract.ts'
import type { Setup, SheetView } from './contract.ts'
import type { ExportInput } from './jobs-export.ts'
import type { RunInput } from './jobs-inspect.ts'
import { schemaOf } from './rules-fields.ts'
import { SOURCE_LIST } from './rules-sources.ts'
import { decisionsFor, sayCode } from './rules.ts'
import { agreedPart, countRows, groupsOf, rowsOf } from './store-rows.ts'
import { viewsOf } from './store-views.ts'
import { addRun, changeRun, headsOf, openSheets, recentRuns, runById, settlementsOf } from './store.ts'

export const doListSources: Does<typeof c.listSources> = async (tx) => ({
  sources: SOURCE_LIST.map(({ id, title, list, complete, columns }) => ({
    id, title, list, complete,
    columns: schemaOf(id, prepareContext(tx).dictionary, tx.today).fields.map((field) => ({ id: field.id, label: { zh: field.label, en: field.labelEn ?? field.label }, required: field.required === true, means: columns.find((one) => one.id === field.id)?.means ?? null })),
  })),
})

export const doInspect: Does<typeof c.inspectList> = async (tx, { source, fileId }) => {
  const file = await fileInfo(tx, fileId)
  if (!file) return refuse('matching.file-not-found')
  const runId = await addRun(tx, source, file)
  const taskId = tx.startTask('matching.inspect', { runId } satisfies RunInput)
  await changeRun(tx, runId, { taskId })
  tx.note({ subjectId: runId, region: tx.actor.region, what: 'matching' })
  return { runId, taskId }
}

export const doListRuns: Does<typeof c.listRuns> = async (tx, { limit }) => ({ runs: await headsOf(tx, await recentRuns(tx, limit)) })

export const doSeeRun: Does<typeof c.seeRun> = async (tx, { runId }) => {
  const run = await runById(tx, runId)
  if (!run) return refuse('matching.not-found')
  const sheets = openSheets(tx, run)
  const groups = run.state === 'done' ? await groupsOf(tx, runId) : []
  return {
    ...(await headsOf(tx, [run]))[0]!, sheets, setup: run.setup, suggested: suggest(tx, sheets), failure: run.failure,
    groups: groups.map((one) => ({ ...one, title: sayCode(one.code), decisions: decisionsFor(one.kind, { takes: true, clear: false, code: one.code }) })),
    settlements: await settlementsOf(tx, runId, 50),
  }
}

/** The sheet with the most rows that has names, with the columns as guessed. */
function suggest(tx: Tx, sheets: readonly SheetView[]): Setup | null {
  const [best] = sheets.filter((sheet) => sheet.table !== null && sheet.columns.some((one) => one.field === 'name')).toSorted((a, b) => b.rows - a.rows)
  return best ? { sheet: best.index, headingRows: best.table!.headingRows, choices: choicesOf(best), place: tx.actor.region, listDay: tx.today } : null
}

/** Columns of a department that say nothing here are many: what was not guessed is left out and shown as left out. */
function choicesOf(sheet: SheetView): (string | null)[] {
  const choices: (string | null)[] = []
  for (const one of sheet.columns) choices[one.column] = one.field ?? (one.why === 'undecided' ? null : 'skip')
  return Array.from(choices, (choice) => choice ?? null)
}

export const doStart: Does<typeof c.startRun> = async (tx, { runId, setup }) => {
  const run = await runById(tx, runId, true)
  if (!run) return refuse('matching.not-found')
  if (run.state !== 'inspected') return refuse('matching.wrong-state', { state: run.state })
  const sheet = openSheets(tx, run).find((one) => one.index === setup.sheet)
  if (!sheet?.table) return refuse('matching.sheet-unknown')
  const open = sheet.columns.filter((one) => (setup.choices[one.column] ?? null) === null && one.why !== 'empty')
  if (open.length > 0) return refuse('matching.columns-undecided', { columns: open.map((one) => one.letter).join('、') })
  const fields = setup.choices.flatMap((choice) => (choice === null || choice === 'skip' ? [] : [choice]))
  const known = new Set(schemaOf(run.source, prepareContext(tx).dictionary, tx.today).fields.map((field) => field.id))
  const stranger = fields.find((field) => !known.has(field))
  if (stranger !== undefined) return refuse('matching.field-unknown', { field: stranger })
  const twice = fields.find((field, i) => fields.indexOf(field) !== i)
  if (twice !== undefined) return refuse('matching.field-twice', { field: twice })
  if (!fields.includes('name')) return refuse('matching.name-column-missing')
  if (!tx.actor.prefixes.some((prefix) => setup.place.startsWith(prefix))) return refuse('matching.place-outside')
  const taskId = tx.startTask('matching.run', { runId } satisfies RunInput)
  await changeRun(tx, runId, { state: 'matching', setup, taskId, failure: null })
  return { runId, taskId }
}

export const doListRows: Does<typeof c.listRows> = async (tx, { after, limit, purpose, ...filter }) => {
  const rows = await rowsOf(tx, filter, after ?? null, limit + 1)
  const page = rows.slice(0, limit)
  return { rows: await viewsOf(tx, page, purpose ?? null), total: await countRows(tx, filter), next: rows.length > limit ? page.at(-1)!.id : null }
}

export const doListAgreed: Does<typeof c.listAgreed> = async (tx, { runId, after }) => {
  const run = await runById(tx, runId)
  if (!run) return refuse('matching.not-found')
  const part = /^\d{1,6}$/.test(after ?? '') ? Number(after) : 0
  const found = await agreedPart(tx, runId, part)
  const people = new Map((await eldersByIds(tx, found?.elderIds ?? [])).map((one) => [one.id, one]))
  const places = await regionNames(tx, [...people.values()].map((one) => one.region))
  const rows = (found?.rows ?? []).flatMap((row, i) => {
    const person = people.get(found!.elderIds[i]!)
    return person ? [{ row, elderId: person.id, name: person.name, place: places.get(person.region)?.full ?? person.region }] : []
  })
  return { rows, total: run.tally?.agreed ?? 0, next: (await agreedPart(tx, runId, part + 1)) ? String(part + 1) : null }
}

export const doExport: Does<typeof c.exportRows> = async (tx, input) => {
  const run = await runById(tx, input.runId)
  if (!run) return refuse('matching.not-found')
  tx.note({ subjectId: run.id, region: run.region, what: 'matchingRows', purpose: input.purpose })
  return { taskId: tx.startTask('matching.export', input satisfies ExportInput) }
}
