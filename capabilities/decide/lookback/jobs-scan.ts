/** The look itself: some thousand people at a time through all months, so that others get their turn and a stop is heard. */
import type { TaskContext } from '@songbai/platform/schedule'
import { partOf, type PolicySet, type Population } from '@songbai/policy'
import { peopleParts, type PeoplePart } from '../entitlements/public-lookback.ts'
import { LookBack, moneyItems, monthsFromTo } from './rules.ts'
import { addSpells, endScan, forgetSpells, scanById, type NewSpell, type Scan } from './store.ts'

export interface ScanInput {
  readonly scanId: string
}

/** A month of so many people takes some 30 ms. */
const PART = 5000
const WRITE = 2000

/** A look that fails says so: one that stayed running would never end on the screen. */
export async function scanFailed(context: TaskContext<ScanInput>): Promise<void> {
  await context.tx(async (tx) => {
    const looked = await scanById(tx, context.input.scanId)
    if (looked?.state !== 'running') return
    await forgetSpells(tx, looked)
    await endScan(tx, looked, 'stopped', 0)
  })
}

export async function scan(context: TaskContext<ScanInput>): Promise<unknown> {
  const { looked, parts } = await context.tx(async (tx) => {
    const looked = (await scanById(tx, context.input.scanId))!
    // Ended, and the task was broken off before it could say so: what was handed over since must stay.
    if (looked.state !== 'running') return { looked, parts: null }
    // A look that was broken off begins anew.
    await forgetSpells(tx, looked)
    return { looked, parts: await peopleParts(tx, { place: looked.region, size: PART }) }
  })
  if (parts === null) return { people: looked.people }
  const months = monthsFromTo(looked.from, looked.to)
  const total = parts.reduce((sum, part) => sum + part.people, 0) * (months.length + 1)
  let [done, people, found] = [0, 0, 0]
  for (const part of parts) {
    const spells = await lookAt(context, looked, part, months, (steps) => context.progress(done + steps, total, { people, found }))
    if (spells === null) return stop(context, looked)
    for (let from = 0; from < spells.length; from += WRITE) await context.tx((tx) => addSpells(tx, looked, spells.slice(from, from + WRITE)))
    done += part.people * (months.length + 1)
    people += part.people
    found += spells.length
  }
  await context.tx((tx) => endScan(tx, looked, 'done', people))
  return { people, spells: found }
}

/** Null when somebody pressed stop. */
async function lookAt(context: TaskContext<ScanInput>, looked: Scan, part: PeoplePart, months: readonly string[], report: (steps: number) => Promise<void>): Promise<NewSpell[] | null> {
  const population = part.take()
  const back = new LookBack(itemsOf(part.set, looked.items), population, months, looked.applied)
  let steps = 0
  for (const _month of back.run()) {
    steps += part.people
    await report(steps)
    await new Promise((resolve) => setImmediate(resolve))
    if (await context.cancelled()) return null
  }
  return spellsOf(back, population)
}

function itemsOf(set: PolicySet, items: readonly string[]): PolicySet {
  return partOf(set, new Set(items.length === 0 ? moneyItems(set) : items))
}

function spellsOf(back: LookBack, population: Population): NewSpell[] {
  return back.found().map(({ person, ...spell }) => ({ ...spell, elderId: population.ids[person]!, region: population.regions[person]! }))
}

/** Nothing is kept of a look that was stopped. */
async function stop(context: TaskContext<ScanInput>, looked: Scan): Promise<unknown> {
  await context.tx(async (tx) => {
    await forgetSpells(tx, looked)
    await endScan(tx, looked, 'stopped', 0)
  })
  return { stopped: true }
}
