/** What the analysis of the shipped packs costs. `npx rolldown engines/policy/bench/analyse.ts --platform node --format esm -o build/bench-analyse.mjs && node build/bench-analyse.mjs [--json]` */
import { readFileSync } from 'node:fs'
import { analyse, compilePolicySet, mutatePolicy, parseFacts, parsePolicies, survivingMutants } from '../src/index.ts'
import { readPolicyFiles } from '../src/node.ts'

const read = parseFacts(readFileSync('packs/facts.yaml', 'utf8'))
if ('problems' in read) throw new Error('facts.yaml')
const made = compilePolicySet(parsePolicies(readPolicyFiles('packs'), read.facts).policies, read.facts)
if ('problems' in made) throw new Error(JSON.stringify(made.problems))
const { set } = made

function cpuMs(run: () => unknown): number {
  const before = process.cpuUsage()
  run()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1000
}
const middle = (list: readonly number[]): number => Math.round([...list].sort((a, b) => a - b)[list.length >> 1]! * 10) / 10

const first = cpuMs(() => analyse(set))
const all = middle(Array.from({ length: 7 }, () => cpuMs(() => analyse(set))))
const each = set.policies.map(p => middle(Array.from({ length: 3 }, () => cpuMs(() => analyse(p, { around: set })))))
const mutants = cpuMs(() => set.policies.forEach(p => survivingMutants(set, p)))
const figures = { policies: set.policies.length, steps: analyse(set).steps, firstCpuMs: Math.round(first), allCpuMs: all, onePolicyCpuMs: middle(each), slowestPolicyCpuMs: Math.max(...each), mutants: set.policies.flatMap(p => mutatePolicy(p, set.facts)).length, mutantsCpuMs: Math.round(mutants) }
console.log(process.argv.includes('--json') ? JSON.stringify(figures) : figures)
