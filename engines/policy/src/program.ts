import { ageOnYmd, ymdOfDayNumber } from '@songbai/calendar'
import type { Column, FactColumns } from './columns.ts'
import { unknownBit } from './columns.ts'
import { GREATEST, highName, Writer } from './compile.ts'
import { addToDay } from './days.ts'
import { ABSENT, UNKNOWN } from './facts.ts'
import { compare, share, usesOf } from './ir.ts'
import type { Compare, TimeUnit, Uses } from './ir.ts'
import { STACK_UNKNOWN } from './person.ts'
import { paysAnything, stackedItems } from './population.ts'
import type { Plan, PlannedItem, PolicySet } from './set.ts'
import { thresholdsOf } from './thresholds.ts'

/**
 * What becomes of the results. `full`: all columns of `Results`. `amounts`: only the column after stacking. `sums`: how many stand and what they come to,
 * for a range. `changes`: only what
 * differs from amounts that are there already, by item and by person.
 */
export type Sink = 'full' | 'amounts' | 'sums' | 'changes'

/** Where a loop writes; what a sink does not need is left out. Sums are by item index. */
export interface Into {
  readonly sure?: readonly Uint8Array[]
  readonly possible?: readonly Uint8Array[]
  readonly raw?: readonly Int32Array[]
  readonly amount?: readonly Int32Array[]
  readonly stack?: readonly Uint8Array[]
  readonly people?: Float64Array
  readonly fen?: Float64Array
  /** Amounts to compare with, by item index. */
  readonly before?: readonly Int32Array[]
  readonly gained?: Float64Array
  readonly lost?: Float64Array
  /** Change of each person, added up over the loops. */
  readonly delta?: Int32Array
}

/** Compiled loops of one plan. Each chunk is closed under stacking and under items that read items. */
export interface Program { chunks: readonly Chunk[] }
interface Chunk { shape: Shape; constants: Int32Array }
/** What all days share on which the same versions, rows and parameters are in force. */
interface Shape { facts: readonly string[]; writer: Writer; run: Loop }
type Loop = (C: readonly Column[], U: Int32Array, Q: Int32Array, R: Into, lo: number, hi: number, H: typeof HELPERS, atYmd: number) => void

// Beyond some 150 items one function grew slower than several; small chunks also keep both passes under the optimiser's size limit.
const CHUNK_ITEMS: Record<Sink, number> = { full: 24, amounts: 48, sums: 48, changes: 48 }

/** What generated code calls for the rare expressions that are not one comparison. Same rules as `person.ts`, missing marks included. */
const HELPERS = {
  cmpsure: (a: number, b: number, op: Compare): boolean => a > ABSENT && b > ABSENT && compare(op, a, b),
  cmpmay: (a: number, b: number, op: Compare): boolean => a === UNKNOWN || b === UNKNOWN || (a !== ABSENT && b !== ABSENT && compare(op, a, b)),
  withinsure: (d: number, n: number, unit: TimeUnit, at: number): boolean => d > ABSENT && n > ABSENT && d <= at && at < addToDay(d, n, unit),
  withinmay: (d: number, n: number, unit: TimeUnit, at: number): boolean => d === UNKNOWN || n === UNKNOWN || (d !== ABSENT && n !== ABSENT && d <= at && at < addToDay(d, n, unit)),
  age: (birth: number, atYmd: number): number => (birth <= ABSENT ? birth : ageOnYmd(ymdOfDayNumber(birth), atYmd)),
  sum2: (a: number, b: number): number => (a <= ABSENT || b <= ABSENT ? Math.min(a, b) : a + b),
  diff2: (a: number, b: number): number => (a <= ABSENT || b <= ABSENT ? Math.min(a, b) : a - b),
  prod2: (a: number, b: number): number => (a <= ABSENT || b <= ABSENT ? Math.min(a, b) : a * b),
  min2: (a: number, b: number): number => Math.min(a, b),
  max2: (a: number, b: number): number => (a <= ABSENT || b <= ABSENT ? Math.min(a, b) : Math.max(a, b)),
  share3: (x: number, num: number, den: number): number => (x <= ABSENT || num <= ABSENT || den <= ABSENT ? Math.min(x, num, den) : share(x, num, den) ?? ABSENT),
  clip: (a: number): number => (a < 0 ? 0 : a > 2_147_483_647 ? 2_147_483_647 : a),
}

const programs = new WeakMap<Plan, Map<Sink, Program>>()
const shapes = new WeakMap<PolicySet, Map<string, readonly Shape[]>>()
const MAX_SHAPES = 500

export function programOf(plan: Plan, sink: Sink = 'full'): Program {
  const bySink = programs.get(plan) ?? new Map<Sink, Program>()
  programs.set(plan, bySink)
  const program = bySink.get(sink) ?? { chunks: shapesOf(plan, sink).map(shape => ({ shape, constants: shape.writer.constantsFor(plan) })) }
  bySink.set(sink, program)
  return program
}

function shapesOf(plan: Plan, sink: Sink): readonly Shape[] {
  const own = shapes.get(plan.set) ?? new Map<string, readonly Shape[]>()
  shapes.set(plan.set, own)
  // Between two days on which the law turns, one version has the same rows and parameters.
  const epoch = thresholdsOf(plan.set).law.findLastIndex(day => day <= plan.law)
  const key = `${sink} ${epoch} ${plan.versions}`
  const known = own.get(key)
  if (known !== undefined) return known
  if (own.size >= MAX_SHAPES) own.delete(own.keys().next().value!)
  const made = chunksOf(plan, CHUNK_ITEMS[sink]).map(items => compileChunk(plan, items, sink))
  own.set(key, made)
  return made
}

export function runProgram(program: Program, plan: Plan, columns: FactColumns, into: Into, lo: number, hi: number): void {
  const atYmd = ymdOfDayNumber(plan.at)
  for (const { shape, constants } of program.chunks) shape.run(shape.facts.map(f => columns.column(f)), columns.unknown, constants, into, lo, hi, HELPERS, atYmd)
}

/** Loops by their text: days, counties and scenarios of one shape run the same, already optimised one. */
const loops = new Map<string, Loop>()
const MAX_LOOPS = 400

function loopOf(text: string): Loop {
  const known = loops.get(text)
  if (known !== undefined) return known
  if (loops.size >= MAX_LOOPS) loops.delete(loops.keys().next().value!)
  // Generated from checked trees only: names become numbered locals, every text constant is an operator or a unit of this engine.
  const made = new Function('C', 'U', 'Q', 'R', 'lo', 'hi', 'H', 'atYmd', text) as Loop
  loops.set(text, made)
  return made
}

function usesOfItem(item: PlannedItem, withSuspend: boolean): Uses {
  const suspends = withSuspend ? item.policy.stacking.flatMap(s => (s.when === undefined ? [] : [s.when])) : []
  return usesOf([...item.rows.map(r => r.row.when), ...suspends], item.rows.map(r => r.row.amount))
}

/** Items joined by stacking or by reading each other stay together; groups are packed into chunks in reading order. */
function chunksOf(plan: Plan, most: number): PlannedItem[][] {
  const group = new Map<number, Set<PlannedItem>>()
  for (const item of plan.items) group.set(item.index, new Set([item]))
  const join = (a: number, b: number): void => {
    const [x, y] = [group.get(a), group.get(b)]
    if (x === undefined || y === undefined || x === y) return
    for (const item of y) { x.add(item); group.set(item.index, x) }
  }
  for (const item of plan.items) for (const id of usesOfItem(item, true).items) join(item.index, plan.set.items.indexOf(id))
  for (const rule of plan.rules) for (const i of rule.items) join(rule.items[0]!, i)
  const chunks: Set<PlannedItem>[] = []
  for (const members of new Set(group.values())) {
    const last = chunks.at(-1)
    if (last !== undefined && last.size + members.size <= most) for (const item of members) last.add(item)
    else chunks.push(new Set(members))
  }
  return chunks.map(c => plan.items.filter(item => c.has(item)))
}

function compileChunk(plan: Plan, items: readonly PlannedItem[], sink: Sink): Shape {
  const facts = [...new Set(items.flatMap(item => [...usesOfItem(item, true).facts]))]
  const writer = new Writer(plan, f => `f${facts.indexOf(f)}`)
  const own = new Set(items.map(i => i.index))
  const rules = plan.rules.map((rule, i) => ({ ...rule, n: i + 1 })).filter(r => r.items.some(i => own.has(i)))
  const stacked = new Set(rules.flatMap(r => r.items))
  const open = items.map(item => openText(item.index, sink))
  const loop = [
    sink === 'changes' ? 'let e=0;' : '',
    ...items.map(item => tableText(plan, writer, item, sink === 'full' || isRead(items, item.id))),
    ...[...stacked].map(j => `let F${j}=a${j},k${j}=0;`),
    ...rules.map(r => ruleText(plan, writer, r)),
    ...items.map(item => writeText(plan, item, stacked.has(item.index), sink)),
    sink === 'changes' ? 'D[i]+=e;' : '',
    '}',
  ]
  const row = [
    `for(let i=lo;i<hi;i++){${sink === 'full' || loop.some(text => text.includes('(u&')) ? 'const u=U[i];' : ''}`,
    facts.length === 0 ? '' : `const ${facts.map((_, k) => `f${k}=C${k}[i]`).join(',')};`,
    ...facts.flatMap((f, k) => (writer.below.has(f) ? [`const ${highName(`f${k}`)}=f${k}>${ABSENT}?f${k}:${GREATEST};`] : [])),
  ]
  const head = [
    ...facts.map((_, k) => `const C${k}=C[${k}];`), ...Array.from({ length: writer.constantCount }, (_, k) => `const q${k}=Q[${k}];`), ...open,
    sink === 'changes' ? 'const D=R.delta,T=R.fen,G=R.gained,L=R.lost;' : sink === 'sums' ? 'const N=R.people,T=R.fen;' : '', `const {${Object.keys(HELPERS).join(',')}}=H;`,
  ]
  return { facts, writer, run: loopOf([...head, ...row, ...loop].join('\n')) }
}

const isRead = (items: readonly PlannedItem[], id: string): boolean => items.some(item => usesOfItem(item, true).items.has(id))

/** What a loop has at hand of each item before it starts. Sums are kept in memory: dozens of them in locals made the loop twice as slow. */
function openText(j: number, sink: Sink): string {
  switch (sink) {
    case 'full': return `const S${j}=R.sure[${j}],P${j}=R.possible[${j}],A${j}=R.amount[${j}],W${j}=R.raw[${j}],K${j}=R.stack[${j}];`
    case 'amounts': return `const A${j}=R.amount[${j}];`
    case 'sums': return ''
    case 'changes': return `const B${j}=R.before[${j}];`
  }
}

/** An item that stacks in another place or time has its columns here too. */
function writeText(plan: Plan, { id, index: j }: PlannedItem, stacks: boolean, sink: Sink): string {
  const last = stacks ? `F${j}` : `a${j}`
  const stands = stacks ? `(s${j}!==0&&(k${j}===0||(k${j}!==${STACK_UNKNOWN}&&F${j}>0)))` : `s${j}!==0`
  if (sink === 'sums') return `if(${stands}){N[${j}]++;T[${j}]+=${last}}`
  if (sink === 'changes') return `{const b=B${j}[i];if(b!==${last}){const d=${last}-b;e+=d;T[${j}]+=d;if(b===0)G[${j}]++;else if(${last}===0)L[${j}]++}}`
  if (sink === 'amounts') return paysAnything(plan.set, id) ? `A${j}[i]=${last};` : ''
  const split = stackedItems(plan.set).has(id)
  const amounts = split ? `A${j}[i]=${last};W${j}[i]=a${j};${stacks ? `K${j}[i]=k${j};` : ''}` : paysAnything(plan.set, id) ? `A${j}[i]=a${j};` : ''
  return `S${j}[i]=s${j};P${j}[i]=p${j};${amounts}`
}

/** Facts whose absence can make "may hold" differ from "holds for sure", those of items it reads included. */
function unknownMask(plan: Plan, item: PlannedItem, seen = new Set<number>()): number {
  if (seen.has(item.index)) return 0
  seen.add(item.index)
  const uses = usesOfItem(item, false)
  let mask = 0
  for (const f of uses.facts) if (plan.set.facts.get(f)!.absent === 'unknown') mask |= unknownBit(plan.set.facts, f)
  for (const id of uses.items) {
    const read = plan.byIndex[plan.set.items.indexOf(id)]
    if (read !== undefined) mask |= unknownMask(plan, read, seen)
  }
  return mask
}

/** A parameter without a value is unknown for everybody; then there is no short way. */
function needsMayAlways(plan: Plan, writer: Writer, item: PlannedItem, seen = new Set<number>()): boolean {
  if (seen.has(item.index)) return false
  seen.add(item.index)
  if (!writer.paramsKnown(item.policy, item.rows.map(r => r.row.when), item.rows.map(r => r.row.amount))) return true
  return [...usesOfItem(item, false).items].some(id => {
    const read = plan.byIndex[plan.set.items.indexOf(id)]
    return read !== undefined && needsMayAlways(plan, writer, read, seen)
  })
}

/** `both`: whether anybody asks what may hold. */
function tableText(plan: Plan, w: Writer, item: PlannedItem, both: boolean): string {
  const { index: j, policy, rows } = item
  const sum = policy.hit === 'sum'
  const sure = rows.map(r => `if(${w.row(r, policy, 'sure')}){${sum ? `s${j}|=${r.code};a${j}+=${w.amount(r, policy)}` : `s${j}=${r.code};a${j}=${w.amount(r, policy)}`}}`)
  const may = rows.map(r => `if(${w.row(r, policy, 'may')})p${j}${sum ? '|=' : '='}${r.code};`)
  const gap = sum ? '' : 'else '
  const mask = unknownMask(plan, item)
  const always = needsMayAlways(plan, w, item)
  const mayText = always || mask !== 0 ? `${always ? '' : `if((u&${mask})!==0)`}{p${j}=0;${may.join(gap)}}` : ''
  return `let s${j}=0,a${j}=0;${sure.join(gap)}${sum ? `if(a${j}>2147483647)a${j}=2147483647;` : ''}${both ? `let p${j}=s${j};${mayText}` : ''}`
}

const alive = (j: number): string => `(s${j}!==0&&(k${j}===0||k${j}===${STACK_UNKNOWN}||F${j}>0))`

function ruleText(plan: Plan, w: Writer, r: Plan['rules'][number] & { n: number }): string {
  const own = plan.set.items.indexOf(r.policy.id)
  const lose = (j: number, left: string): string => `{F${j}=${left};k${j}=${r.n};}`
  switch (r.rule.kind) {
    case 'suspend': {
      const when = r.rule.when!
      return `if(s${own}!==0){if(${w.cond(when, r.policy, 'sure')})${lose(own, '0')}else if(k${own}===0&&${w.cond(when, r.policy, 'may')})k${own}=${STACK_UNKNOWN};}`
    }
    case 'max': {
      const find = r.items.map(j => `if(${alive(j)}&&(b<0||F${j}>v)){b=${j};v=F${j}}`).join('')
      return `{let b=-1,v=0;${find}${r.items.map(j => `if(b!==${j}&&${alive(j)})${lose(j, '0')}`).join('')}}`
    }
    case 'first': return `{let h=false;${r.items.map(j => `if(${alive(j)}){if(h)${lose(j, '0')}else h=true}`).join('')}}`
    case 'offset': {
      const others = r.items.filter(j => j !== own).map(j => `if(${alive(j)})v+=F${j};`).join('')
      return `if(${alive(own)}){let v=0;${others}if(v>0)${lose(own, `F${own}>v?F${own}-v:0`)}}`
    }
    case 'cap': {
      const limit = w.num(r.rule.limit!, r.policy)
      return `if(${limit}>${ABSENT}){let m=${limit};${r.items.map(j => `if(${alive(j)}){if(F${j}>m)${lose(j, 'm')}m-=F${j}}`).join('')}}`
    }
  }
}
