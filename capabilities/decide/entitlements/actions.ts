import { addDays, ageOn, dayNumber } from '@songbai/calendar'
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { prefixOf } from '../../common.ts'
import { childrenOf, regionExists, regionNames } from '../../know/regions/public.ts'
import type { exportResults, listResults, ResultRow, seeExplanation, seeFresh, seeMissing, seePerson, seeSummary } from './contract.ts'
import { STANDINGS } from './contract.ts'
import { countItems, countMissing, countPeople, hits, isAfter, markOf, noCounts, type Hit } from './rules-count.ts'
import { missingShown } from './rules-explain.ts'
import { ask, explainerOf, headOf, lawFor, peopleWithFacts, SOON_DAYS, type Asked, type Explainer, type PersonFacts } from './store-people.ts'

type HeadWords = ReturnType<typeof headOf>

/** Titles and bases as they hold in the place asked about. */
async function headsIn(tx: Tx, asked: Asked, place: string): Promise<Map<string, HeadWords>> {
  const heads = new Map<string, HeadWords>()
  for (const item of asked.items) {
    const law = await lawFor(tx, place)
    const own = law.set.items.includes(item) ? law : await lawFor(tx, '')
    heads.set(item, headOf(own, item, place, asked.at))
  }
  return heads
}

export const doSummary: Does<typeof seeSummary> = async (tx, input) => {
  const begun = performance.now()
  const root = input.place ?? tx.actor.region
  const asked = await ask(tx, input)
  const children = (await regionExists(tx, root)) ? await childrenOf(tx, root) : []
  const digits = children[0] ? prefixOf(children[0].code).length : 12
  const sums = countItems(asked.spans)
  const totals = countPeople(asked.spans, digits, asked.items)
  const heads = await headsIn(tx, asked, root)
  const known = children.map((child) => ({ code: child.code, name: child.name, ...(totals.places.get(child.code) ?? { people: 0, counts: noCounts() }) }))
  // People known no further than the place itself, or under a code that ended: without this row the parts would not make the whole.
  const rest = [...totals.places].filter(([code]) => !children.some((child) => child.code === code)).map(([, place]) => place)
  const here = rest.length === 0 ? [] : [{ code: root, name: '', people: rest.reduce((sum, one) => sum + one.people, 0), counts: addUp(rest.map((one) => one.counts)) }]
  return {
    people: totals.people, at: asked.at, knownOn: asked.knownOn, persons: totals.persons, places: [...known, ...here],
    items: [...asked.items].map((item) => ({ ...heads.get(item)!, counts: sums.get(item)?.counts ?? noCounts(), amountFen: sums.get(item)?.amountFen ?? 0 })).sort((a, b) => (a.listNumber ?? 99) - (b.listNumber ?? 99) || (a.id < b.id ? -1 : 1)),
    tookMs: Math.round(performance.now() - begun), loadMs: Math.round(asked.loadMs), evaluateMs: Math.round(asked.evaluateMs),
  }
}

function addUp(all: readonly ReturnType<typeof noCounts>[]): ReturnType<typeof noCounts> {
  const sum = noCounts()
  for (const one of all) for (const standing of STANDINGS) sum[standing] += one[standing]
  return sum
}

export interface Page {
  readonly rows: ResultRow[]
  readonly total: number
  readonly people: number
  readonly next: string | null
}

type Listing = Parameters<typeof doList>[1]

/** One page and the count of all: the same walk, so they cannot differ. */
export async function pageOf(tx: Tx, input: Listing): Promise<Page> {
  const asked = await ask(tx, input)
  const page: Hit[] = []
  let [total, people, more, last] = [0, 0, false, '']
  for (const hit of hits(asked.spans, { standings: input.standing, items: asked.items, missingFact: input.missingFact })) {
    total++
    const id = hit.block.population.ids[hit.index]!
    if (id !== last) people++
    last = id
    if (input.after !== undefined && !isAfter(hit, input.after)) continue
    if (page.length < input.limit) page.push(hit)
    else more = true
  }
  return { rows: await rowsOf(tx, asked, page, input.knownOn), total, people, next: more ? markOf(page.at(-1)!) : null }
}

async function rowsOf(tx: Tx, asked: Asked, page: readonly Hit[], knownOn: string | undefined): Promise<ResultRow[]> {
  const ids = [...new Set(page.map((hit) => hit.block.population.ids[hit.index]!))]
  const people = await peopleWithFacts(tx, ids, { at: asked.at, knownOn })
  const names = await regionNames(tx, [...new Set([...people.values()].map((one) => one.elder.region))], asked.at)
  const explainers = new Map<string, Explainer>()
  const rows: ResultRow[] = []
  for (const hit of page) {
    const person = people.get(hit.block.population.ids[hit.index]!)
    if (!person) continue
    const explainer = explainers.get(person.elder.id) ?? explainerOf(await lawFor(tx, person.elder.region), person, asked.at)
    explainers.set(person.elder.id, explainer)
    rows.push(rowOf(hit, person, explainer, names.get(person.elder.region)?.full ?? '', asked.at))
  }
  return rows
}

function rowOf(hit: Hit, { elder }: PersonFacts, explainer: Explainer, place: string, at: string): ResultRow {
  const item = hit.view.set.items[hit.item]!
  const x = explainer.of(item, SOON_DAYS)
  return {
    elderId: elder.id, name: elder.name, age: elder.birthDay === null ? null : ageOn(elder.birthDay, at), sex: elder.sex, place, region: elder.region, item, itemTitle: x.item.title,
    standing: STANDINGS[hit.view.codes[hit.item]![hit.index]!]!, amountFen: x.amountFen, because: x.sentences[0] ?? x.item.title, missing: x.missing, turnsOn: x.turns[0]?.on ?? null, idMasked: elder.idMasked,
  }
}

export const doList: Does<typeof listResults> = (tx, input) => pageOf(tx, input)

async function personFor(tx: Tx, input: { readonly elderId: string; readonly at?: string | undefined; readonly knownOn?: string | undefined }) {
  const at = input.at ?? tx.today
  const person = (await peopleWithFacts(tx, [input.elderId], { at, knownOn: input.knownOn })).get(input.elderId)
  if (!person || person.elder.status === 'merged' || person.elder.status === 'undone') return null
  tx.note({ subjectId: person.elder.id, region: person.elder.region, what: 'entitlements' })
  const law = await lawFor(tx, person.elder.region)
  return { at, law, explainer: explainerOf(law, person, at) }
}

export const doPerson: Does<typeof seePerson> = async (tx, input) => {
  const begun = performance.now()
  const found = await personFor(tx, input)
  if (!found) return refuse('entitlements.elder-not-found')
  const { at, law, explainer } = found
  const counts = noCounts()
  const items = law.set.items.filter((item, j) => explainer.policyOf(item) !== undefined || explainer.codes[j] === 'enjoyingNotEntitled').map((item) => explainer.of(item))
  for (const one of items) counts[one.standing]++
  items.sort((a, b) => STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) || (a.item.listNumber ?? 99) - (b.item.listNumber ?? 99))
  return { elderId: input.elderId, at, counts, items, tookMs: Math.round(performance.now() - begun) }
}

export const doExplain: Does<typeof seeExplanation> = async (tx, input) => {
  const found = await personFor(tx, input)
  if (!found) return refuse('entitlements.elder-not-found')
  const { law, explainer } = found
  const j = law.set.items.indexOf(input.item)
  if (j < 0 || (explainer.policyOf(input.item) === undefined && explainer.codes[j] !== 'enjoyingNotEntitled')) return refuse('entitlements.item-not-found', { item: input.item })
  return explainer.of(input.item)
}

export const doMissing: Does<typeof seeMissing> = async (tx, input) => {
  const asked = await ask(tx, input)
  const found = [...countMissing(asked.spans, asked.items).values()].sort((a, b) => b.people - a.people || (a.fact < b.fact ? -1 : 1))
  const defs = asked.spans[0]?.view.set.facts ?? new Map()
  return { facts: found.map((one) => ({ ...missingShown(defs, [one.fact])[0]!, people: one.people, results: one.results })) }
}

const MAX_IDS = 1000

/** [F1] Entitled and not drawing it today, and not entitled some days ago by the facts as known now: what has newly come, not what was newly typed in. */
export const doFresh: Does<typeof seeFresh> = async (tx, input) => {
  const since = addDays(tx.today, -input.days)
  const [now, past] = [await ask(tx, { place: input.place }), await ask(tx, { place: input.place, at: since })]
  const [entitled, drawing] = [STANDINGS.indexOf('entitledNotEnjoying'), STANDINGS.indexOf('entitledEnjoying')]
  const soon = STANDINGS.indexOf('notYet')
  const ids = new Set<string>()
  const byItem = new Map<string, { count: number; ofAge: number }>()
  let waiting = 0
  now.spans.forEach(({ block, view, lo, hi }, s) => {
    const before = past.spans[s]!.view
    for (let i = lo; i < hi; i++) {
      let isSoon = false
      view.set.items.forEach((item, j) => {
        const code = view.codes[j]![i]!
        if (code === soon) isSoon = true
        const then = before.codes[j]![i]!
        if (code !== entitled || then === entitled || then === drawing) return
        ids.add(block.population.ids[i]!)
        const row = byItem.get(item) ?? { count: 0, ofAge: 0 }
        row.count++
        const on = before.birthdays.get(i)
        if (on !== undefined && on <= dayNumber(tx.today)) row.ofAge++
        byItem.set(item, row)
      })
      if (isSoon) waiting++
    }
  })
  const heads = await headsIn(tx, now, input.place ?? tx.actor.region)
  const items = [...byItem].flatMap(([item, { count, ofAge }]) => (heads.has(item) ? [{ ...heads.get(item)!, count, because: becauseOf(input.days, count, ofAge) }] : []))
  return { people: ids.size, items: items.sort((a, b) => b.count - a.count), soon: waiting, ids: [...ids].slice(0, MAX_IDS) }
}

function becauseOf(days: number, count: number, ofAge: number): { zh: string; en: string } {
  if (ofAge === count) return { zh: `${days}天内到了年龄`, en: `reached the age within ${days} days` }
  if (ofAge === 0) return { zh: `${days}天内情况或政策有了变化`, en: `circumstances or rules changed within ${days} days` }
  return { zh: `${days}天内${ofAge}人到了年龄，其余是情况或政策有了变化`, en: `within ${days} days ${ofAge} reached the age, for the others circumstances or rules changed` }
}

/** Written in the log with its purpose before the first row is read. */
export const doExport: Does<typeof exportResults> = async (tx, input) => {
  const taskId = tx.startTask('entitlements.export', input)
  tx.note({ subjectId: taskId, region: tx.actor.region, what: 'entitlementList', purpose: input.purpose })
  return { taskId }
}
