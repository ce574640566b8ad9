/**
 * `npm run bench -- lookback [--elders N] [--json]`: 24 months of N made-up people, with planted misses and over-payments. The look must find every
 * planted spell, and everything it finds must be what the slow reader of the months says, person by person and month by month.
 */
import { CASE_TYPES, EntitlementBlock, readTreeSource, resources, useResources } from '@songbai/capabilities'
import { dayNumber, type Day } from '@songbai/calendar'
import { loadPacks } from '@songbai/packs'
import { compilePolicySet, dueForPerson, parseFacts, parsePolicies, partOf, type Interval, type PolicySet } from '@songbai/policy'
import { generateDemo, type DemoPerson } from '@songbai/scenarios/demo'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LookBack, moneyItems, monthBefore, monthsFromTo, type Spell } from '../../capabilities/decide/lookback/rules.ts'

const COUNTY = '500229'
const TODAY: Day = '2026-07-16'
const MONTHS = monthsFromTo('2024-07', '2026-06')
/** Different lives; more people than these are the same lives over again, since the rules do not see names. */
const LIVES = 120
const PLANTED = 80
const PART = 5000
const OWED = new Set(['full', 'began', 'changed', 'reduced', 'ended', 'died', 'moved', 'suspendedSince', 'displacedSince', 'after'])
const NOTHING = new Set(['no', 'gone', 'displaced', 'suspended'])

interface Fact { readonly key: string; readonly value: unknown; readonly from: number | null; readonly to: number | null; readonly recorded: number; readonly superseded: null }
interface Life { readonly region: string; readonly facts: readonly Fact[] }
interface Plant { readonly life: number; readonly item: string; readonly kind: 'missed' | 'overpaid'; readonly from: string; readonly to: string }

export async function run(options: { readonly json: boolean; readonly elders?: number }): Promise<unknown> {
  const root = process.env['SONGBAI_ROOT'] ?? process.cwd()
  useResources({ regions: readTreeSource(pathToFileURL(join(root, 'capabilities/know/regions/data/'))), packs: loadPacks(join(root, 'packs')), caseTypes: CASE_TYPES })
  const elders = options.elders ?? 200_000
  const set = lawOfCounty()
  const lives = livesOf()
  const truth = lives.map((life) => slowly(set, life))
  const plants = plant(set, lives, truth)
  for (const one of plants) if (truth[one.life] === undefined) truth[one.life] = slowly(set, lives[one.life]!)
  const block = blockOf(set, lives, elders)
  const figures = { ...measure(set, block, elders, lives.length, truth, plants), months: MONTHS.length, elders, lives: lives.length, items: set.items.length }
  const line = { bench: 'lookback', ...figures, node: process.version }
  if (options.json) console.log(JSON.stringify(line))
  else for (const [key, value] of Object.entries(line)) console.log(`${key.padEnd(18)} ${String(value)}`)
  return figures
}

function lawOfCounty(): PolicySet {
  const { packs } = resources()
  const dictionary = parseFacts(packs.factsText)
  if ('problems' in dictionary) throw new Error(JSON.stringify(dictionary.problems))
  const { policies, problems } = parsePolicies(packs.policies.map((one) => ({ file: one.path, text: one.text })), dictionary.facts, packs.clauses)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const compiled = compilePolicySet(policies.filter((one) => COUNTY.startsWith(one.region)), dictionary.facts)
  if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems))
  return partOf(compiled.set, new Set(moneyItems(compiled.set)))
}

function livesOf(): Life[] {
  const { regions, packs } = resources()
  return [...generateDemo({ region: COUNTY, elders: LIVES, seed: 'lookback', today: TODAY, divisions: regions.divisions, factIds: packs.facts.facts.map((one) => one.id) })].map((person) => ({ region: person.region, facts: factsOf(person) }))
}

function factsOf(person: DemoPerson): Fact[] {
  const recorded = dayNumber(person.recordedOn)
  const fact = (key: string, value: unknown, from: Day | null, to: Day | null): Fact => ({ key, value, from: from === null ? null : dayNumber(from), to: to === null ? null : dayNumber(to), recorded, superseded: null })
  return [
    fact('usualResidence', person.region, null, null), ...(person.birthDay === null ? [] : [fact('birth', person.birthDay, null, null)]), fact('sex', person.sex, null, null),
    ...person.facts.map((one) => fact(one.key, one.value, one.validFrom, one.validTo)), ...person.benefits.map((one) => fact(`benefit.${one.policy}`, one.since, one.since, one.until)),
  ]
}

/** By item and month: m missed, o overpaid, a dot neither; and what was owed last, for prices. */
interface Slow { readonly marks: ReadonlyMap<string, string>; readonly fen: ReadonlyMap<string, readonly number[]> }

/** The plain reader, one person and month at a time; nothing of the look itself is used. */
function slowly(set: PolicySet, life: Life): Slow {
  const history = EntitlementBlock.intervals(set.facts, life.facts) as Interval[]
  const [marks, fen, last] = [new Map<string, string>(), new Map<string, number[]>(), new Map<string, number>()]
  for (const month of [monthBefore(MONTHS[0]!), ...MONTHS]) for (const due of dueForPerson(set, life.region, history, month, { applied: 'all' })) {
    const owed = OWED.has(due.code) && due.amountFen > 0
    if (owed) last.set(due.item, due.amountFen)
    if (month < MONTHS[0]!) continue
    const mark = owed && due.drawingSince === null ? 'm' : !owed && due.drawingSince !== null && NOTHING.has(due.code) ? 'o' : '.'
    marks.set(due.item, (marks.get(due.item) ?? '') + mark)
    fen.set(due.item, [...(fen.get(due.item) ?? []), mark === '.' ? 0 : mark === 'm' ? due.amountFen : (last.get(due.item) ?? 0)])
  }
  return { marks, fen }
}

/**
 * Plants go on copies of lives: drawing taken away for some months from who is owed all the time and draws, drawing given for some months to who is
 * never owed. Where they lie is known from the planting alone.
 */
function plant(set: PolicySet, lives: Life[], truth: (Slow | undefined)[]): Plant[] {
  const plants: Plant[] = []
  const base = lives.length
  for (let n = 0; plants.length < PLANTED && n < base * set.items.length; n++) {
    const life = lives[n % base]!
    const item = set.items[Math.floor(n / base)]!
    const key = `benefit.${item}`
    if (!set.facts.has(key) || truth[n % base]!.marks.get(item) !== '.'.repeat(MONTHS.length)) continue
    const from = 1 + (n % 11)
    const to = from + (n % 7)
    const [first, end] = [dayNumber(`${MONTHS[from]!}-01` as Day), dayNumber(`${MONTHS[to + 1]!}-01` as Day)]
    const own = life.facts.filter((one) => one.key === key)
    const owedAlways = own.length > 0
    const spoilt = owedAlways
      ? [...life.facts.filter((one) => one.key !== key), ...own.flatMap((one) => [{ ...one, to: first }, { ...one, from: end }])]
      : [...life.facts, { key, value: MONTHS[from] + '-01', from: first, to: end, recorded: first, superseded: null } as Fact]
    const copy = slowly(set, { region: life.region, facts: spoilt })
    const kind = owedAlways ? 'missed' : 'overpaid'
    // Only places where the planting is felt: an item without money, or one whose answer is unknown, hides a plant from everybody.
    if (![...copy.marks.get(item)!].slice(from, to + 1).every((mark) => mark === kind[0])) continue
    truth[lives.length] = copy
    plants.push({ life: lives.push({ region: life.region, facts: spoilt }) - 1, item, kind, from: MONTHS[from]!, to: MONTHS[to]! })
  }
  return plants
}

function blockOf(set: PolicySet, lives: readonly Life[], elders: number) {
  const builder = EntitlementBlock.builder(set.facts)
  for (let i = 0; i < elders; i++) {
    builder.person(`${i % lives.length}.${i}`, lives[i % lives.length]!.region)
    for (const one of lives[i % lives.length]!.facts) builder.fact(one)
  }
  return builder.build()
}

function measure(set: PolicySet, block: ReturnType<typeof blockOf>, elders: number, lives: number, truth: readonly (Slow | undefined)[], plants: readonly Plant[]) {
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  const found: { life: number; spell: Spell }[] = []
  let slices = 0
  let longestMs = 0
  for (let from = 0; from < elders; from += PART) {
    const population = block.population.subset(Int32Array.from({ length: Math.min(PART, elders - from) }, (_, i) => from + i))
    const back = new LookBack(set, population, MONTHS, 'all')
    let step = performance.now()
    for (const _month of back.run()) {
      longestMs = Math.max(longestMs, performance.now() - step)
      slices++
      step = performance.now()
    }
    for (const spell of back.found()) found.push({ life: Number(population.ids[spell.person]!.split('.')[0]), spell })
  }
  const used = process.cpuUsage(cpu)
  const seconds = Math.round((performance.now() - began) / 100) / 10
  check(elders, lives, found, truth, plants)
  const sum = (kind: Spell['kind']): number => found.filter((one) => one.spell.kind === kind).length
  return { seconds, cpuSeconds: Math.round((used.user + used.system) / 1e5) / 10, memoryMb: Math.round(process.memoryUsage.rss() / 1e6), longestPieceMs: Math.round(longestMs), pieces: slices, missed: sum('missed'), overpaid: sum('overpaid'), plantedLives: plants.length, plantedFound: plants.length, explained: found.length }
}

/** Throws when a planted spell is missing, or when any life's spells differ from the plain reader's by a month or a fen. */
function check(elders: number, lives: number, found: readonly { life: number; spell: Spell }[], truth: readonly (Slow | undefined)[], plants: readonly Plant[]): void {
  const byLife = new Map<number, Map<string, number>>()
  for (const { life, spell } of found) {
    const own = byLife.get(life) ?? new Map<string, number>()
    byLife.set(life, own)
    const key = `${spell.item} ${spell.kind} ${spell.from} ${spell.to} ${spell.sumFen}`
    own.set(key, (own.get(key) ?? 0) + 1)
  }
  for (let life = 0; life < Math.min(lives, elders); life++) {
    const copies = Math.floor((elders - 1 - life) / lives) + 1
    const own = byLife.get(life) ?? new Map<string, number>()
    const expected = spellsOf(truth[life]!)
    for (const key of expected) if (own.get(key) !== copies) throw new Error(`life ${life}: ${key} found ${own.get(key) ?? 0} times of ${copies}`)
    for (const key of own.keys()) if (!expected.includes(key)) throw new Error(`life ${life}: ${key} is not what the plain reader says`)
  }
  for (const one of plants) if (![...(byLife.get(one.life)?.keys() ?? [])].some((key) => { const [item, kind, from, to] = key.split(' '); return item === one.item && kind === one.kind && from! <= one.from && to! >= one.to })) throw new Error(`planted and not found: ${JSON.stringify(one)}`)
}

function spellsOf(slow: Slow): string[] {
  return [...slow.marks].flatMap(([item, marks]) => [...marks.matchAll(/m+|o+/g)].map((match) => {
    const [from, to] = [match.index, match.index + match[0].length - 1]
    return `${item} ${match[0][0] === 'm' ? 'missed' : 'overpaid'} ${MONTHS[from]!} ${MONTHS[to]!} ${slow.fen.get(item)!.slice(from, to + 1).reduce((sum, one) => sum + one, 0)}`
  }))
}
