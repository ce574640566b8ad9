/**
 * Invented payees with births about the age limits, deaths inside months, facts that come late, and what each month owes them worked out by hand:
 * no rule text, no engine, no database. Rates are the samples of packs/national (2026).
 */

export interface MadePerson {
  readonly name: string
  readonly birth: string
  /** From this day on registered elsewhere; null: never. */
  readonly leftOn: string | null
  readonly diedOn: string | null
  /** Whether the register knows where the person is registered from the start. */
  readonly hukouKnown: boolean
  /** Number of the month (0 …) after whose batch death, leaving and the missing fact become known. */
  readonly knownAfter: number
}

export const MONTHS = ['2026-05', '2026-06', '2026-07'] as const
const RATES = [[100, 30000], [90, 12000], [80, 6000]] as const

export function makePeople(count: number, seed: number): MadePerson[] {
  let state = seed >>> 0
  const next = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * n)
  }
  const two = (n: number): string => String(n).padStart(2, '0')
  const dayIn = (month: string): string => `${month}-${two(1 + next(30))}`
  return Array.from({ length: count }, (_, i): MadePerson => {
    const fate = next(20)
    // Nobody whose registration is unknown turns an age: half a month unknown is the rule engine's own test.
    const turning = fate !== 2 && next(4) === 0
    const year = fate === 2 ? 1938 : turning ? [1926, 1936, 1946][next(3)]! : 1924 + next(24)
    const birth = turning ? `${year}-${two(4 + next(4))}-${two(1 + next(30))}` : `${year}-${two(1 + next(12))}-${two(1 + next(28))}`
    return { name: `领取人${i}`, birth, diedOn: fate === 0 ? dayIn(['2026-04', '2026-05', '2026-06'][next(3)]!) : null, leftOn: fate === 1 ? dayIn(['2026-04', '2026-05', '2026-06'][next(3)]!) : null, hukouKnown: fate !== 2, knownAfter: next(2) }
  })
}

/** Known when the batch of the n-th month is drafted. */
const knows = (person: MadePerson, n: number): boolean => n > person.knownAfter

function rateOn(person: MadePerson, day: string): number {
  if (person.leftOn !== null && day >= person.leftOn) return 0
  // Text comparison: the birthday of the 80th year is the same month and day 80 years on (29 February falls on 1 March by text, and is made nowhere here).
  const found = RATES.find(([age]) => `${Number(person.birth.slice(0, 4)) + age}${person.birth.slice(4)}` <= day)
  return found ? found[1] : 0
}

/** Starts with the month after the event, ends with the month of the event: what holds on the last day before the month and on its first day, the lower of two. */
export function owed(person: MadePerson, month: string, n: number): number | 'unknown' {
  const known = knows(person, n)
  if (!person.hukouKnown && !known) return 'unknown'
  const seen = known ? person : { ...person, diedOn: null, leftOn: null }
  const dayBefore = new Date(Date.parse(`${month}-01`) - 86_400_000).toISOString().slice(0, 10)
  if (seen.diedOn !== null && seen.diedOn < `${month}-01`) return 0
  return Math.min(rateOn(seen, dayBefore), rateOn(seen, `${month}-01`))
}

export interface Expected {
  readonly due: number
  readonly arrears: number
  readonly over: number
  readonly held: boolean
}

/** Nothing is owed and nothing is about to begin: the stop list ends it, and who becomes entitled again later is offered it anew. */
function stops(person: MadePerson, month: string, n: number): boolean {
  if (owed(person, month, n) !== 0) return false
  const lastDay = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10)
  const seen = knows(person, n) ? person : { ...person, diedOn: null, leftOn: null }
  return (seen.diedOn !== null && seen.diedOn < `${month}-01`) || rateOn(seen, lastDay) === 0
}

/** Keeps its own list of what was paid; call it once for each month, in order. */
export function createPayroll(people: readonly MadePerson[]): (n: number) => Expected[] {
  const paid = people.map(() => new Map<string, number>())
  const stopped = new Map<number, number>()
  return (n) => people.map((person, i) => {
    const book = paid[i]!
    const held = owed(person, MONTHS[n]!, n) === 'unknown' && !stopped.has(i)
    let [due, arrears, over] = [0, 0, 0]
    const last = stopped.get(i) ?? n
    if (!stopped.has(i) && stops(person, MONTHS[n]!, n)) stopped.set(i, n)
    for (let m = 0; m <= Math.min(n, last); m++) {
      const month = MONTHS[m]!
      const should = owed(person, month, n)
      if (should === 'unknown') continue
      const difference = should - (book.get(month) ?? 0)
      if (difference < 0) over -= difference
      else if (m === n) due += difference
      else arrears += difference
      book.set(month, should)
    }
    return { due, arrears, over, held }
  })
}
