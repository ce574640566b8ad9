import { isNow, viewOf } from './store-facts.ts'
import type { Does, Tx } from '@songbai/platform/tx'
import { childrenOf, placeFinder, regionExists } from '../regions/public.ts'
import { prefixOf } from '../../common.ts'
import type { countElders, listElders, searchElders, seeDictionary } from './contract.ts'
import { isRecordable } from './rules-facts.ts'
import { classify, type SearchKind } from './rules-search.ts'
import { dictionary } from './store-dictionary.ts'
import { countList, countNow, listPage, readMark, type Filter, type Sort } from './store-list.ts'
import { asRecords, idsBeside, passes, peopleIn, sortPast } from './store-past.ts'
import { toRows } from './store-rows.ts'
import { byBeginning, byNumber, byPlaces } from './store-search.ts'
import type { ElderRecord } from './store.ts'

type By = 'name' | 'initials' | 'pinyin' | 'idNumber' | 'idTail' | 'phone' | 'phoneTail' | 'village' | 'contactPhone'

export const doSearch: Does<typeof searchElders> = async (tx, input) => {
  const asked = classify(input.text)
  const found = asked ? await find(tx, asked, input.limit + 1) : []
  const seen = new Set<string>()
  const hits = found.filter(({ record }) => !seen.has(record.id) && seen.add(record.id))
  const shown = hits.slice(0, input.limit)
  const rows = await toRows(tx, shown.map((hit) => hit.record), viewOf(tx, {}))
  return { hits: rows.map((row, i) => ({ ...row, by: shown[i]!.by })), more: hits.length > input.limit }
}

interface Hit {
  readonly record: ElderRecord
  readonly by: By
}

async function find(tx: Tx, asked: SearchKind, limit: number): Promise<Hit[]> {
  const as = async (by: By, records: Promise<ElderRecord[]>): Promise<Hit[]> => (await records).map((record) => ({ record, by }))
  switch (asked.kind) {
    case 'idNumber': return as('idNumber', byNumber(tx, 'idNumber', asked.value, limit))
    case 'phone': return [...(await as('phone', byNumber(tx, 'phone', asked.value, limit))), ...(await as('contactPhone', byNumber(tx, 'contactPhone', asked.value, limit)))]
    case 'tail': return [...(await as('idTail', byNumber(tx, 'idTail', asked.value, limit))), ...(asked.value.endsWith('X') ? [] : await as('phoneTail', byNumber(tx, 'phoneTail', asked.value, limit)))]
    case 'letters': return findByLetters(tx, asked.value, limit)
    case 'name': return findByName(tx, asked.value, asked.place, limit)
  }
}

async function findByLetters(tx: Tx, letters: string, limit: number): Promise<Hit[]> {
  const hits = (await byBeginning(tx, 'initials', letters, limit)).map((record): Hit => ({ record, by: 'initials' }))
  return hits.length >= limit ? hits : [...hits, ...(await byBeginning(tx, 'pinyin', letters, limit)).map((record): Hit => ({ record, by: 'pinyin' }))]
}

/** A name, a part of one, or a village; two words are a name in a place. */
async function findByName(tx: Tx, name: string, place: string | null, limit: number): Promise<Hit[]> {
  const within = place === null ? null : await prefixesNamed(tx, place)
  const hits: Hit[] = (await byBeginning(tx, 'name', name, limit, within)).map((record) => ({ record, by: 'name' }))
  if (hits.length < limit) hits.push(...(await byBeginning(tx, 'given', name, limit, within)).map((record): Hit => ({ record, by: 'name' })))
  if (hits.length >= limit || place !== null || [...name].length < 2) return hits
  const villages = await prefixesNamed(tx, name)
  return villages.length === 0 ? hits : [...hits, ...(await byPlaces(tx, villages, limit)).map((record): Hit => ({ record, by: 'village' }))]
}

/** Prefixes of the places a clerk may mean, in the actor's own county. */
async function prefixesNamed(tx: Tx, text: string): Promise<string[]> {
  const county = tx.actor.region.slice(0, 6)
  if (county.endsWith('00')) return []
  const match = (await placeFinder(tx, county)).find(text)
  if (match.status === 'unique') return [prefixOf(match.place.code)]
  return match.status === 'ambiguous' ? match.candidates.map((place) => prefixOf(place.code)) : []
}

export const doList: Does<typeof listElders> = async (tx, input) => {
  const view = viewOf(tx, input)
  if (!isNow(tx, input)) return listPast(tx, input, input.sort, input.after, input.limit)
  const page = await listPage(tx, input, input.sort, readMark(input.after), input.limit)
  return { rows: await toRows(tx, page.rows, view), total: await countList(tx, input), next: page.next }
}

async function listPast(tx: Tx, input: Filter & { at?: string | undefined; knownOn?: string | undefined }, sort: Sort, after: string | undefined, limit: number) {
  const view = viewOf(tx, input)
  const beside = await idsBeside(tx, input)
  const all = sortPast((await peopleIn(tx, view, input.ids ?? null)).filter((one) => passes(one, input, view.at, beside)), sort)
  const mark = readMark(after)
  const rest = mark === null ? all : all.filter(({ key, one }) => key > mark.key || (key === mark.key && one.id > mark.id))
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  const records = await asRecords(tx, page.map(({ one }) => one))
  return { rows: await toRows(tx, records, view), total: all.length, next: rest.length > limit && last ? `${last.key}|${last.one.id}` : null }
}

export const doCount: Does<typeof countElders> = async (tx, input) => {
  const root = input.place ?? tx.actor.region
  const prefix = /^0+$/.test(root) ? '' : prefixOf(root)
  const children = (await regionExists(tx, root)) ? await childrenOf(tx, root) : []
  const digits = children[0] ? prefixOf(children[0].code).length : 12
  const counted = isNow(tx, input) ? await countNow(tx, prefix, digits) : await countPast(tx, input, prefix, digits)
  const places = new Map(counted.places.map((row) => [row.code, row]))
  const { categories, umbrella } = dictionary().categories
  const known = children.map((child) => ({ code: child.code, name: child.name, total: places.get(child.code)?.total ?? 0, inAnyCategory: places.get(child.code)?.inAny ?? 0 }))
  // People known no further than the place itself, or under a code that ended: without this row the parts would not make the whole.
  const rest = counted.places.filter((row) => !children.some((child) => child.code === row.code))
  const here = rest.length === 0 ? [] : [{ code: root, name: '', total: sum(rest, (row) => row.total), inAnyCategory: sum(rest, (row) => row.inAny) }]
  return {
    total: sum(counted.places, (row) => row.total), inAnyCategory: sum(counted.places, (row) => row.inAny),
    categories: [...categories, umbrella].map(({ id, label }) => ({ id, title: label, count: counted.categories.get(id) ?? 0 })), places: [...known, ...here],
  }
}

async function countPast(tx: Tx, asOf: { at?: string | undefined; knownOn?: string | undefined }, prefix: string, digits: number): ReturnType<typeof countNow> {
  const people = (await peopleIn(tx, viewOf(tx, asOf))).filter((one) => one.person.status === 'active' && one.region.startsWith(prefix))
  const places = new Map<string, { code: string; total: number; inAny: number }>()
  const categories = new Map<string, number>()
  for (const one of people) {
    const code = one.region.slice(0, digits).padEnd(12, '0')
    const place = places.get(code) ?? { code, total: 0, inAny: 0 }
    places.set(code, { code, total: place.total + 1, inAny: place.inAny + (one.categories.length > 0 ? 1 : 0) })
    for (const id of one.categories) categories.set(id, (categories.get(id) ?? 0) + 1)
  }
  return { places: [...places.values()].sort((a, b) => (a.code < b.code ? -1 : 1)), categories }
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0)
}

export const doSeeDictionary: Does<typeof seeDictionary> = () => Promise.resolve({
  facts: [...dictionary().facts.facts.values()].map((def) => ({
    id: def.id, label: def.label, note: def.note ?? null, type: def.type, values: def.values.map(({ id, zh, en }) => ({ id, zh, en })), unit: def.unit ?? null, min: def.min, max: def.max, sensitive: def.sensitive, ask: def.ask ?? null,
    recordable: isRecordable(def), awaited: def.absent === 'unknown' && (def.from === 'elders' || def.from === 'assessments'),
  })),
})
