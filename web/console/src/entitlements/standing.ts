import type { Explanation, Standing } from '@songbai/capabilities/decide/entitlements/contract'
import type { State } from '@songbai/web-shared/widgets/Marks.tsx'
import type { WordKey } from '@songbai/web-shared/words/catalogue.ts'

/** The order of work: money that goes wrong first, then what is not given yet, what is given, what comes, what nobody knows. */
export const ORDER: readonly Standing[] = ['enjoyingNotEntitled', 'entitledNotEnjoying', 'entitledEnjoying', 'notYet', 'unknown', 'no']

export const MARK: Readonly<Record<Standing, State>> = { entitledEnjoying: 'yes', entitledNotEnjoying: 'yes', enjoyingNotEntitled: 'alarm', unknown: 'unknown', notYet: 'notYet', no: 'no' }

export const WORD = {
  entitledEnjoying: 'ent.enjoying', entitledNotEnjoying: 'ent.notEnjoying', enjoyingNotEntitled: 'ent.wrongly', unknown: 'ent.unknown', notYet: 'ent.notYet', no: 'ent.no',
} as const satisfies Readonly<Record<Standing, WordKey>>

/** Work first; what does not fit last, the nearest miss on top. */
export function inOrder(items: readonly Explanation[]): { readonly open: readonly Explanation[]; readonly folded: readonly Explanation[] } {
  const rank = (x: Explanation) => ORDER.indexOf(x.standing) * 1000 + (x.item.listNumber ?? 999)
  const sorted = [...items].sort((a, b) => rank(a) - rank(b))
  const misses = (x: Explanation) => (x.nearest.length === 0 ? 99 : x.nearest.length)
  return { open: sorted.filter((x) => x.standing !== 'no'), folded: sorted.filter((x) => x.standing === 'no').sort((a, b) => misses(a) - misses(b)) }
}

type Said = { readonly zh: string; readonly en: string }

/** What a row says in place of the whole table: why yes, what is missing, what stands in the way. Values as the person's own. */
export function becauseOf(x: Explanation): readonly Said[] {
  if (x.standing === 'unknown') return x.missing.map((one) => one.label)
  if (x.standing === 'notYet') return x.turns.slice(0, 1).map((one) => one.text)
  if (x.standing === 'no' || x.standing === 'enjoyingNotEntitled') return x.nearest.length > 0 ? x.nearest.map((one) => one.text) : x.conditions.filter((one) => one.verdict === 'no').map((one) => one.must)
  // What is not on record has no value to show; then the condition itself says it.
  return x.conditions.filter((one) => one.verdict === 'yes').map((one) => (one.on === null ? one.must : one.has))
}

export interface ListQuery {
  readonly item?: string | undefined
  readonly standing?: readonly Standing[] | undefined
  readonly place?: string | undefined
  readonly missing?: string | undefined
  /** The day of the top bar travels with the address, so the list shows the rows of that day. */
  readonly day?: { readonly at?: string; readonly knownOn?: string } | undefined
}

/** The list that shows exactly the rows of a count. */
export function listAddress(query: ListQuery): string {
  const params = new URLSearchParams()
  if (query.item) params.set('item', query.item)
  if (query.standing?.length) params.set('standing', query.standing.join(','))
  if (query.place) params.set('place', query.place)
  if (query.missing) params.set('missing', query.missing)
  if (query.day?.at) params.set('at', query.day.at)
  if (query.day?.knownOn && query.day.knownOn !== query.day.at) params.set('knownOn', query.day.knownOn)
  return `/entitlements/list?${params.toString()}`
}

export function standingsFrom(text: string | null): readonly Standing[] {
  return (text ?? '').split(',').filter((one): one is Standing => (ORDER as readonly string[]).includes(one))
}

/** 冉启秀 → 冉＊秀, 李芳 → 李＊: one character of the name stays out of notices. */
export function maskName(name: string): string {
  const letters = [...name]
  if (letters.length < 2) return name
  if (letters.length === 2) return `${letters[0]}＊`
  return `${letters[0]}${'＊'.repeat(letters.length - 2)}${letters[letters.length - 1]}`
}

/** Check mark of a printed sheet (CRC-32 of its data): the same data gives the same eight digits. */
export function checkMark(data: unknown): string {
  let crc = 0xffffffff
  for (const byte of new TextEncoder().encode(JSON.stringify(data))) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  const hex = ((crc ^ 0xffffffff) >>> 0).toString(16).toUpperCase().padStart(8, '0')
  return `${hex.slice(0, 4)} ${hex.slice(4)}`
}

/** Which sample mark the answer carries: beside an amount, beside a service, or none where the answer gives nothing. */
export function sampleMark(x: Explanation): 'amount' | 'mark' | null {
  if (!x.sample) return null
  if (x.amountFen > 0) return 'amount'
  return x.verdict === 'yes' ? 'mark' : null
}
