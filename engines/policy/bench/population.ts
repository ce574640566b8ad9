import { encodePerson, explain, evaluatePerson, evaluatePopulation, evaluateRows, forRegion, createPopulation, NO_DAY, totals } from '../src/index.ts'
import { Evaluation } from '../src/person.ts'
import { benchSet } from './items.ts'
import { AT, people } from './people.ts'

// npx rolldown engines/policy/bench/population.ts --platform node --format esm -o build/bench-policy.mjs && node build/bench-policy.mjs [--json]
const json = process.argv.includes('--json')
const figures: Record<string, number> = {}

function clock(name: string, rounds: number, run: () => unknown): void {
  const wall: number[] = [], cpu: number[] = []
  for (let i = 0; i < rounds; i++) {
    const [c, t] = [process.cpuUsage(), performance.now()]
    run()
    wall.push(performance.now() - t)
    const used = process.cpuUsage(c)
    cpu.push((used.user + used.system) / 1000)
  }
  const middle = (x: number[]): number => Math.round(x.sort((a, b) => a - b)[x.length >> 1]! * 100) / 100
  figures[`${name}WallMs`] = middle(wall)
  figures[`${name}CpuMs`] = middle(cpu)
  if (!json) console.log(`${name.padEnd(34)} wall ${String(middle(wall)).padStart(9)} ms   cpu ${String(middle(cpu)).padStart(9)} ms   (middle of ${rounds})`)
}

function run(n: number, extra: number, missing: number, label: string): void {
  const set = benchSet(extra)
  const input = people(n, missing)
  const population = createPopulation(set.facts, input)
  let columns = population.columnsAt(AT)
  let results = evaluatePopulation(set, columns)
  clock(`${label}Columns`, 5, () => { columns = population.columnsAt(AT, NO_DAY - 1) })
  clock(`${label}Evaluate`, 7, () => { results = evaluatePopulation(set, columns, results) })
  clock(`${label}Both`, 5, () => evaluatePopulation(set, population.columnsAt(AT), results))
  clock(`${label}Totals`, 3, () => totals(results, columns))
  const index = n >> 1
  clock(`${label}OnePersonChanged`, 50, () => {
    population.patchPerson(index, [{ fact: 'birth', value: AT - 30_000, from: -NO_DAY, to: NO_DAY, recorded: -NO_DAY, superseded: NO_DAY }])
    columns.refreshPerson(index)
    evaluateRows(results, columns, [index])
  })
  check(n, set, columns, results)
  if (n === 200_000) onePerson(set, input.regions[0]!)
}

/** The figures count only while both readers agree. */
function check(n: number, set: ReturnType<typeof benchSet>, columns: ReturnType<ReturnType<typeof createPopulation>['columnsAt']>, results: ReturnType<typeof evaluatePopulation>): void {
  for (let i = 0; i < n; i += 997) {
    const values = new Map([...set.facts.keys()].filter(f => !f.startsWith('benefit.')).map(f => [f, columns.column(f)[i]!]))
    const one = new Evaluation(forRegion(set, columns.population.regions[i]!, AT), { values, records: new Map() }).all().results
    set.items.forEach((item, j) => {
      if (one.sure[j] !== results.sure[j]![i] || one.possible[j] !== results.possible[j]![i] || one.amount[j] !== results.amount[j]![i]) throw new Error(`readers differ: person ${i} ${item}`)
    })
  }
}

function onePerson(set: ReturnType<typeof benchSet>, region: string): void {
  const facts = { birth: '1946-11-20', assess: '2025-09-10', incomePc: 60000, residMonths: 200, disab: 0, hukou: '本地', area: '农村', grade: '重度失能', income: '低保', merit: '无', living: '居家', disabType: '无', alone: true, leftbehind: false, fpspecial: false, ltci: false, dementia: false, adapted: false, childless: false }
  const person = encodePerson(set, facts)
  for (let i = 0; i < 300; i++) evaluatePerson(set, region, person, '2026-07-01')
  clock('oneAllItems', 51, () => evaluatePerson(set, region, person, '2026-07-01'))
  for (let i = 0; i < 20; i++) explain(set, region, 'poor-disabled', person, '2026-07-01')
  clock('oneExplainOneItem', 51, () => explain(set, region, 'poor-disabled', person, '2026-07-01'))
  clock('oneExplainAllItems', 11, () => set.items.map(item => explain(set, region, item, person, '2026-07-01')))
}

run(200_000, 15, 0.02, 'elders200kRules40')
run(200_000, 15, 0, 'elders200kRules40Complete')
run(1_000_000, 0, 0, 'elders1MRules25')
if (json) console.log(JSON.stringify(figures))
