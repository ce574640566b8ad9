import { addMonths, ageOn, lastOfMonth } from '@songbai/calendar'
import { explainDifference, statusOf } from '@songbai/indicators'
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { prefixOf } from '../../common.ts'
import { clausesShown } from '../../decide/policies/public.ts'
import type { PopulationView } from '../../decide/entitlements/public-population.ts'
import { eldersByIds } from '../../know/elders/public.ts'
import { regionNames } from '../../know/regions/public.ts'
import { resources } from '../../resources.ts'
import { figures, indicators, measureAll, treeOf, viewOf, type Known, type Question } from './actions-measure.ts'
import type { exportRows, seeBoard, seeDifference, seeRows, seeTrend } from './contract.ts'
import { countsTheGone, GONE_COUNT_TOO, inPart, targetShown, trendDays, type Measured, type Part } from './rules.ts'

function words(known: Known, status: 'met' | 'behind' | 'noTarget' | 'noData') {
  const { packs } = resources()
  const { data, target, definition } = known
  const note = countsTheGone(data) ? { zh: `${data.note?.zh ?? ''}${GONE_COUNT_TOO.zh}`, en: `${data.note ? `${data.note.en} ` : ''}${GONE_COUNT_TOO.en}` } : (data.note ?? null)
  const clauses = clausesShown(packs, data.clauses.map((clause) => ({ id: clause, doc: clause.split('/')[0]!, clause })))
  return {
    id: data.id, title: data.label, unit: data.unit, better: data.better, numeratorWords: pair(data.numerator), denominatorWords: data.denominator ? pair(data.denominator) : null,
    note, base: packs.indicators.base, sample: data.sample === true, clauses, target: targetShown(target, definition.target), status,
  }
}

const pair = (side: { zh: string; en: string }) => ({ zh: side.zh, en: side.en })

export const doBoard: Does<typeof seeBoard> = async (tx, input) => {
  const view = await viewOf(tx, input)
  const tree = await treeOf(tx, input.place, view.at)
  const names = await regionNames(tx, [tree.root], view.at)
  const known = indicators()
  const measured = measureAll(view, known)
  return {
    at: view.at, knownOn: view.knownOn, place: { code: tree.root, name: names.get(tree.root)?.name ?? '' }, path: (names.get(tree.root)?.path ?? []).map(({ code, name }) => ({ code, name })),
    indicators: known.map((one, i) => {
      const { engine, ...figure } = figures(one, measured[i]!, tree, view.at)
      return { ...words(one, statusOf(one.definition, engine, view.at).status), ...figure }
    }),
  }
}

function find(id: string): Known | undefined {
  return indicators().find((one) => one.data.id === id)
}

/** [I7] Each point is the place as it was at the end of a month by what is known now; the last is the day asked. */
export const doTrend: Does<typeof seeTrend> = async (tx, input) => {
  const known = find(input.indicator)
  if (!known) return refuse('indicators.not-found')
  const points = []
  for (const at of trendDays(input.at ?? tx.today, input.months, lastOfMonth, addMonths)) {
    const view = await viewOf(tx, { place: input.place, at })
    const { numerator, denominator, unknown, value } = figures(known, measureAll(view, [known])[0]!, { root: input.place ?? tx.actor.region, children: [] }, at)
    points.push({ at, numerator, denominator, unknown, value })
  }
  return { points }
}

interface Found {
  readonly view: PopulationView
  readonly measured: Measured
  /** In the order of region and id. */
  readonly indexes: readonly number[]
}

async function findRows(tx: Tx, known: Known, part: Part, question: Question & { readonly unplaced?: boolean | undefined }): Promise<Found> {
  const view = await viewOf(tx, question)
  const below = question.unplaced ? (await treeOf(tx, question.place, view.at)).children.map((child) => prefixOf(child.code)) : []
  const placed = (i: number): boolean => below.some((prefix) => view.regions[i]!.startsWith(prefix))
  const measured = measureAll(view, [known])[0]!
  const inside = view.ids.map((_, i) => i).filter((i) => inPart(measured, i, part) && !placed(i))
  const key = (i: number): string => `${view.regions[i]!} ${view.ids[i]!}`
  return { view, measured, indexes: inside.sort((a, b) => (key(a) < key(b) ? -1 : 1)) }
}

export interface Row {
  readonly elderId: string
  readonly name: string
  readonly age: number | null
  readonly place: string
  readonly detail: { zh: string; en: string } | null
  readonly idMasked: string | null
}

/** Rows of some people, through the registry: nobody outside the actor's scope has one. */
export async function rowsOf(tx: Tx, known: Known, part: Part, { view }: Found, indexes: readonly number[], question: Question): Promise<Row[]> {
  const people = new Map((await eldersByIds(tx, indexes.map((i) => view.ids[i]!), { at: view.at, ...(question.knownOn ? { knownOn: question.knownOn } : {}) })).map((one) => [one.id, one]))
  const names = await regionNames(tx, [...new Set(indexes.map((i) => view.regions[i]!))], view.at)
  return indexes.flatMap((i) => {
    const one = people.get(view.ids[i]!)
    if (!one) return []
    return [{ elderId: one.id, name: one.name, age: one.birthDay === null ? null : ageOn(one.birthDay, view.at), place: names.get(view.regions[i]!)?.full ?? '', detail: detailOf(known, part, view, i), idMasked: one.idMasked }]
  })
}

/** What to say beside a name: the items behind a result, or the facts that are missing. */
function detailOf(known: Known, part: Part, view: PopulationView, i: number): { zh: string; en: string } | null {
  const { state } = known.data.numerator
  const said = state !== undefined && part === 'numerator' ? view.itemsOf(i, state) : part === 'unknown' ? [...known.denominator, ...known.numerator].flatMap((condition) => view.missing(i, condition)) : []
  const once = [...new Map(said.map((one) => [one.zh, one])).values()]
  return once.length === 0 ? null : { zh: once.map((one) => one.zh).join('、'), en: once.map((one) => one.en).join(', ') }
}

export async function pageOf(tx: Tx, input: Question & { readonly indicator: string; readonly part: Part; readonly unplaced?: boolean | undefined; readonly after?: string | undefined; readonly limit: number }) {
  const known = find(input.indicator)
  if (!known) return null
  const found = await findRows(tx, known, input.part, input)
  const { view, indexes, measured } = found
  const from = input.after === undefined ? 0 : indexes.findIndex((i) => `${view.regions[i]!} ${view.ids[i]!}` > input.after!)
  const page = from < 0 ? [] : indexes.slice(from, from + input.limit)
  const last = page.at(-1)
  const more = from >= 0 && from + input.limit < indexes.length && last !== undefined
  const { weight } = measured.membership
  return { rows: await rowsOf(tx, known, input.part, found, page, input), total: indexes.length, results: weight ? indexes.reduce((sum, i) => sum + weight[i]!, 0) : indexes.length, next: more ? `${view.regions[last]!} ${view.ids[last]!}` : null }
}

export const doRows: Does<typeof seeRows> = async (tx, input) => (await pageOf(tx, input)) ?? refuse('indicators.not-found')

const MAX_NAMES = 1000

/** [I8] Both days by what is known now. Who changed, who came and who went account for the whole difference; the engine sums them again. */
export const doDifference: Does<typeof seeDifference> = async (tx, input) => {
  const known = find(input.indicator)
  if (!known) return refuse('indicators.not-found')
  const region = prefixOf(input.place ?? tx.actor.region)
  const measured = async (at: string) => {
    const view = await viewOf(tx, { place: input.place, at })
    return { at, ...measureAll(view, [known])[0]! }
  }
  const [a, b] = [await measured(input.from), await measured(input.to)]
  // A sum has no denominator, yet its people stand in a base: whether somebody changed or came shows only against it.
  const definition = { ...known.definition, unit: 'ratio' as const, denominator: known.definition.denominator ?? known.definition.numerator }
  const found = explainDifference(definition, { membership: a.membership, region }, { membership: b.membership, region })
  const sum = known.definition.unit === 'count'
  const counted = (one: { inNumerator: boolean }): boolean => !sum || one.inNumerator
  const entered = [...found.gained, ...found.weightChanged.filter((one) => one.to > one.from && one.from > 0).map((one) => one.id)]
  const left = [...found.lost, ...found.weightChanged.filter((one) => one.to < one.from && one.to > 0).map((one) => one.id)]
  const cameIn = found.entered.filter(counted).map((one) => one.id)
  const wentOut = found.left.filter(counted).map((one) => one.id)
  const figure = ({ at, ...one }: Measured & { at: string }) => {
    const { numerator, denominator, unknown, value } = figures(known, one, { root: input.place ?? tx.actor.region, children: [] }, at)
    return { numerator, denominator, unknown, value }
  }
  return { before: figure(a), after: figure(b), entered, left, cameIn, wentOut, names: await namesOf(tx, [...new Set([...entered, ...left, ...cameIn, ...wentOut])].slice(0, MAX_NAMES)) }
}

async function namesOf(tx: Tx, ids: readonly string[]) {
  const people = await eldersByIds(tx, ids)
  const names = await regionNames(tx, people.map((one) => one.region))
  return people.map((one) => ({ elderId: one.id, name: one.name, place: names.get(one.region)?.full ?? '' }))
}

/** Written in the log with its purpose before the first row is read. */
export const doExport: Does<typeof exportRows> = async (tx, input) => {
  if (!find(input.indicator)) return refuse('indicators.not-found')
  const taskId = tx.startTask('indicators.export', input)
  tx.note({ subjectId: taskId, region: input.place ?? tx.actor.region, what: 'indicatorRows', purpose: input.purpose })
  return { taskId }
}

