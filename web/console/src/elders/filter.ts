/** The filter sentence of the list as it stands in the address, so that a link shows a colleague the same people. */
import type { listElders } from '@songbai/capabilities/know/elders/contract'
import type { SentOf } from '@songbai/web-shared/api.ts'

export type ListInput = SentOf<typeof listElders>
export type Missing = NonNullable<ListInput['missing']>
export type Status = NonNullable<ListInput['status']>[number]
export type SortBy = NonNullable<ListInput['sort']>

export const MISSING: readonly Missing[] = ['idNumber', 'birthDay', 'phone', 'assessment', 'contact', 'village']
export const STATUS: readonly Status[] = ['active', 'dead', 'movedOut', 'merged']
export const SORTS: readonly SortBy[] = ['name', 'age', 'place', 'changed']
/** Ages of the sentence: from, to; null is open. */
export const AGES: readonly (readonly [number | null, number | null])[] = [[null, null], [60, 69], [70, 79], [80, 89], [90, 99], [100, null], [60, null], [65, null], [80, null], [null, 59]]

export interface Filter {
  readonly categories: readonly string[]
  readonly match: 'any' | 'all'
  readonly status: Status
  readonly ageFrom: number | null
  readonly ageTo: number | null
  readonly sex: 'male' | 'female' | null
  readonly missing: Missing | null
  readonly batchId: string | null
  readonly sort: SortBy
}

export const EVERYBODY: Filter = { categories: [], match: 'any', status: 'active', ageFrom: null, ageTo: null, sex: null, missing: null, batchId: null, sort: 'name' }

function oneOf<T extends string>(list: readonly T[], text: string | null): T | null {
  return list.find((one) => one === text) ?? null
}

function ageOf(text: string | null): number | null {
  const n = text === null || text.trim() === '' ? NaN : Number(text)
  return Number.isInteger(n) && n >= 0 && n <= 130 ? n : null
}

/** Anything in the address that is no filter word is passed over, never guessed. */
export function readFilter(params: URLSearchParams): Filter {
  const batch = params.get('batch')
  return {
    categories: (params.get('cat') ?? '').split(',').filter((id) => /^[A-Za-z][A-Za-z0-9]*$/.test(id)).slice(0, 20),
    match: params.get('match') === 'all' ? 'all' : 'any',
    status: oneOf(STATUS, params.get('status')) ?? 'active',
    ageFrom: ageOf(params.get('from')), ageTo: ageOf(params.get('to')),
    sex: oneOf(['male', 'female'] as const, params.get('sex')),
    missing: oneOf(MISSING, params.get('missing')),
    batchId: batch && /^[0-9a-f-]{36}$/.test(batch) ? batch : null,
    sort: oneOf(SORTS, params.get('sort')) ?? 'name',
  }
}

/** The words that differ from everybody; the day of the top bar stays as it is. */
export function writeFilter(filter: Filter, before: URLSearchParams): URLSearchParams {
  const after = new URLSearchParams(before)
  const put = (key: string, value: string | number | null) => (value === null ? after.delete(key) : after.set(key, String(value)))
  put('cat', filter.categories.length > 0 ? filter.categories.join(',') : null)
  put('match', filter.match === 'all' && filter.categories.length > 1 ? 'all' : null)
  put('status', filter.status === 'active' ? null : filter.status)
  put('from', filter.ageFrom)
  put('to', filter.ageTo)
  put('sex', filter.sex)
  put('missing', filter.missing)
  put('batch', filter.batchId)
  put('sort', filter.sort === 'name' ? null : filter.sort)
  return after
}

/** What the registry is asked, but for place, day and page. */
export function askOf(filter: Filter) {
  return {
    ...(filter.categories.length > 0 ? { categories: [...filter.categories], categoryMatch: filter.match } : {}),
    status: [filter.status],
    ...(filter.ageFrom === null ? {} : { ageFrom: filter.ageFrom }), ...(filter.ageTo === null ? {} : { ageTo: filter.ageTo }),
    ...(filter.sex ? { sex: filter.sex } : {}), ...(filter.missing ? { missing: filter.missing } : {}), ...(filter.batchId ? { batchId: filter.batchId } : {}),
  }
}

export type Word = 'categories' | 'status' | 'age' | 'sex' | 'missing' | 'batch'

/** Which words narrow the list now, in the order of the sentence. */
export function narrowing(filter: Filter): readonly Word[] {
  const words: Word[] = []
  if (filter.status !== 'active') words.push('status')
  if (filter.sex) words.push('sex')
  if (filter.ageFrom !== null || filter.ageTo !== null) words.push('age')
  if (filter.categories.length > 0) words.push('categories')
  if (filter.missing) words.push('missing')
  if (filter.batchId) words.push('batch')
  return words
}

export function without(filter: Filter, word: Word): Filter {
  const { categories, match, status, ageFrom, ageTo, sex, missing, batchId } = EVERYBODY
  const rest = { status: { status }, sex: { sex }, age: { ageFrom, ageTo }, categories: { categories, match }, missing: { missing }, batch: { batchId } }
  return { ...filter, ...rest[word] }
}
