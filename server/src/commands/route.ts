import { check, checkHhcrsp, createSearch, modelOfSolomon, Anneal, CareSearch, plainKit, readHhcrsp, readSolomon, readVroom, SCALE, type CareInstance, type Fault, type GivenSolution, type Problem, type Solomon } from '@songbai/routing'
import { runSearch, type RunOptions } from '@songbai/routing/node'
import { readFileSync } from 'node:fs'
import type { Command, CommandContext } from './context.ts'

type Read = { readonly kind: 'vroom'; readonly problem: Problem } | { readonly kind: 'solomon'; readonly instance: Solomon } | { readonly kind: 'hhcrsp'; readonly instance: CareInstance }

const FORMATS = ['vroom', 'solomon', 'hhcrsp', 'songbai']

/** `songbai route FILE`: one JSON document with the plan. `songbai route check PROBLEM SOLUTION`: everything wrong with a plan, from the definition. */
export const routeCommand: Command = async (context) => {
  const [, first, second, third] = context.positionals
  if (first === undefined || (first === 'check' && (second === undefined || third === undefined))) {
    context.print(say(context, '用法：npx songbai route 文件 [--format vroom|solomon|hhcrsp|songbai] [--seconds 秒 | --iterations 次] [--seed 数] [--fleet 车数]；npx songbai route check 问题 方案', 'Usage: npx songbai route FILE [--format vroom|solomon|hhcrsp|songbai] [--seconds S | --iterations N] [--seed N] [--fleet K]; npx songbai route check PROBLEM SOLUTION'))
    return 2
  }
  const read = readProblem(context, first === 'check' ? second! : first)
  if (read === null) return 2
  return first === 'check' ? checkPlan(context, read, third!) : plan(context, read)
}

function say(context: CommandContext, zh: string, en: string): string {
  return context.language === 'zh' ? zh : en
}

function textOf(context: CommandContext, path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    context.print(say(context, `读不到文件“${path}”。请看看路径对不对。`, `The file "${path}" cannot be read. Please look at the path.`))
    return null
  }
}

function jsonOf(context: CommandContext, path: string): { readonly value: unknown } | null {
  const text = textOf(context, path)
  if (text === null) return null
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    context.print(say(context, `“${path}”不是 JSON：${(error as Error).message}`, `"${path}" is not JSON: ${(error as Error).message}`))
    return null
  }
}

function readProblem(context: CommandContext, path: string): Read | null {
  const wanted = context.values['format']
  if (wanted !== undefined && !FORMATS.includes(String(wanted))) {
    context.print(say(context, `没有“${String(wanted)}”这种格式。可用：${FORMATS.join('、')}`, `No format "${String(wanted)}". There are: ${FORMATS.join(', ')}`))
    return null
  }
  const format = wanted === undefined ? (path.endsWith('.txt') ? 'solomon' : 'json') : String(wanted)
  if (format === 'solomon') {
    const text = textOf(context, path)
    if (text === null) return null
    const instance = readSolomon(text)
    if ('problems' in instance) return blame(context, instance.problems.map((problem) => ({ path: '', code: 'type', zh: problem, en: problem })))
    return { kind: 'solomon', instance }
  }
  const json = jsonOf(context, path)
  if (json === null) return null
  if (format === 'hhcrsp' || (format === 'json' && typeof json.value === 'object' && json.value !== null && 'patients' in json.value)) {
    const read = readHhcrsp(json.value)
    return 'faults' in read ? blame(context, read.faults) : { kind: 'hhcrsp', instance: read.instance }
  }
  const read = readVroom(json.value)
  return 'faults' in read ? blame(context, read.faults) : { kind: 'vroom', problem: read.problem }
}

function blame(context: CommandContext, faults: readonly Fault[]): null {
  if (context.json) context.print(JSON.stringify({ command: 'route', faults }))
  else for (const fault of faults) context.print(`${fault.path}${fault.path === '' ? '' : '：'}${context.language === 'zh' ? fault.zh : fault.en}`)
  return null
}

function optionsOf(context: CommandContext): RunOptions {
  const number = (name: string): number | undefined => (context.values[name] === undefined ? undefined : Number(context.values[name]))
  return { seed: number('seed') ?? 1, iterations: number('iterations'), seconds: number('seconds') }
}

async function plan(context: CommandContext, read: Read): Promise<number> {
  const options = optionsOf(context)
  for (const name of ['seed', 'iterations', 'seconds', 'fleet'] as const) {
    const value = context.values[name]
    if (value === undefined || Number(value) > 0) continue
    context.print(say(context, `--${name} 要一个大于0的数。`, `--${name} takes a number above 0.`))
    return 2
  }
  if (read.kind === 'vroom') {
    const { search, iterations } = await runSearch((given) => createSearch(read.problem, given), options)
    context.print(JSON.stringify({ ...search.solution(), iterations, seed: options.seed }))
    return 0
  }
  if (read.kind === 'hhcrsp') {
    const { search, iterations } = await runSearch((given) => new CareSearch(read.instance, given), options)
    context.print(JSON.stringify({ ...search.solution(), iterations, seed: options.seed }))
    return 0
  }
  const model = modelOfSolomon(read.instance, context.values['fleet'] === undefined ? read.instance.vehicles : Number(context.values['fleet']))
  const { search, iterations } = await runSearch((given) => new Anneal(model, given, plainKit(model)), options)
  const { routes, absent, cost } = search.outcome()
  const used = routes.filter((route) => route.length > 0).map((route) => route.map((task) => task + 1))
  context.print(JSON.stringify({ vehicles: used.length, distance: cost / SCALE, routes: used, unserved: absent.map((task) => task + 1), iterations, seed: options.seed }))
  return 0
}

function checkPlan(context: CommandContext, read: Read, path: string): number {
  const json = jsonOf(context, path)
  if (json === null) return 2
  const checked = read.kind === 'vroom' ? check(read.problem, json.value as GivenSolution) : read.kind === 'hhcrsp' ? checkHhcrsp(read.instance, json.value as never) : checkSolomon(read.instance, json.value as { routes: number[][] })
  context.print(JSON.stringify(checked))
  return checked.violations.length === 0 ? 0 : 1
}

/** From the instance file alone: order, windows, loads; distance in the data's own unit. */
function checkSolomon(instance: Solomon, solution: { readonly routes: readonly (readonly number[])[] }): { readonly violations: readonly string[]; readonly vehicles: number; readonly distance: number; readonly unserved: readonly number[] } {
  const violations: string[] = []
  const seen = new Set<number>()
  const step = (a: number, b: number): number => Math.round(Math.hypot(instance.nodes[a]!.x - instance.nodes[b]!.x, instance.nodes[a]!.y - instance.nodes[b]!.y) * SCALE)
  let distance = 0
  solution.routes.forEach((route, r) => {
    let [at, clock, load] = [0, instance.nodes[0]!.ready * SCALE, 0]
    for (const id of route) {
      const node = instance.nodes[id]
      if (!node || id === 0) {
        violations.push(`route ${r + 1}: no customer ${id}`)
        continue
      }
      if (seen.has(id)) violations.push(`customer ${id} is served twice`)
      seen.add(id)
      distance += step(at, id)
      clock = Math.max(node.ready * SCALE, clock + step(at, id))
      if (clock > node.due * SCALE) violations.push(`customer ${id}: begun at ${clock / SCALE}, due ${node.due}`)
      clock += node.service * SCALE
      load += node.demand
      at = id
    }
    distance += step(at, 0)
    if (clock + step(at, 0) > instance.nodes[0]!.due * SCALE) violations.push(`route ${r + 1}: back after the depot closes`)
    if (load > instance.capacity) violations.push(`route ${r + 1}: ${load} loaded, ${instance.capacity} possible`)
  })
  if (solution.routes.length > instance.vehicles) violations.push(`${solution.routes.length} routes, ${instance.vehicles} vehicles`)
  return { violations, vehicles: solution.routes.length, distance: distance / SCALE, unserved: instance.nodes.slice(1).map((node) => node.id).filter((id) => !seen.has(id)) }
}
