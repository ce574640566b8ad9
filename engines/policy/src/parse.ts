import { dayOf } from '@songbai/calendar'
import { factNamed, lowerAmount, lowerCondition } from './lower.ts'
import type { Scope } from './lower.ts'
import type { FactDictionary } from './facts.ts'
import { ExprError } from './expr.ts'
import { usesOf } from './ir.ts'
import { CLAUSE_KEYS, EFFECTIVE_KEYS, EXTENDS, HITS, KINDS, PARAM_KEYS, POLICY_ID, ROW_ID, ROW_KEYS, STACK_KEYS, STACK_KINDS, TABLE_KEYS, TOP_KEYS, UNITS_OF_AMOUNT, VALUE_KEYS } from './keys.ts'
import type { Cond, Num } from './ir.ts'
import { checkFloors, inherit } from './inherit.ts'
import { readCases } from './parse-cases.ts'
import { readDue, readEvidence, readPay, readReview } from './parse-terms.ts'
import { nearestWord } from './problem.ts'
import type { Problem } from './problem.ts'
import { NO_END, regionPrefix } from './policy.ts'
import type { Clause, Param, ParamValue, Place, Policy, Row, StackRule } from './policy.ts'
import { isMap, isScalar, isSeq, Reader, scalarText } from './yaml.ts'
import type { YNode } from './yaml.ts'

export interface ParseOptions {
  /** Policies of upper regions that `extends` may name. */
  uppers?: readonly Policy[]
  /** Clause ids of the packs, `<pack>/<clause>`; given, every `clause` must be one of them. */
  clauses?: ReadonlySet<string>
  file?: string
}
export type ParseResult = { policy: Policy } | { problems: Problem[] }

/** What is being read: the reader, the names known so far, and the policy above. */
export interface Context { r: Reader; scope: Scope & { lets: Map<string, Cond>; params: Set<string> }; clauses: Map<string, Clause>; upper?: Policy; id: string; region: string; sample: boolean; places: Map<string, Place>; /** Rows, names and parameters with a mistake in them: `row r1`, `let 名`, `param hi`. */ broken: Set<string> }

/** Reads one policy file. A file with any mistake is refused whole, with every mistake listed. */
export function parsePolicy(text: string, facts: FactDictionary, options: ParseOptions = {}): ParseResult {
  const r = new Reader(text)
  const policy = isMap(r.root) ? readPolicy(r, facts, options) : undefined
  if (policy === undefined) r.say(r.root, 'notAMap')
  if (policy !== undefined && r.problems.length === 0) return { policy }
  const problems = r.problems.sort((a, b) => a.line - b.line || a.col - b.col)
  return { problems: options.file === undefined ? problems : problems.map(p => ({ ...p, file: options.file! })) }
}

/**
 * [S18] A half-written file: what can be read of it, and every mistake. A row with a mistake, or resting on a name or parameter with one, is left out: it must not hold for everybody.
 * Null when it is no mapping at all.
 */
export function parseDraft(text: string, facts: FactDictionary, options: ParseOptions = {}): { policy: Policy | null; problems: Problem[] } {
  const r = new Reader(text)
  const broken = new Set<string>()
  const read = isMap(r.root) ? readPolicy(r, facts, options, broken) : null
  if (read === null) r.say(r.root, 'notAMap')
  const problems = r.problems.sort((a, b) => a.line - b.line || a.col - b.col).map(p => (options.file === undefined ? p : { ...p, file: options.file }))
  if (read === null) return { policy: null, problems }
  const sound = (row: Row): boolean => {
    const uses = usesOf([row.when], [row.amount])
    return !broken.has(`row ${row.id}`) && ![...uses.lets].some(n => broken.has(`let ${n}`)) && ![...uses.params].some(n => broken.has(`param ${n}`))
  }
  return { policy: { ...read, id: read.id === '' ? 'draft' : read.id, rows: read.rows.filter(sound), draft: true }, problems }
}

/** Remembers a part as broken when reading it found a mistake. */
function whole<T>(cx: Context, part: string, read: () => T): T {
  const before = cx.r.problems.length
  const out = read()
  if (cx.r.problems.length > before) cx.broken.add(part)
  return out
}

function readPolicy(r: Reader, facts: FactDictionary, options: ParseOptions, broken = new Set<string>()): Policy {
  const m = r.map(r.root, TOP_KEYS)
  const id = readId(r, m.get('policy'))
  const region = readRegion(r, m.get('region'))
  const upper = m.has('extends') ? readExtends(r, m.get('extends'), region, options.uppers ?? []) : undefined
  const places = new Map<string, Place>([['table', r.place(m.get('table') ?? r.root)]])
  const clauses = readClauses(r, m.get('basis'), options.clauses, places)
  const cx: Context = { r, id, region, clauses, upper, places, broken, sample: r.bool(m.get('sample')), scope: { facts, lets: new Map(upper?.lets), params: new Set(upper?.params.keys()) } }
  const params = readParams(cx, m.get('params'))
  const lets = readLets(cx, m.get('let'))
  for (const key of ['table', 'cases']) if (!m.has(key) && upper === undefined && !(key === 'cases' && r.bool(m.get('draft')))) r.say(r.root, 'keyMissing', { key })
  const own: Policy = {
    id, region, params, lets, clauses: [...clauses.values()], overrides: [], places,
    title: r.bilingual(m.get('title') ?? null),
    kind: r.oneOf(m.get('kind'), KINDS, upper?.kind ?? 'cash'),
    version: m.has('version') ? r.int(m.get('version'), 1) : 1,
    effective: readPeriod(r, m.get('effective')),
    ...readTable(cx, m.get('table')),
    unit: r.oneOf(m.get('unit'), UNITS_OF_AMOUNT, (upper?.unit ?? '分/月') as '分/月'),
    stacking: readStacking(cx, m.get('stacking')),
    evidence: readEvidence(r, m.get('evidence')),
    cases: [], draft: r.bool(m.get('draft')), sample: cx.sample,
  }
  if (options.file !== undefined) own.file = options.file
  if (upper !== undefined) own.extends = { region: upper.region, policy: upper.id, version: upper.version }
  if (m.has('service')) own.service = r.bilingual(m.get('service'))
  if (m.has('listItem')) own.listItem = r.int(m.get('listItem'), 1, 99)
  if (m.has('regionName')) own.regionName = r.text(m.get('regionName'))
  if (m.has('note')) own.note = r.bilingual(m.get('note'))
  if (m.has('pay')) own.pay = readPay(r, m.get('pay'))
  if (m.has('review')) own.review = readReview(cx, m.get('review'))
  if (m.has('due')) own.due = readDue(r, m.get('due'))
  const policy = upper === undefined ? own : inherit(cx, own, upper, m, rowNodes(m.get('table')))
  if (upper !== undefined) checkFloors(cx, policy, upper, m)
  if (policy.kind === 'service' && policy.service === undefined) r.say(r.root, 'keyMissing', { key: 'service' })
  policy.cases = readCases(cx, m.get('cases'), policy)
  return policy
}

function readId(r: Reader, node: YNode): string {
  const id = scalarText(node) ?? ''
  if (node !== undefined && !POLICY_ID.test(id)) r.say(node, 'badPolicyId', { name: id })
  return id
}

function readRegion(r: Reader, node: YNode): string {
  const text = scalarText(node) ?? ''
  const prefix = regionPrefix(text)
  if (prefix === null && node !== undefined) r.say(node, 'badRegion', { value: text })
  return prefix ?? ''
}

function readExtends(r: Reader, node: YNode, region: string, uppers: readonly Policy[]): Policy | undefined {
  const text = r.text(node)
  const found = EXTENDS.exec(text)
  const prefix = found === null ? null : regionPrefix(found[1]!)
  if (found === null || prefix === null) {
    r.say(node, 'badExtends', { value: text })
    return undefined
  }
  const named = uppers.filter(u => u.region === prefix && u.id === found[2] && (found[3] === undefined || u.version === Number(found[3])))
  const upper = named.sort((a, b) => b.version - a.version)[0]
  if (upper === undefined) r.say(node, 'upperMissing', { value: text, suggestion: nearestWord(found[2]!, uppers.map(u => u.id)) })
  else if (!region.startsWith(upper.region) || region === upper.region) r.say(node, 'upperNotAbove', { value: text })
  return upper
}

function readClauses(r: Reader, node: YNode, known: ReadonlySet<string> | undefined, places: Map<string, Place>): Map<string, Clause> {
  const out = new Map<string, Clause>()
  for (const e of r.entries(node ?? null)) {
    places.set(`basis ${e.key}`, r.place(e.keyNode))
    const m = r.map(e.value, CLAUSE_KEYS)
    const c: Clause = { id: e.key, doc: m.has('doc') ? r.text(m.get('doc')) : '' }
    for (const key of ['article', 'clause', 'title', 'quote'] as const) if (m.has(key)) c[key] = r.text(m.get(key))
    for (const key of ['issued', 'repealed'] as const) if (m.has(key)) c[key] = dayOf(r.day(m.get(key)))
    if (c.clause !== undefined && known !== undefined && !known.has(c.clause)) r.say(m.get('clause'), 'unknownClause', { name: c.clause, suggestion: nearestWord(c.clause, known) })
    out.set(e.key, c)
  }
  return out
}

/** One clause id or a list of them; at least one where `owner` must cite something. */
export function readBasis(cx: Context, node: YNode, owner?: { name: string; node: YNode }): Clause[] {
  if (owner !== undefined && (node === undefined || (isSeq(node) && node.items.length === 0))) cx.r.say(owner.node, 'basisMissing', { name: owner.name })
  if (node === undefined) return []
  const ids = isSeq(node) ? cx.r.list(node) : [node]
  return ids.flatMap(n => {
    const id = cx.r.text(n)
    const clause = cx.clauses.get(id)
    if (clause === undefined) cx.r.say(n, 'unknownClause', { name: id, suggestion: nearestWord(id, cx.clauses.keys()) })
    return clause === undefined ? [] : [clause]
  })
}

function readPeriod(r: Reader, node: YNode): { from: number; to: number } {
  if (node === undefined) return { from: 0, to: NO_END }
  const m = r.map(node, EFFECTIVE_KEYS)
  const from = m.has('from') ? r.day(m.get('from')) : 0
  const to = m.has('to') ? r.day(m.get('to')) : NO_END
  if (to < from) r.say(m.get('to'), 'periodBackwards')
  return { from, to }
}

function readParams(cx: Context, node: YNode): Map<string, Param> {
  const out = new Map<string, Param>()
  if (node === undefined) return out
  for (const e of cx.r.entries(node)) {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(e.key)) cx.r.say(e.keyNode, 'badName', { name: e.key })
    if (clashes(cx, e.key)) cx.r.say(e.keyNode, 'nameTaken', { name: e.key })
    const m = cx.r.map(e.value, PARAM_KEYS)
    const basis = readBasis(cx, m.get('basis'))
    const sample = cx.sample || cx.r.bool(m.get('sample'))
    const p: Param = { name: e.key, values: whole(cx, `param ${e.key}`, () => readValues(cx, m.get('values'), basis, sample)), floor: cx.r.bool(m.get('floor')), region: cx.region }
    if (!m.has('basis') && p.values.some(v => v.basis.length === 0)) cx.r.say(e.keyNode, 'basisMissing', { name: e.key })
    if (m.has('label')) p.label = cx.r.bilingual(m.get('label'))
    if (m.has('unit')) p.unit = cx.r.text(m.get('unit'))
    out.set(e.key, p)
    cx.places.set(`param ${e.key}`, cx.r.place(e.keyNode))
    cx.scope.params.add(e.key)
  }
  return out
}

function readValues(cx: Context, node: YNode, basis: Clause[], sample: boolean): ParamValue[] {
  if (node === undefined) return []
  const values = cx.r.entries(node).map((e): ParamValue => {
    const from = cx.r.day(e.keyNode)
    if (isMap(e.value)) {
      const m = cx.r.map(e.value, VALUE_KEYS)
      return { from, value: valueOf(cx, m.get('value')), basis: m.has('basis') ? readBasis(cx, m.get('basis')) : basis, sample: sample || cx.r.bool(m.get('sample')) }
    }
    return { from, value: valueOf(cx, e.value), basis, sample }
  })
  return values.sort((a, b) => a.from - b.from)
}

function valueOf(cx: Context, node: YNode): number | null {
  return isScalar(node) && node.value === null ? null : cx.r.int(node)
}

function clashes(cx: Context, name: string): boolean {
  return name === 'age' || name === 'today' || factNamed(cx.scope.facts, name) !== undefined || cx.scope.lets.has(name) || (cx.scope.params.has(name) && !cx.upper?.params.has(name))
}

function readLets(cx: Context, node: YNode): Map<string, Cond> {
  const out = new Map<string, Cond>()
  if (node === undefined) return out
  for (const e of cx.r.entries(node)) {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(e.key)) cx.r.say(e.keyNode, 'badName', { name: e.key })
    if (clashes(cx, e.key) || cx.scope.params.has(e.key)) cx.r.say(e.keyNode, 'nameTaken', { name: e.key })
    const cond = whole(cx, `let ${e.key}`, () => readCond(cx, e.value))
    out.set(e.key, cond)
    cx.places.set(`let ${e.key}`, cx.r.place(e.keyNode))
    cx.scope.lets.set(e.key, cond)
  }
  return out
}

export function readCond(cx: Context, node: YNode): Cond {
  return expression(cx, node, text => lowerCondition(text, cx.scope)) ?? { t: 'true' }
}

function readAmount(cx: Context, node: YNode): Num {
  const zero: Num = { t: 'const', v: 0, ty: 'fen' }
  if (node === undefined) return zero
  if (isScalar(node) && typeof node.value === 'number') return { t: 'const', v: cx.r.int(node, 0), ty: 'fen' }
  return expression(cx, node, text => lowerAmount(text, cx.scope)) ?? zero
}

function expression<T>(cx: Context, node: YNode, lower: (text: string) => T): T | undefined {
  try {
    return lower(cx.r.text(node))
  } catch (e) {
    if (!(e instanceof ExprError)) throw e
    cx.r.at(cx.r.inside(node, e.pos), e.code, e.args)
    return undefined
  }
}

function rowNodes(table: YNode): YNode[] {
  return isMap(table) && isSeq(table.get('rows', true)) ? ((table.get('rows', true) as unknown as { items: YNode[] }).items) : []
}

function readTable(cx: Context, node: YNode): { hit: Policy['hit']; rows: Row[] } {
  const hit = cx.upper?.hit ?? 'first'
  if (node === undefined) return { hit, rows: [] }
  const m = cx.r.map(node, cx.upper === undefined ? TABLE_KEYS.map(k => (k === 'rows' ? 'rows!' : k)) : TABLE_KEYS)
  const rows = cx.r.list(m.get('rows')).map(n => whole(cx, `row ${isMap(n) ? scalarText(n.get('id', true) as YNode) ?? '' : ''}`, () => readRow(cx, n)))
  const seen = new Set<string>()
  for (const row of rows) {
    if (seen.has(row.id)) cx.r.say(m.get('rows'), 'duplicate', { name: row.id })
    seen.add(row.id)
  }
  const table = { hit: cx.r.oneOf(m.get('hit'), HITS, hit), rows }
  // Row numbers travel in one byte; a sum needs one bit for each row.
  const limit = table.hit === 'sum' ? 8 : 250
  if (rows.length > limit) cx.r.say(m.get('rows'), 'tooManyRows', { max: limit })
  return table
}

function readRow(cx: Context, node: YNode): Row {
  const m = cx.r.map(node, ROW_KEYS)
  const id = m.has('id') ? cx.r.text(m.get('id')) : ''
  if (!ROW_ID.test(id)) cx.r.say(m.get('id') ?? node, 'badName', { name: id })
  cx.places.set(`row ${id}`, cx.r.place(node))
  const row: Row = {
    id, region: cx.region, when: m.has('when') ? readCond(cx, m.get('when')) : { t: 'true' }, amount: readAmount(cx, m.get('amount')),
    basis: readBasis(cx, m.get('basis'), { name: id, node }), sample: cx.sample || cx.r.bool(m.get('sample')), floor: cx.r.bool(m.get('floor')),
  }
  if (m.has('label')) row.label = cx.r.bilingual(m.get('label'))
  if (m.has('from')) row.from = cx.r.day(m.get('from'))
  if (m.has('to')) row.to = cx.r.day(m.get('to'))
  if (row.from !== undefined && row.to !== undefined && row.to < row.from) cx.r.say(m.get('to'), 'periodBackwards')
  if (cx.upper === undefined) for (const key of ['drop', 'before']) if (m.has(key)) cx.r.say(m.get(key), 'onlyWithExtends', { key })
  return row
}

function readStacking(cx: Context, node: YNode): StackRule[] {
  return node === undefined ? [] : cx.r.list(node).map((n, i) => readStackRule(cx, n, i))
}

function readStackRule(cx: Context, node: YNode, index: number): StackRule {
  cx.places.set(`stacking ${index}`, cx.r.place(node))
  const m = cx.r.map(node, STACK_KEYS)
  const kind = cx.r.oneOf(m.get('kind'), STACK_KINDS, 'max')
  const need = kind === 'suspend' ? ['when', 'text'] : kind === 'cap' ? ['with', 'limit'] : ['with']
  for (const key of ['with', 'limit', 'when', 'text']) {
    if (need.includes(key) && !m.has(key)) cx.r.say(node, 'keyMissing', { key })
    if (!need.includes(key) && m.has(key)) cx.r.say(m.get(key), 'keyNotForKind', { key, kind })
  }
  const named = cx.r.list(m.get('with')).map(n => cx.r.text(n))
  if (named.includes(cx.id)) cx.r.say(m.get('with'), 'stackingNamesItself', { name: cx.id })
  const order = named.includes('self') ? named.map(x => (x === 'self' ? cx.id : x)) : [cx.id, ...named]
  const rule: StackRule = { kind, with: kind === 'suspend' ? [cx.id] : order, basis: m.has('basis') ? readBasis(cx, m.get('basis'), { name: kind, node }) : [] }
  if (m.has('limit')) rule.limit = readLimit(cx, m.get('limit'))
  if (m.has('when')) rule.when = readCond(cx, m.get('when'))
  if (m.has('text')) rule.text = cx.r.bilingual(m.get('text'))
  return rule
}

/** A limit is the same for everybody: a number or a parameter. */
function readLimit(cx: Context, node: YNode): Num {
  const limit = readAmount(cx, node)
  if (limit.t !== 'const' && limit.t !== 'param') cx.r.say(node, 'limitNotConstant')
  return limit
}
