/** Categories that change by themselves: birthdays, and statements that begin or end. */
import { addDays, type Day } from '@songbai/calendar'
import type { Tx } from '@songbai/platform/tx'
import { categoriesOf } from './rules-categories.ts'
import { dictionary } from './store-dictionary.ts'
import { factsIn, inCounties } from './store-facts.ts'
import { eldersBy, valuesOf } from './store.ts'

/** People whose day it is, or was while the program stood still. */
export async function dueOn(tx: Tx, days: readonly Day[], afterId: string | null, limit: number): Promise<string[]> {
  const birthdays = days.map((day) => day.slice(5))
  // Who was born on 29 February becomes a year older on 1 March of a common year.
  if (birthdays.includes('03-01')) birthdays.push('02-29')
  const rows = await tx.rows<{ id: string }>`
    select id from (
      select id from elders.elder where ${await inCounties(tx)} and status = 'active' and to_char(birth_day, 'MM-DD') = any(${birthdays}::text[])
      union select elder_id from elders.fact where ${await inCounties(tx)} and superseded_at is null and (valid_from = any(${days}::date[]) or valid_to = any(${days}::date[]))) due
    where ${afterId}::uuid is null or id > ${afterId}::uuid order by id limit ${limit}`
  return rows.map((row) => row.id)
}

export function daysUpTo(today: Day, count: number): Day[] {
  return Array.from({ length: count }, (_, i) => addDays(today, -i))
}

/** Writes the categories of today where they differ; answers whose did. */
export async function recomputeCategories(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const people = await eldersBy(tx, ids)
  const facts = await factsIn(tx, people.map((person) => person.id), { at: tx.today, knownBefore: null })
  const now = categoriesOf(dictionary().categories, people.map((person) => ({ region: person.region, facts: valuesOf(facts.get(person.id)!) })), tx.today)
  const changed = people.map((person, i) => ({ person, categories: now[i]! })).filter(({ person, categories }) => person.categories.join() !== categories.join() && (person.status === 'active' || person.status === 'movedOut'))
  await tx.rows`
    update elders.elder e set categories = r.categories::text[], changed_at = ${new Date(tx.nowMs)}
    from unnest(${changed.map(({ person }) => person.id)}::uuid[], ${changed.map(({ categories }) => `{${categories.join(',')}}`)}::text[]) as r(id, categories) where ${await inCounties(tx, 'e.county')} and e.id = r.id`
  return changed.map(({ person }) => person.id)
}
