/**
 * `npm run bench -- matching [--elders N] [--json]`: two lists of N made-up people are linked: one with ID numbers as departments send it,
 * one without any. Errors, twins and namesakes come from a generator written apart from the matcher; precision and recall are
 * counted against its truth.
 */
import { readTreeSource, useResources, CASE_TYPES, resources } from '@songbai/capabilities'
import { loadPacks } from '@songbai/packs'
import { generateDemo } from '@songbai/scenarios/demo'
import { Linkage, type Status } from '@songbai/linkage'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checked, dice, namesakeNear, namesakeSon, spoil, twinOf, type Being, type Line } from '../../engines/linkage/bench/errors.ts'

const COUNTY = '500229'
const TODAY = '2026-07-16'

interface Figures {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly memoryMb: number
  readonly pairsCompared: number
  readonly matched: number
  readonly possible: number
  /** Of the pairs matched without a person, how many are one person. */
  readonly precision: number
  /** Of the people in both lists, how many were matched without a person. */
  readonly recall: number
  /** Of the people in both lists, how many were matched or laid before a person with the right partner. */
  readonly recallWithPerson: number
  /** Of the lines laid before a person, how many hold the right partner. */
  readonly possibleRight: number
}

export async function run(options: { readonly json: boolean; readonly elders?: number }): Promise<Record<string, Figures>> {
  const root = join(import.meta.dirname, '..', '..')
  useResources({ regions: readTreeSource(pathToFileURL(join(root, 'capabilities/know/regions/data/'))), packs: loadPacks(join(root, 'packs')), caseTypes: CASE_TYPES })
  const elders = options.elders ?? 200_000
  const { pool, places } = peopleOf(elders)
  const figures: Record<string, Figures> = {}
  for (const [name, withoutId] of [['withNumbers', 0.08], ['withoutNumbers', 1]] as const) {
    figures[name] = measure(pool, places, withoutId)
    const line = { bench: 'matching', list: name, elders, ...figures[name], node: process.version }
    if (options.json) console.log(JSON.stringify(line))
    else for (const [key, value] of Object.entries(line)) console.log(`${key.padEnd(18)} ${String(value)}`)
  }
  return figures
}

/** Lives of a county, with twins, sons of the same name and namesakes next door among them. */
function peopleOf(elders: number): { pool: Being[]; places: string[] } {
  const { regions, packs } = resources()
  const roll = dice(20260716)
  const pool: Being[] = []
  const places = new Set<string>()
  const numbers = new Set<string>()
  for (const person of generateDemo({ region: COUNTY, elders, seed: 'matching', today: TODAY, divisions: regions.divisions, factIds: packs.facts.facts.map((one) => one.id) })) {
    const two = (below: number): string => String(1 + Math.floor(roll() * below)).padStart(2, '0')
    const birth = person.birthDay ?? `${1935 + Math.floor(roll() * 30)}-${two(12)}-${two(28)}`
    const number = (): string => checked(`990229${birth.replaceAll('-', '')}${two(99)}${person.sex === 'male' ? 1 : 2}`)
    let idNumber = person.idNumber ?? number()
    while (numbers.has(idNumber)) idNumber = number()
    numbers.add(idNumber)
    pool.push({ life: pool.length, name: person.name, birth, sex: person.sex, place: person.region, idNumber })
    places.add(person.region)
    if (pool.length >= elders) break
  }
  const all = [...places]
  for (let i = 0; i < elders; i += 250) {
    pool[i + 1] = twinOf(pool[i]!, i + 1, roll)
    if (i + 5 < elders) pool[i + 3] = namesakeSon(pool[i + 2]!, i + 3, roll)
    if (i + 5 < elders) pool[i + 5] = namesakeNear(pool[i + 4]!, i + 5, roll, all)
  }
  return { pool, places: all }
}

function measure(pool: readonly Being[], places: readonly string[], withoutId: number): Figures {
  const roll = dice(7)
  const ours = pool.filter(() => roll() < 0.93)
  const theirs: Line[] = []
  for (const being of pool) if (roll() < 0.93) theirs.push(spoil(being, String(theirs.length), roll, { withoutId }, places))
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  const linkage = new Linkage()
  for (const one of ours) linkage.addOurs({ key: String(one.life), ...one })
  for (const one of theirs) linkage.addTheirs(one)
  for (const _step of linkage.run()) void _step
  const used = process.cpuUsage(cpu)
  const seconds = (performance.now() - began) / 1000
  return { seconds: round(seconds, 1), cpuSeconds: round((used.user + used.system) / 1e6, 1), memoryMb: Math.round(process.memoryUsage().rss / 1e6), pairsCompared: linkage.pairs, ...quality(linkage, ours, theirs) }
}

function quality(linkage: Linkage, ours: readonly Being[], theirs: readonly Line[]): Pick<Figures, 'matched' | 'possible' | 'precision' | 'recall' | 'recallWithPerson' | 'possibleRight'> {
  const here = new Set(ours.map((one) => one.life))
  const both = theirs.filter((one) => here.has(one.life)).length
  const count: Record<Status, [right: number, all: number]> = { matched: [0, 0], possible: [0, 0], onlyTheirs: [0, 0], twice: [0, 0] }
  let shown = 0
  for (const [i, link] of linkage.results.entries()) {
    const right = link.partner >= 0 && link.status !== 'twice' && ours[link.partner]!.life === theirs[i]!.life
    count[link.status][1]++
    if (right) count[link.status][0]++
    if (right || (link.status === 'possible' && link.others.some((one) => ours[one.ours]!.life === theirs[i]!.life))) shown++
  }
  if (process.env['SONGBAI_BENCH_SHOW']) show(linkage, ours, theirs, here)
  return { matched: count.matched[1], possible: count.possible[1], precision: round(count.matched[0] / count.matched[1], 5), recall: round(count.matched[0] / both, 4), recallWithPerson: round(shown / both, 4), possibleRight: round(count.possible[0] / Math.max(1, count.possible[1]), 3) }
}

/** Some lines that went wrong, to look at. */
function show(linkage: Linkage, ours: readonly Being[], theirs: readonly Line[], here: ReadonlySet<number>): void {
  let [wrong, missed] = [0, 0]
  for (const [i, link] of linkage.results.entries()) {
    const other = link.partner >= 0 ? ours[link.partner] : undefined
    if (link.status === 'matched' && other!.life !== theirs[i]!.life && wrong++ < 15) console.log('wrong', theirs[i], other, linkage.explain(i, link.partner).map((one) => `${one.field}.${one.level} ${one.bits.toFixed(1)}`).join(' '))
    if (link.status === 'onlyTheirs' && here.has(theirs[i]!.life) && missed++ < 15) console.log('missed', theirs[i], ours.find((one) => one.life === theirs[i]!.life), linkage.explain(i, ours.findIndex((one) => one.life === theirs[i]!.life)).map((one) => `${one.field}.${one.level} ${one.bits.toFixed(1)}`).join(' '))
  }
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
