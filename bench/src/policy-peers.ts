/** Engines that take one person at a time: JSON rules, decision tables, expression languages. All get their rules from our parsed tree or its text. */
import { ITEMS, STACKING_RULES } from '@songbai/policy/bench'
import { forRegion } from '@songbai/policy'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Peer } from './policy.ts'
import type { World } from './policy-own.ts'
import { asJre, asZen } from './policy-terms.ts'
import { amountOf, inOrder, peopleAsObjects, type PersonObject } from './policy-people.ts'

export type Skip = (name: string, why: string) => void
/** Loads a module of bench/peers; null when it is not there. */
export type Modules = <T>(name: string, ...inside: string[]) => Promise<T | null>

export async function installPeers(skip: Skip): Promise<Modules> {
  const folder = join(process.env['SONGBAI_ROOT'] ?? process.cwd(), 'bench', 'peers')
  if (!existsSync(join(folder, 'node_modules'))) {
    process.stderr.write('installing the other engines into bench/peers …\n')
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const done = spawnSync(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--no-workspaces', '--loglevel=error'], { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' })
    if (done.status !== 0) skip('peers', `npm install in bench/peers failed: ${(done.stderr ?? '').trim().split('\n')[0] ?? ''}`)
  }
  const require = createRequire(join(folder, 'package.json'))
  return async (name) => {
    try {
      return (await import(pathToFileURL(require.resolve(name)).href)) as never
    } catch (error) {
      skip(name, error instanceof Error ? error.message.split('\n')[0]! : String(error))
      return null
    }
  }
}

type Answer = (person: PersonObject) => number[] | Promise<number[]>

/** A peer that answers one person after another, or some at once where it works on other threads. */
function onePerson(name: string, people: readonly PersonObject[], count: number, target: number, answer: Answer, atOnce = 1): Peer {
  const n = Math.min(count, people.length)
  return {
    name, people: n, target,
    run: async () => {
      const sums = new Array<number>(Object.keys(ITEMS).length).fill(0)
      for (let i = 0; i < n; i += atOnce) {
        const part = people.slice(i, Math.min(n, i + atOnce))
        const found = atOnce === 1 ? [await answer(part[0]!)] : await Promise.all(part.map(answer))
        for (const one of found) stack(one).forEach((fen, j) => { sums[j]! += fen })
      }
      return inOrder(sums)
    },
  }
}

const NAMES = Object.keys(ITEMS)

/** Stacking in plain JavaScript, for engines that have none. */
function stack(amounts: number[]): number[] {
  const place = (item: string): number => NAMES.indexOf(item)
  for (const { kind, of, limit } of STACKING_RULES) {
    const own = of.map(place)
    if (kind === 'max') {
      const best = own.reduce((b, j) => (amounts[j]! > amounts[b]! ? j : b))
      for (const j of own) if (j !== best) amounts[j] = 0
    } else if (kind === 'first') {
      const first = own.find((j) => amounts[j]! > 0)
      for (const j of own) if (j !== first) amounts[j] = 0
    } else {
      let room = limit
      for (const j of own) {
        amounts[j] = Math.min(amounts[j]!, room)
        room -= amounts[j]!
      }
    }
  }
  return amounts
}

export async function rowPeers(world: World, modules: Modules): Promise<Peer[]> {
  const people = peopleAsObjects(world, 10_000)
  const made = [await jsonRules(world, modules, people), ...(await zen(world, modules, people)), await bufbuild(modules, people), await marcbachmann(modules, people), await celJs(modules, people)]
  return made.filter((peer) => peer !== null)
}

async function jsonRules(world: World, modules: Modules, people: readonly PersonObject[]): Promise<Peer | null> {
  interface Engine { addRule: (rule: object) => void; run: (facts: object) => Promise<{ events: { params: { j: number; k: number } }[] }> }
  const found = await modules<{ Engine: new (rules: unknown[], options: object) => Engine }>('json-rules-engine')
  if (found === null) return null
  const engine = new found.Engine([], { allowUndefinedFacts: true })
  NAMES.forEach((item, j) => rowsOf(world, item).forEach(({ when }, k) => {
    const c = asJre(when)
    engine.addRule({ conditions: c.all !== undefined || c.any !== undefined ? c : { all: [c] }, event: { type: item, params: { j, k } } })
  }))
  return onePerson('json-rules-engine 7.3.1', people, 300, 5000, async (person) => {
    const { events } = await engine.run(person)
    const first = new Array<number>(NAMES.length).fill(99)
    for (const { params: { j, k } } of events) if (k < first[j]!) first[j] = k
    return first.map((k, j) => (k === 99 ? 0 : amountOf(ITEMS[NAMES[j]!]![k]![1], person)))
  })
}

function rowsOf(world: World, item: string) {
  return forRegion(world.set, '990100', world.columns.at).items.find((one) => one.id === item)!.policy.rows
}

async function zen(world: World, modules: Modules, people: readonly PersonObject[]): Promise<Peer[]> {
  interface Decision { evaluate: (input: object) => Promise<{ result: Record<string, number> }> }
  const found = await modules<{ ZenEngine: new () => { createDecision: (graph: object) => Decision } }>('@gorules/zen-engine')
  if (found === null) return []
  const amount = (a: string | number): string => (typeof a === 'string' ? `p.${a}` : String(a))
  const at = { position: { x: 0, y: 0 } }
  const graph = (nodes: { id: string }[]): object => ({
    contentType: 'application/vnd.gorules.decision', nodes: [{ id: 'in', type: 'inputNode', name: 'in', ...at }, ...nodes, { id: 'out', type: 'outputNode', name: 'out', ...at }],
    edges: nodes.flatMap(({ id }) => [{ id: `a${id}`, type: 'edge', sourceId: 'in', targetId: id }, { id: `b${id}`, type: 'edge', sourceId: id, targetId: 'out' }]),
  })
  const tables = NAMES.map((item, j) => ({ id: `t${j}`, type: 'decisionTableNode', name: item, ...at, content: {
    hitPolicy: 'first', inputs: [{ id: 'c', name: 'when', type: 'expression' }], outputs: [{ id: 'o', name: item, field: `a${j}`, type: 'expression' }],
    rules: [...rowsOf(world, item).map((row, k) => ({ _id: `r${k}`, c: asZen(row.when), o: amount(ITEMS[item]![k]![1]) })), { _id: 'z', c: '', o: '0' }],
  } }))
  const expressions = NAMES.map((item, j) => ({ id: `x${j}`, key: `a${j}`, value: `${rowsOf(world, item).map((row, k) => `${asZen(row.when)} ? ${amount(ITEMS[item]![k]![1])}`).join(' : ')} : 0` }))
  const peer = (name: string, target: number, nodes: { id: string }[]): Peer => {
    const decision = new found.ZenEngine().createDecision(graph(nodes))
    return onePerson(name, people, 1000, target, async (person) => {
      const { result } = await decision.evaluate(person)
      return NAMES.map((_, j) => result[`a${j}`] ?? 0)
    }, 64)
  }
  return [peer('ZEN 0.54 decision tables', 2500, tables), peer('ZEN 0.54 one expression node', 1400, [{ id: 'e', type: 'expressionNode', name: 'e', ...at, content: { expressions } } as { id: string }])]
}

/** The text of the conditions, for engines that speak CEL. What is reckoned from dates stands ready in the person, in their favour. */
const celText = (when: string): string => when.replaceAll(/within\(assess, \d+, "month"\)/g, 'valid')

type Test = (person: PersonObject) => boolean

function byExpressions(name: string, people: readonly PersonObject[], count: number, target: number, compile: (text: string) => Test): Peer {
  const rows = NAMES.map((item) => ITEMS[item]!.map(([when, amount]) => ({ test: compile(celText(when)), amount })))
  return onePerson(name, people, count, target, (person) => rows.map((own) => {
    const row = own.find((one) => one.test(person))
    return row === undefined ? 0 : amountOf(row.amount, person)
  }))
}

async function bufbuild(modules: Modules, people: readonly PersonObject[]): Promise<Peer | null> {
  const found = await modules<{ celEnv: () => unknown; parse: (text: string) => unknown; plan: (env: unknown, parsed: unknown) => (input: object) => unknown }>('@bufbuild/cel')
  if (found === null) return null
  const env = found.celEnv()
  return byExpressions('@bufbuild/cel 0.6.1', people, 2000, 200, (text) => {
    const plan = found.plan(env, found.parse(text))
    return (person) => plan(person) === true
  })
}

async function marcbachmann(modules: Modules, people: readonly PersonObject[]): Promise<Peer | null> {
  const found = await modules<{ parse: (text: string) => (input: object) => unknown }>('@marcbachmann/cel-js')
  if (found === null) return null
  return byExpressions('@marcbachmann/cel-js 8.0', people, 10_000, 100, (text) => {
    const parsed = found.parse(text)
    return (person) => parsed(person) === true
  })
}

async function celJs(modules: Modules, people: readonly PersonObject[]): Promise<Peer | null> {
  const found = await modules<{ parse: (text: string) => { isSuccess: boolean; cst: unknown }; evaluate: (cst: unknown, input: object) => unknown }>('cel-js')
  if (found === null) return null
  return byExpressions('cel-js 0.8.2', people, 300, 1000, (text) => {
    const { cst } = found.parse(text)
    return (person) => found.evaluate(cst, person) === true
  })
}
