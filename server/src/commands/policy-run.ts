import { dayNumber } from '@songbai/calendar'
import { compareDay, evaluatePopulation, forRegion, rowIds, STACK_UNKNOWN, type PolicySet, type Results } from '@songbai/policy'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { loadPolicies, Refusal, sound } from './policy-load.ts'
import { readPopulation } from './policy-population.ts'
import type { PolicyContext } from './policy.ts'

interface ItemSum { item: string; title: { zh: string; en: string }; entitled: number; displaced: number; unknown: number; amountFen: number; unit: string }

/** Rules of a pack over a population on one day: counts and fen of every item, and with --out a line for each person and item. */
export async function runPolicies(context: PolicyContext): Promise<number> {
  const set = sound(loadPolicies(context.path(0), context))
  const at = context.at()
  const sums = set.items.map((item): ItemSum => ({ item, title: titleOf(set, item), entitled: 0, displaced: 0, unknown: 0, amountFen: 0, unit: set.policies.find((p) => p.id === item)!.unit }))
  const out = typeof context.values['out'] === 'string' ? await OutFile.open(context.values['out']) : null
  let [people, gone] = [0, 0]
  try {
    for await (const part of readPopulation(context, set, dayNumber(at))) {
      const results = evaluatePopulation(set, part.people.columnsAt(at))
      people += part.people.size - part.gone
      gone += part.gone
      addUp(results, part.here, sums)
      await out?.write(linesOf(results, part.people, part.here))
    }
    await out?.keep()
  } catch (error) {
    await out?.drop()
    throw error
  }
  if (people + gone === 0) throw new Refusal('noPeople', '人口文件里没有人。', 'There is nobody in the population file.')
  context.answer({ at, people, gone, items: sums, out: context.values['out'] ?? null }, () => [
    context.say(`${at}　${people} 人${gone > 0 ? `（另有 ${gone} 人已死亡或迁出，没有计入）` : ''}`, `${at}  ${people} people${gone > 0 ? ` (${gone} more died or moved away and are left out)` : ''}`),
    context.say('符合\t被替代\t待定\t金额（元）\t项目', 'entitled\tdisplaced\topen\tyuan\titem'),
    ...sums.map((sum) => [sum.entitled, sum.displaced, sum.unknown, yuan(sum.amountFen), `${sum.title[context.language]}（${sum.item}）`].join('\t')),
  ])
  return 0
}

/** Written beside its place and moved there when complete: a result that is there is whole. */
class OutFile {
  private readonly path: string
  private readonly stream: WriteStream

  static async open(path: string): Promise<OutFile> {
    const stream = createWriteStream(`${path}.part`, 'utf8')
    try {
      await once(stream, 'open')
    } catch (error) {
      throw new Refusal('noOut', `不能写入 ${path}：${(error as Error).message}。请换一个已有的、可写的文件夹。`, `${path} cannot be written: ${(error as Error).message}. Name a folder that exists and may be written.`)
    }
    return new OutFile(path, stream)
  }

  private constructor(path: string, stream: WriteStream) {
    this.path = path
    this.stream = stream
    this.stream.write('\uFEFFid,region,item,answer,row,amount_fen\n')
  }

  async write(text: string): Promise<void> {
    if (!this.stream.write(text)) await once(this.stream, 'drain')
  }

  async keep(): Promise<void> {
    await finished(this.stream.end())
    await rename(`${this.path}.part`, this.path)
  }

  async drop(): Promise<void> {
    this.stream.destroy()
    await rm(`${this.path}.part`, { force: true })
  }
}

function titleOf(set: PolicySet, item: string): { zh: string; en: string } {
  return set.policies.find((policy) => policy.id === item)!.title
}

const yuan = (fen: number): string => (fen / 100).toFixed(2)

type State = 'no' | 'entitled' | 'displaced' | 'unknown'

function stateOf(results: Results, item: number, i: number): State {
  const [sure, possible, stack] = [results.sure[item]![i]!, results.possible[item]![i]!, results.stack[item]![i]!]
  if (sure === 0) return possible === 0 ? 'no' : 'unknown'
  if (stack === STACK_UNKNOWN) return 'unknown'
  return stack === 0 || results.amount[item]![i]! > 0 ? 'entitled' : 'displaced'
}

function addUp(results: Results, here: Uint8Array, sums: readonly ItemSum[]): void {
  sums.forEach((sum, item) => {
    for (let i = 0; i < results.size; i++) {
      const state = here[i] === 1 ? stateOf(results, item, i) : 'no'
      if (state === 'no') continue
      sum[state]++
      if (state === 'entitled') sum.amountFen += results.amount[item]![i]!
    }
  })
}

function linesOf(results: Results, people: { ids: readonly string[]; regions: readonly string[] }, here: Uint8Array): string {
  const lines: string[] = []
  for (let i = 0; i < results.size; i++) {
    if (here[i] !== 1) continue
    const plan = forRegion(results.set, people.regions[i]!, results.at)
    results.set.items.forEach((item, k) => {
      const state = stateOf(results, k, i)
      if (state !== 'no') lines.push(`${cell(people.ids[i]!)},${people.regions[i]},${item},${state},${rowIds(plan.byIndex[k]!.policy, results.sure[k]![i]!).join('+')},${results.amount[k]![i]}\n`)
    })
  }
  return lines.join('')
}

/** A text that begins like a formula is not to be run by a spreadsheet. */
function cell(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

interface ItemDiff { item: string; before: { people: number; fen: number }; after: { people: number; fen: number }; gained: number; lost: number }

/** Two versions of the rules over one population: everybody is a winner, a loser or unchanged, and every item has its cost before and after. */
export async function diffPolicies(context: PolicyContext): Promise<number> {
  const before = sound(loadPolicies(context.path(0), context))
  const after = sound(loadPolicies(needPath(context), context))
  const at = context.at()
  const items = new Map<string, ItemDiff>()
  const total = { people: 0, gone: 0, winners: 0, losers: 0, unchanged: 0, gainFen: 0, lossFen: 0 }
  for await (const part of readPopulation(context, before, dayNumber(at))) {
    const columns = part.people.columnsAt(at)
    const change = compareDay(evaluatePopulation(before, columns), after, columns, { here: part.here })
    total.gone += part.gone
    for (const key of ['people', 'winners', 'losers', 'unchanged', 'gainFen', 'lossFen'] as const) total[key] += change[key]
    for (const one of change.items) addItem(items, one)
  }
  const changed = [...items.values()].filter((one) => one.before.people + one.after.people > 0)
  const titles = (item: string): string => [...after.policies, ...before.policies].find((policy) => policy.id === item)!.title[context.language]
  context.answer({ at, ...total, items: changed }, () => [
    context.say(`${at}　${total.people} 人：多得 ${total.winners} 人，少得 ${total.losers} 人，不变 ${total.unchanged} 人`, `${at}  ${total.people} people: ${total.winners} gain, ${total.losers} lose, ${total.unchanged} unchanged`),
    context.say('原来人数\t现在人数\t新增\t减少\t原来（元）\t现在（元）\t项目', 'before\tafter\tgained\tlost\tyuan before\tyuan after\titem'),
    ...changed.map((one) => [one.before.people, one.after.people, one.gained, one.lost, yuan(one.before.fen), yuan(one.after.fen), `${titles(one.item)}（${one.item}）`].join('\t')),
  ])
  return 0
}

function needPath(context: PolicyContext): string {
  if (context.positionals.length < 4) throw new Refusal('missing', '请给出旧规则和新规则两个路径。', 'Give two paths, the old rules and the new ones.')
  return context.path(1)
}

function addItem(items: Map<string, ItemDiff>, one: { item: string; before: { people: number; fen: number }; after: { people: number; fen: number }; gained: number; lost: number }): void {
  const sum = items.get(one.item) ?? { item: one.item, before: { people: 0, fen: 0 }, after: { people: 0, fen: 0 }, gained: 0, lost: 0 }
  for (const side of ['before', 'after'] as const) {
    sum[side].people += one[side].people
    sum[side].fen += one[side].fen
  }
  sum.gained += one.gained
  sum.lost += one.lost
  items.set(one.item, sum)
}
