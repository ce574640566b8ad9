/** One comparison: both lists into the linkage engine, the results into rows a person can settle. Others get their turn all the time. */
import { Linkage, sayPart, type Levels, type Link, type PlaceTree } from '@songbai/linkage'
import type { TaskContext } from '@songbai/platform/schedule'
import type { Tx } from '@songbai/platform/tx'
import { columnLetter, type SheetSchema } from '@songbai/sheets'
import { factsOf, prepareContext } from '../elders/public.ts'
import { linkableSlice, type LinkablePerson } from '../elders/public-linkage.ts'
import { mappingOfSetup, noHeading, planOf, turnOfOthers, walk, withBook, type Walked } from '../imports/public.ts'
import { placeFinder, treeFor } from '../regions/public.ts'
import type { Setup, Tally } from './contract.ts'
import type { RunInput } from './jobs-inspect.ts'
import { differencesOf, maskNumber, type Known, type TheirSide } from './rules-differences.ts'
import { schemaOf } from './rules-fields.ts'
import { memoryOf, type Memory } from './rules-remembered.ts'
import { readTheirs } from './rules-row.ts'
import { sourceOf, type Source } from './rules-sources.ts'
import { onlyTheirsCode } from './rules.ts'
import { withdrawCases } from './actions-effects.ts'
import { carry, rowsBefore, type Before } from './store-remembered.ts'
import { addAgreed, addRows, forgetRows, type NewRow } from './store-rows.ts'
import { changeRun, runById, type Run } from './store.ts'

/** People and rows in one transaction: some 100 ms. */
const SLICE = 500
const OURS_SLICE = 1000
/** Milliseconds of comparing between two turns of others. */
const BREATH_MS = 12
/** Breaths between two questions whether to stop. */
const ASK_EVERY = 20

interface Line {
  readonly row: number
  readonly theirs: TheirSide
}

interface Work {
  readonly run: Run
  readonly setup: Setup
  readonly source: Source
  readonly schema: SheetSchema
  readonly today: string
  readonly prefix: string
  readonly ours: LinkablePerson[]
  readonly lines: Line[]
  readonly unnamed: { readonly row: number; readonly theirs: TheirSide }[]
  skipped: number
  readonly linkage: Linkage
  readonly beganMs: number
}

export async function compare(context: TaskContext<RunInput>): Promise<unknown> {
  const work = await context.tx((tx) => begin(tx, context.input.runId))
  const ended = await readBoth(context, work)
  if (ended === 'cancelled') return stop(context)
  if (ended !== 'read') {
    await context.tx((tx) => changeRun(tx, work.run.id, { state: 'inspected', failure: ended.unreadable }))
    return { refused: ended.unreadable.code }
  }
  const before = await context.tx((tx) => rowsBefore(tx, work.run))
  const marks = await markAll(context, work)
  const memory = memoryOf(before)
  tellDecisions(work, memory, marks)
  if (!(await link(context, work))) return stop(context)
  const tally = await write(context, work, memory, marks, before)
  return tally ?? stop(context)
}

async function begin(tx: Tx, runId: string): Promise<Work> {
  const run = (await runById(tx, runId))!
  await forgetRows(tx, run)
  const setup = run.setup!
  const tree = await treeFor(tx, setup.place)
  const view = tree.treeAt(tx.today)
  const places: PlaceTree = {
    ancestors(code) {
      const next = tree.successorsOf(code, tx.today)
      return view.path(next.length === 1 ? next[0]!.code : code).map((node) => node.code).reverse()
    },
  }
  return { run, setup, source: sourceOf(run.source), schema: schemaOf(run.source, prepareContext(tx).dictionary, tx.today), today: tx.today, prefix: setup.place.replace(/(000)+$/, ''), ours: [], lines: [], unnamed: [], skipped: 0, linkage: new Linkage({ tree: places }), beganMs: tx.nowMs }
}

/** Nothing is kept of a run that was stopped. */
/** Stopped by a person or a fault: nothing is left half done, the list can be compared again. */
export async function stop(context: TaskContext<RunInput>): Promise<unknown> {
  await context.tx(async (tx) => {
    const run = await runById(tx, context.input.runId)
    if (!run) return
    await forgetRows(tx, run)
    await changeRun(tx, run.id, { state: 'inspected' })
  })
  return { stopped: true }
}

async function readBoth(context: TaskContext<RunInput>, work: Work): Promise<'read' | 'cancelled' | { readonly unreadable: { code: string; args: Record<string, string | number> } }> {
  let afterId: string | null = null
  do {
    const slice: LinkablePerson[] = await context.tx((tx) => linkableSlice(tx, { region: work.setup.place, afterId, limit: OURS_SLICE }))
    for (const one of slice) {
      work.ours.push(one)
      work.linkage.addOurs({ key: one.id, name: one.name, idNumber: one.idNumber, birth: one.birth, sex: one.sex, place: one.region })
    }
    afterId = slice.length < OURS_SLICE ? null : slice.at(-1)!.id
    await context.progress(work.ours.length, 0, { step: 'ours' })
    if (await context.cancelled()) return 'cancelled'
  } while (afterId !== null)
  return withBook(context, work.run.fileId, async (book) => {
    const { setup } = work
    const plan = await planOf(book, setup, work.schema)
    if (!plan) return noHeading()
    const finder = await context.tx((tx) => placeFinder(tx, work.run.county))
    // First among the places compared; a name unknown there may be of another place of the county.
    const place = (text: string): ReturnType<typeof finder.find> => {
      const near = finder.find(text, setup.place)
      return near.status === 'none' && !near.known ? finder.find(text) : near
    }
    const letters = new Map(mappingOfSetup(setup).columns.map(({ column, field }) => [columnLetter(column), field]))
    for await (const rows of walk(book, setup, plan, work.schema, work.today, new Map(), () => SLICE)) {
      for (const one of rows) take(work, one, place, letters)
      await context.progress(work.lines.length, plan.rows, { step: 'theirs' })
      if (await context.cancelled()) return 'cancelled' as const
    }
    return 'read' as const
  })
}

function take(work: Work, { row, judged }: Walked, find: Parameters<typeof readTheirs>[1]['find'], letters: ReadonlyMap<string, string>): void {
  if (judged.skipped) {
    work.skipped++
    return
  }
  const theirs = readTheirs(judged.record, { find, letters, source: work.source })
  if (theirs.name === '') return void work.unnamed.push({ row, theirs })
  work.lines.push({ row, theirs })
  work.linkage.addTheirs({ key: String(row), name: theirs.name, idNumber: theirs.idNumber, birth: theirs.birth, sex: theirs.sex, place: theirs.region })
}

interface Mark {
  readonly person: Buffer
  readonly hex: string
}

/** Keyed index of who each row is about: the number where there is one, else name, birth and place as written. */
async function markAll(context: TaskContext<RunInput>, work: Work): Promise<Mark[]> {
  return context.tx(async (tx) => {
    const marks: Mark[] = []
    for (const [i, { theirs }] of work.lines.entries()) {
      marks.push(markOf(tx, work.run.county, theirs))
      if (i % 2000 === 0) await turnOfOthers()
    }
    return marks
  })
}

function markOf(tx: Tx, county: string, theirs: TheirSide): Mark {
  const person = tx.secrets.index(county, 'matching.person', theirs.idNumber ?? `${theirs.name}|${theirs.birth ?? ''}|${theirs.place ?? ''}`)
  return { person, hex: person.toString('hex') }
}

function tellDecisions(work: Work, memory: Memory, marks: readonly Mark[]): void {
  if (memory.apart.size === 0 && memory.together.size === 0) return
  const index = new Map(work.ours.map((one, i) => [one.id, i]))
  const apart = new Map<string, string[]>()
  for (const pair of memory.apart) {
    const [person, elder] = pair.split(' ') as [string, string]
    apart.set(person, [...(apart.get(person) ?? []), elder])
  }
  for (const [i, mark] of marks.entries()) {
    for (const elder of apart.get(mark.hex) ?? []) if (index.has(elder)) work.linkage.keepApart(i, index.get(elder)!)
    const same = index.get(memory.together.get(mark.hex) ?? '')
    if (same !== undefined) work.linkage.keepTogether(i, same)
  }
}

/** False when somebody pressed stop. */
async function link(context: TaskContext<RunInput>, work: Work): Promise<boolean> {
  let [began, breaths] = [performance.now(), 0]
  for (const { step, done, total } of work.linkage.run()) {
    if (performance.now() - began < BREATH_MS) continue
    await turnOfOthers()
    await context.progress(done, total, { step })
    if (breaths++ % ASK_EVERY === 0 && (await context.cancelled())) return false
    began = performance.now()
  }
  return true
}

interface Writing {
  readonly tally: { -readonly [K in keyof Tally]: Tally[K] }
  readonly agreed: { rows: number[]; elderIds: string[]; part: number; readonly all: Set<string> }
  readonly matters: Set<string>
  readonly carried: Set<string>
}

async function write(context: TaskContext<RunInput>, work: Work, memory: Memory, marks: readonly Mark[], before: readonly Before[]): Promise<Tally | null> {
  const out: Writing = {
    tally: { rows: work.lines.length + work.unnamed.length + work.skipped, skipped: work.skipped, unreadable: work.unnamed.length, twice: 0, agreed: 0, different: 0, possible: 0, onlyTheirs: 0, ours: work.ours.length, linked: 0, onlyOurs: 0, notAsked: 0, remembered: 0, seconds: 0 },
    agreed: { rows: [], elderIds: [], part: 0, all: new Set() }, matters: new Set(), carried: new Set(),
  }
  const total = work.lines.length
  for (let from = 0; from < total; from += SLICE) {
    await context.tx((tx) => writeTheirs(tx, work, memory, marks, out, from, Math.min(total, from + SLICE)))
    await context.progress(from, total, { step: 'write' })
    if (await context.cancelled()) return null
  }
  await context.tx((tx) => addRows(tx, work.run, work.unnamed.map(({ row, theirs }) => newRow(work, memory, out, { kind: 'unreadable', codes: ['noName'], row, theirs, mark: markOf(tx, work.run.county, theirs), askedMs: tx.nowMs }))))
  if (!(await writeOurs(context, work, memory, out))) return null
  return context.tx(async (tx) => finish(tx, work, out, before))
}

async function writeTheirs(tx: Tx, work: Work, memory: Memory, marks: readonly Mark[], out: Writing, from: number, to: number): Promise<void> {
  const links = work.linkage.results.slice(from, to)
  const ids = links.flatMap((one) => (one.partner >= 0 && one.status !== 'twice' ? [work.ours[one.partner]!.id] : []))
  const keys = work.source.columns.flatMap((one) => (one.takes.as === 'fact' ? [one.takes.key] : []))
  // What holds on the day of their list, not today: a grade given since then is no difference.
  const facts = keys.length > 0 ? await factsOf(tx, ids, { at: work.setup.listDay < tx.today ? work.setup.listDay : tx.today }, keys) : new Map<string, Map<string, { value: unknown }>>()
  const defs = prepareContext(tx).dictionary.facts
  const rows: NewRow[] = []
  for (const [k, link] of links.entries()) {
    const i = from + k
    const { row, theirs } = work.lines[i]!
    const base = { row, theirs, mark: marks[i]!, askedMs: tx.nowMs }
    if (link.status === 'twice') rows.push(newRow(work, memory, out, { ...base, kind: 'twice', codes: ['twice'] }))
    else if (link.status === 'onlyTheirs') rows.push(newRow(work, memory, out, { ...base, kind: 'onlyTheirs', codes: [onlyTheirsCode(birthOf(theirs), theirs.region === null ? null : theirs.region.startsWith(work.prefix), work.today)] }))
    else {
      const ours = work.ours[link.partner]!
      const known: Known = { source: work.source, levels: levelsOf(work, i, link), defs, listDay: work.setup.listDay }
      const differences = differencesOf({ ...ours, idMasked: ours.idNumber === null ? null : maskNumber(ours.idNumber), hasId: ours.idNumber !== null, facts: new Map([...(facts.get(ours.id) ?? [])].map(([key, fact]) => [key, fact.value])) }, theirs, known)
      if (link.status === 'matched' && differences.length === 0) agree(out, row, ours.id)
      else rows.push(linkedRow(tx, work, memory, out, { ...base, i, link, ours, differences }))
    }
  }
  await addRows(tx, work.run, rows)
  if (out.agreed.rows.length >= SLICE || to === work.lines.length) await flushAgreed(tx, work, out)
}

function birthOf(theirs: TheirSide): string | null {
  const inNumber = /^\d{6}(\d{4})(\d\d)(\d\d)\d{3}[\dX]$/.exec(theirs.idNumber ?? '')
  return theirs.birth ?? (inNumber ? `${inNumber[1]}-${inNumber[2]}-${inNumber[3]}` : null)
}

function levelsOf(work: Work, i: number, link: Link): Levels {
  return Object.fromEntries(work.linkage.explain(i, link.partner).filter((one) => one.field !== 'before').map((one) => [one.field, one.level])) as unknown as Levels
}

function agree(out: Writing, row: number, elderId: string): void {
  out.tally.agreed++
  out.agreed.rows.push(row)
  out.agreed.elderIds.push(elderId)
  out.agreed.all.add(elderId)
}

async function flushAgreed(tx: Tx, work: Work, out: Writing): Promise<void> {
  await addAgreed(tx, work.run, out.agreed.part, out.agreed.rows, out.agreed.elderIds)
  if (out.agreed.rows.length > 0) out.agreed.part++
  out.agreed.rows = []
  out.agreed.elderIds = []
}

interface NewMatter {
  readonly kind: NewRow['kind']
  readonly codes: readonly string[]
  readonly row: number | null
  readonly theirs: TheirSide | null
  readonly mark: Mark | null
  readonly askedMs: number
  readonly elder?: { readonly id: string; readonly region: string }
  readonly valueMark?: Buffer
  readonly rest?: Pick<NewRow, 'differences' | 'why' | 'doubt' | 'others'>
}

/** One row with what is remembered of its matter. */
function newRow(work: Work, memory: Memory, out: Writing, one: NewMatter): NewRow {
  const matter = { kind: one.kind, elderId: one.elder?.id ?? null, person: one.mark?.hex ?? null, value: one.valueMark?.toString('hex') ?? null }
  const remembered = memory.decided(matter)
  const asked = remembered ? null : memory.asked(matter)
  if (one.kind === 'twice' || one.kind === 'onlyTheirs' || one.kind === 'different' || one.kind === 'possible') out.tally[one.kind]++
  if (remembered) out.tally.remembered++
  if (asked) out.carried.add(asked.id)
  // Whom a township's list names elsewhere stays with the township that asked: it may not write for another place.
  const near = one.theirs?.region?.startsWith(work.prefix) ? one.theirs.region : work.run.region
  return {
    region: one.elder?.region ?? near, row: one.row, elderId: matter.elderId, kind: one.kind, codes: one.codes, theirs: one.theirs, personMark: one.mark?.person ?? null, valueMark: one.valueMark ?? null,
    remembered, waitingFor: asked?.state === 'waiting' ? asked.caseId : null, firstAskedAt: asked?.firstAskedAt ?? one.askedMs, ...(one.rest ?? { differences: [], why: [], doubt: null, others: [] }),
  }
}

function linkedRow(tx: Tx, work: Work, memory: Memory, out: Writing, one: { row: number; theirs: TheirSide; mark: Mark; askedMs: number; i: number; link: Link; ours: LinkablePerson; differences: ReturnType<typeof differencesOf> }): NewRow {
  const { link, differences } = one
  const possible = link.status === 'possible'
  const codes = differences.map((difference) => difference.code)
  const first = possible ? link.doubt : codes.length > 1 && codes[0] !== 'deadThere' && codes[0] !== 'aliveThere' && codes[0] !== 'movedThere' ? 'several' : codes[0]!
  const valueMark = tx.secrets.index(work.run.county, 'matching.value', JSON.stringify([codes, differences.map((difference) => difference.theirs.zh)]))
  return newRow(work, memory, out, {
    kind: possible ? 'possible' : 'different', codes: first === codes[0] ? codes : [first, ...codes], row: one.row, theirs: one.theirs, mark: one.mark, askedMs: one.askedMs, elder: one.ours, valueMark,
    rest: { differences, doubt: possible ? link.doubt : null, others: link.others.map(({ ours, bits }) => ({ id: work.ours[ours]!.id, bits })), why: possible ? work.linkage.explain(one.i, link.partner).map((part) => ({ text: sayPart(part), bits: part.bits })) : [] },
  })
}

/** People of ours nobody of theirs was linked with: asked about only where their list should hold everybody living. */
async function writeOurs(context: TaskContext<RunInput>, work: Work, memory: Memory, out: Writing): Promise<boolean> {
  const alone = [...work.linkage.onlyOurs()]
  out.tally.linked = work.ours.length - alone.length
  const asked = work.source.complete ? alone.filter((i) => work.ours[i]!.status === 'active') : []
  out.tally.onlyOurs = asked.length
  out.tally.notAsked = alone.length - asked.length
  for (let from = 0; from < asked.length; from += SLICE) {
    await context.tx(async (tx) => addRows(tx, work.run, asked.slice(from, from + SLICE).map((i) => newRow(work, memory, out, { kind: 'onlyOurs', codes: ['notInList'], row: null, theirs: null, mark: null, askedMs: tx.nowMs, elder: work.ours[i]! }))))
    await context.progress(from, asked.length, { step: 'write' })
    if (await context.cancelled()) return false
  }
  return true
}

/** The older list's open questions go on in this one where they came again; where both sides agree by now they are over. */
async function finish(tx: Tx, work: Work, out: Writing, before: readonly Before[]): Promise<Tally> {
  await flushAgreed(tx, work, out)
  const over = before.filter((one) => one.state !== 'settled' && one.elderId !== null && out.agreed.all.has(one.elderId))
  await carry(tx, work.run, [...out.carried, ...over.map((one) => one.id)])
  await withdrawCases(tx, over.flatMap((one) => (one.state === 'waiting' && one.settlementId !== null ? [{ id: one.id, settlementId: one.settlementId }] : [])))
  const tally = { ...out.tally, seconds: Math.max(0, (tx.nowMs - work.beganMs) / 1000) }
  await changeRun(tx, work.run.id, { state: 'done', tally, doneAt: tx.nowMs, failure: null })
  tx.note({ subjectId: work.run.id, region: work.run.region, what: 'matching' })
  return tally
}
