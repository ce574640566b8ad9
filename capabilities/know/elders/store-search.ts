/**
 * Finding people fast. Every query leads with the county and compares with =, >= or < only: under row-level security PostgreSQL uses
 * an index only for comparisons it trusts, and `like` is none of them.
 */
import type { Tx } from '@songbai/platform/tx'
import { sql } from 'kysely'
import { indexForm } from './rules.ts'
import { countiesIn, inCounties } from './store-facts.ts'
import { ELDER_COLUMNS, type ElderRecord } from './store.ts'

const FOUND = sql.raw(`status in ('active', 'dead', 'movedOut')`)
/** Sorts after every letter, digit and Chinese character in the C collation. */
const AFTER = '\u{10ffff}'

export type Field = 'idNumber' | 'phone' | 'idTail' | 'phoneTail' | 'contactPhone'

/** People whose number (or its last four characters) is this one. */
export async function byNumber(tx: Tx, field: Field, number: string, limit: number): Promise<ElderRecord[]> {
  const [column, space] = { idNumber: ['id_index', 'idNumber'], phone: ['phone_index', 'phone'], idTail: ['id_tail_index', 'idNumberTail'], phoneTail: ['phone_tail_index', 'phoneTail'], contactPhone: ['phone_index', 'phone'] }[field] as [string, string]
  const counties = await countiesIn(tx)
  const marks = counties.map((county) => tx.secrets.index(county, space, indexForm(number)))
  // Active people first: of two with one tail the living one is meant.
  if (field === 'contactPhone') {
    return tx.rows<ElderRecord>`
      select ${ELDER_COLUMNS} from elders.elder where (county, id) in (
        select c.county, c.elder_id from elders.contact c join unnest(${counties}::text[], ${marks}::bytea[]) as m(county, mark) on c.county = m.county and c.phone_index = m.mark where c.valid_to is null and c.superseded_at is null)
      and ${FOUND} order by status, pinyin, id limit ${limit}`
  }
  return tx.rows<ElderRecord>`
    select ${sql.raw('e.*')} from unnest(${counties}::text[], ${marks}::bytea[]) as m(county, mark), lateral (
      select ${ELDER_COLUMNS} from elders.elder where elder.county = m.county and ${sql.raw(column)} = m.mark and ${FOUND}) e
    order by e.status, e.pinyin, e.id limit ${limit}`
}

export type TextField = 'name' | 'given' | 'initials' | 'pinyin'

/** People whose name, given name, initials or pinyin begin with the text, in its order: the index hands out the first few and stops. */
export async function byBeginning(tx: Tx, field: TextField, text: string, limit: number, within: readonly string[] | null = null): Promise<ElderRecord[]> {
  const column = sql.raw(field)
  const places = within === null ? sql`` : sql`and exists (select from unnest(${within}::text[]) as w(prefix) where filed >= w.prefix and filed < w.prefix || '~')`
  return tx.rows<ElderRecord>`
    select ${ELDER_COLUMNS} from elders.elder where ${await inCounties(tx)} and ${column} >= ${text} and ${column} < ${text + AFTER} and ${FOUND} ${places}
    order by ${column}, id limit ${limit}`
}

/** People of places, in the order of their names. */
export async function byPlaces(tx: Tx, prefixes: readonly string[], limit: number): Promise<ElderRecord[]> {
  return tx.rows<ElderRecord>`
    select e.* from unnest(${prefixes}::text[], ${prefixes.map((prefix) => `${prefix}~`)}::text[]) as p(lo, hi), lateral (
      select ${ELDER_COLUMNS} from elders.elder where ${await inCounties(tx)} and filed >= p.lo and filed < p.hi and ${FOUND} order by filed, pinyin, id limit ${limit}) e
    limit ${limit}`
}
