/** Pairs worth a look: who shares a birth date, a phone or a sounding name, scored by the rules. */
import type { Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import { duplicateScore, SUSPICIOUS, type DuplicateReason, type Suspect } from './rules-duplicates.ts'
import { indexForm } from './rules.ts'
import { countiesIn, inCounties } from './store-facts.ts'
import { openSealed } from './store.ts'

/** What is known of somebody who may be here already. */
export interface Candidate {
  readonly key: string
  readonly name: string
  readonly pinyin: string
  readonly sex: 'male' | 'female' | null
  readonly birthDay: string | null
  readonly birthMonth: string | null
  readonly region: string
  readonly idNumber: string | null
  readonly phone: string | null
}

export interface Likely {
  readonly key: string
  readonly elderId: string
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
}

interface Row extends Suspect {
  readonly id: string
  readonly county: string
  readonly keyWrapped: Buffer
  readonly idSealed: Buffer | null
  readonly phoneSealed: Buffer | null
  readonly phone: Buffer | null
  readonly birthDay: string | null
}

const ROW = sql.raw(`e.id, e.county, e.name, e.pinyin, e.sex, e.birth_day as "birthDay", e.birth_month as "birthMonth", e.region, e.key_wrapped as "keyWrapped", e.id_sealed as "idSealed", e.phone_sealed as "phoneSealed", e.phone_index as phone, e.household_id as "householdId"`)
/** Longest list of people with one birth date or one sounding that is looked through for one candidate. */
const LOOK = 40

/** For each candidate the people it may be, best first. */
export async function likelyFor(tx: Tx, candidates: readonly Candidate[]): Promise<Likely[]> {
  if (candidates.length === 0) return []
  const counties = await countiesIn(tx)
  const wanted = candidates.map((one) => ({ ...one, county: one.region.slice(0, 6) })).filter((one) => counties.includes(one.county))
  const marks = wanted.map((one) => (one.phone === null ? null : tx.secrets.index(one.county, 'phone', indexForm(one.phone))))
  const column = <T>(of: (one: (typeof wanted)[number]) => T): T[] => wanted.map(of)
  const rows = await tx.rows<Row & { candidate: string }>`
    select c.key as candidate, ${ROW} from unnest(${column((c) => c.key)}::text[], ${column((c) => c.county)}::text[], ${column((c) => c.birthDay)}::date[], ${column((c) => c.pinyin)}::text[], ${marks}::bytea[]) as c(key, county, birth, sound, mark), lateral (
      (select * from elders.elder x where x.county = c.county and x.birth_day = c.birth and x.status in ('active', 'dead', 'movedOut') limit ${LOOK})
      union (select * from elders.elder x where x.county = c.county and x.pinyin = c.sound and x.status in ('active', 'dead', 'movedOut') limit ${LOOK})
      union (select * from elders.elder x where x.county = c.county and x.phone_index = c.mark and x.status in ('active', 'dead', 'movedOut') limit ${LOOK})) e`
  const byKey = new Map(wanted.map((one, i) => [one.key, { ...one, phoneIndex: marks[i]?.toString('hex') ?? null }]))
  return rows.flatMap((row) => {
    const { score, reasons } = duplicateScore(byKey.get(row.candidate)!, suspectOf(tx, row))
    return score >= SUSPICIOUS && row.id !== row.candidate ? [{ key: row.candidate, elderId: row.id, score, reasons }] : []
  }).sort((a, b) => b.score - a.score)
}

function suspectOf(tx: Tx, row: Row): Suspect {
  return { ...row, phoneIndex: row.phone?.toString('hex') ?? null, idNumber: openSealed(tx, row, row.idSealed) }
}

export interface Pair {
  readonly aId: string
  readonly bId: string
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
}

/**
 * What two records must share to be looked at: a birth date with the family or the given name (of two names one character apart one
 * half is the same), a sounding with the birth month, or a phone. Birth dates alone are shared by every second person of a county.
 */
const KEYS = sql.raw(`array['f' || e.birth_day || left(e.name, 1), 'g' || e.birth_day || substr(e.name, 2), 'n' || e.pinyin || coalesce(e.birth_month, ''), 'p' || encode(e.phone_index, 'hex')]`)

/** Likely pairs inside a place, or of one elder, that nobody has decided about yet. */
export async function likelyPairs(tx: Tx, prefix: string, elderId: string | null, limit: number): Promise<Pair[]> {
  const among = elderId === null ? sql`e.filed >= ${prefix || '0'} and e.filed < ${`${prefix}~`}` : sql`true`
  const rows = await tx.rows<Row>`
    with keyed as materialized (select e.county, e.id, k from elders.elder e, unnest(${KEYS}) as k where ${await inCounties(tx, 'e.county')} and e.status = 'active' and ${among} and k is not null),
    shared as (select county, k from keyed group by county, k having ${elderId === null ? sql`count(*) between 2 and 30` : sql`count(*) > 1 and bool_or(id = ${elderId}::uuid)`})
    select ${ROW} from elders.elder e where (e.county, e.id) in (select county, id from keyed natural join shared)`
  const pairs = scorePairs(rows.map((row) => ({ id: row.id, suspect: suspectOf(tx, row) })), elderId)
  const decided = await decidedPairs(tx, pairs)
  return pairs.filter((pair) => !decided.has(`${pair.aId} ${pair.bId}`)).slice(0, limit)
}

/** Pairs inside each group that shares a key; a pair found twice counts once. */
function scorePairs(people: readonly { readonly id: string; readonly suspect: Suspect }[], elderId: string | null): Pair[] {
  const groups = new Map<string, typeof people[number][]>()
  const put = (key: string | null | undefined, one: (typeof people)[number]): void => {
    if (key) groups.set(key, [...(groups.get(key) ?? []), one])
  }
  for (const one of people) {
    const { birthDay, birthMonth, name, pinyin, phoneIndex } = one.suspect
    const [family, ...given] = name
    put(birthDay && `f ${birthDay} ${family}`, one)
    put(birthDay && `g ${birthDay} ${given.join('')}`, one)
    put(`n ${pinyin} ${birthMonth ?? ''}`, one)
    put(phoneIndex, one)
  }
  const pairs = new Map<string, Pair>()
  for (const group of groups.values()) for (const [i, x] of group.entries()) for (const y of group.slice(i + 1)) {
    const [a, b] = x.id < y.id ? [x, y] : [y, x]
    if (pairs.has(`${a.id} ${b.id}`) || (elderId !== null && a.id !== elderId && b.id !== elderId)) continue
    const scored = duplicateScore(a.suspect, b.suspect)
    if (scored.score >= SUSPICIOUS) pairs.set(`${a.id} ${b.id}`, { aId: a.id, bId: b.id, ...scored })
  }
  return [...pairs.values()].sort((a, b) => b.score - a.score || (a.aId < b.aId ? -1 : 1))
}

async function decidedPairs(tx: Tx, pairs: readonly Pair[]): Promise<Set<string>> {
  if (pairs.length === 0) return new Set()
  const rows = await tx.rows<{ a: string; b: string }>`select a_id as a, b_id as b from elders.not_duplicate where ${await inCounties(tx)} and a_id = any(${pairs.map((pair) => pair.aId)}::uuid[])`
  return new Set(rows.map((row) => `${row.a} ${row.b}`))
}
