/** The people of the benchmark as objects, for engines that want them so. */
import { ageOnYmd, ymdOfDayNumber } from '@songbai/calendar'
import { ABSENT, forRegion } from '@songbai/policy'
import { BOOLS, CODES, COUNTIES, INTS, ITEMS, PARAMS } from '@songbai/policy/bench'
import type { World } from './policy-own.ts'

export type PersonObject = Record<string, unknown> & { readonly p: Record<string, number> }

const MONTHS_VALID = 25

export function peopleAsObjects({ population, columns }: World, most: number): PersonObject[] {
  const [birth, assess] = [columns.column('birth'), columns.column('assess')]
  const atYmd = ymdOfDayNumber(columns.at)
  return Array.from({ length: Math.min(most, population.size) }, (_, i) => {
    const county = COUNTIES.findIndex((code) => population.regions[i]!.startsWith(code))
    return {
      p: Object.fromEntries(Object.entries(PARAMS).map(([name, values]) => [name, values[county]!])),
      age: ageOnYmd(ymdOfDayNumber(birth[i]!), atYmd), valid: assess[i]! > ABSENT && monthsSince(assess[i]!, columns.at) < MONTHS_VALID,
      ...Object.fromEntries(INTS.map((f) => [f, columns.column(f)[i]!])), ...Object.fromEntries(BOOLS.map((f) => [f, columns.column(f)[i] === 1])),
      ...Object.fromEntries(Object.entries(CODES).map(([f, labels]) => [f, labels[columns.column(f)[i]!]!])),
    }
  })
}

/** Full calendar months, a day a month lacks being its last. */
function monthsSince(from: number, to: number): number {
  const [a, b] = [ymdOfDayNumber(from), ymdOfDayNumber(to)]
  const months = (Math.floor(b / 10_000) - Math.floor(a / 10_000)) * 12 + (Math.floor(b / 100) % 100) - (Math.floor(a / 100) % 100)
  return b % 100 < a % 100 ? months - 1 : months
}

export function amountOf(amount: string | number, person: PersonObject): number {
  return typeof amount === 'number' ? amount : person.p[amount]!
}

const NAMES = Object.keys(ITEMS)
const SORTED = NAMES.toSorted()

/** From the order in which the items are written to that of a set. */
export function inOrder<T>(byName: readonly T[]): T[] {
  return SORTED.map((item) => byName[NAMES.indexOf(item)]!)
}

/** The rows of every item, in the order of a set; amounts are numbers or names of county parameters. */
export function tables(world: World) {
  const plan = forRegion(world.set, COUNTIES[0]!, world.columns.at)
  return SORTED.map((item) => plan.items.find((one) => one.id === item)!.policy.rows.map((row, k) => ({ when: row.when, amount: ITEMS[item]![k]![1] })))
}

export const ITEM_NAMES = SORTED
