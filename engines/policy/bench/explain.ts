/** Explanations of random people held against the rules themselves, and what one costs: every item of the shipped packs. `--packs DIR`, `--people N`, `--json`. */
import { addDays, dayNumber } from '@songbai/calendar'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { dice, randomFacts } from '../fixtures/random.ts'
import { checkExplanation } from '../fixtures/truth.ts'
import { compilePolicySet, explain, parseFacts, parsePolicies, sentences, spoken } from '../src/index.ts'
import type { Explanation, PolicySet } from '../src/index.ts'
import { readPolicyFiles } from '../src/node.ts'

const { values } = parseArgs({ options: { packs: { type: 'string', default: 'packs' }, people: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } } })
const AT = '2026-07-01'
const set = packed(values.packs)
const regions = ['152222', '211221', '320685', '370215', '500229']

function packed(dir: string): PolicySet {
  const read = parseFacts(readFileSync(join(dir, 'facts.yaml'), 'utf8'))
  if ('problems' in read) throw new Error('facts.yaml')
  const made = compilePolicySet(parsePolicies(readPolicyFiles(dir), read.facts).policies, read.facts)
  if ('problems' in made) throw new Error(JSON.stringify(made.problems))
  return made.set
}

const rnd = dice(20260701)
const wrong: string[] = []
const counts = { explanations: 0, yes: 0, no: 0, unknown: 0, changes: 0, stated: 0, turnsYes: 0 }
let cpu = 0
for (let i = 0; i < Number(values.people); i++) {
  const person = { values: randomFacts(set, rnd, [0, 0.1, 0.4][i % 3]!), records: new Map() }
  const region = regions[i % regions.length]!
  const before = process.cpuUsage()
  const all = set.items.map(item => explain(set, region, item, person, AT))
  const used = process.cpuUsage(before)
  cpu += used.user + used.system
  for (const x of all) tally(x, checkExplanation(set, person, x))
}

function tally(x: Explanation, faults: readonly string[]): void {
  counts.explanations++
  counts[x.answer]++
  if (x.nearest !== null) counts.changes++
  if (x.noWay !== null) counts.stated++
  if (x.turnsYes !== null) counts.turnsYes++
  if (sentences(x, 'zh').length > 3 || sentences(x, 'en').length > 3) faults = [...faults, 'more than three sentences']
  if (/[\d()（）〔〕《》“”"[\]]/.test(spoken(x, 'zh'))) faults = [...faults, `not speakable: ${spoken(x, 'zh')}`]
  wrong.push(...faults.map(f => `${x.region} ${x.item}: ${f}`))
}

const ms = cpu / 1000 / counts.explanations
if (values.json) console.log(JSON.stringify({ ...counts, wrong: wrong.length, cpuMsPerExplanation: ms, from: AT, to: addDays(AT, 730), day: dayNumber(AT) }))
else console.log(`${JSON.stringify(counts)}\n${wrong.length} wrong\n${ms.toFixed(3)} ms CPU each`)
for (const w of wrong.slice(0, 20)) console.error(w)
process.exitCode = wrong.length > 0 ? 1 : 0
