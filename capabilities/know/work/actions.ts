import { dayNumber } from '@songbai/calendar'
import { actsForOwner, allowedMoves, dueShare, type Actor as CaseActor, type Case, type Command, type Owner } from '@songbai/casework'
import { refuse, type Does, type Tx } from '@songbai/platform/tx'
import { regionNames } from '../regions/public.ts'
import { heldPosts, peopleByIds, peopleFor } from '../users/public.ts'
import type { CaseRow, countCases, listCases, moveCase, openManualCase, reassignCase, seeCase } from './contract.ts'
import { caseType, commandCase, openCases } from './public.ts'
import { caseActor, eventText, fill, outcomeTitle, ownerName, refusalOf, standInFor, type Post } from './rules.ts'
import { cases, countClosedBetween, countDueBetween, countFamilies, countWhere, historyOf, postsWithWork, type CaseFilter, type StoredCase } from './store.ts'

/** Where the actor sits: the posts somebody holds, and the actor with the own posts and those that fall to them meanwhile. */
interface Desk {
  readonly held: readonly Post[]
  readonly actor: CaseActor
  readonly mine: NonNullable<CaseFilter['mine']>
}

async function deskOf(tx: Tx): Promise<Desk> {
  const own = caseActor(tx.actor)
  const held = await heldPosts(tx)
  const fallen = (await postsWithWork(tx)).filter((post) => {
    const standIn = standInFor(post, held)
    return standIn !== null && standIn !== 'held' && (own.posts ?? []).some((mine) => samePost(mine, standIn))
  })
  const posts = [...(own.posts ?? []), ...fallen]
  return { held, actor: { ...own, posts }, mine: { userId: tx.actor.id, posts } }
}

function samePost(a: Post, b: Post): boolean {
  return a.post === b.post && a.region === b.region
}

export const doListCases: Does<typeof listCases> = async (tx, input) => {
  const desk = await deskOf(tx)
  const filter: CaseFilter = { open: input.open, place: input.place, type: input.type, each: input.each, subjectId: input.subjectId, mine: input.mine ? desk.mine : undefined, overdueAt: input.overdueOnly ? new Date(tx.nowMs) : undefined }
  const found = await cases(tx, filter, { after: input.after, limit: input.limit + 1 })
  const page = found.slice(0, input.limit)
  const last = page.at(-1)
  const next = found.length > input.limit && last ? `${input.open ? (last.dueAt ?? 1e15) / 1000 : -(last.data.closedAt ?? 0) / 1000}|${last.id}` : null
  return { rows: await toRows(tx, page, desk), total: await countWhere(tx, filter), next }
}

async function toRows(tx: Tx, stored: readonly StoredCase[], desk: Desk): Promise<CaseRow[]> {
  const name = await namer(tx, stored.flatMap((one) => [one.data.owner, ...(one.data.waitingFor ? [one.data.waitingFor] : [])]), desk.held)
  const places = await regionNames(tx, stored.map((one) => one.region))
  return stored.map((one) => toRow(tx, one, places.get(one.region)?.full ?? one.region, name, desk))
}

type Namer = (owner: Owner) => { readonly zh: string; readonly en: string }

async function namer(tx: Tx, owners: readonly Owner[], held: readonly Post[] = []): Promise<Namer> {
  const people = await peopleByIds(tx, owners.flatMap((owner) => (owner.kind === 'person' ? [owner.id] : [])))
  const places = await regionNames(tx, [...owners.flatMap((owner) => (owner.kind === 'post' ? [owner.region] : [])), ...held.map((post) => post.region)].map((region) => region.padEnd(12, '0')))
  const names = { person: (id: string) => people.get(id)?.name, place: (prefix: string) => places.get(prefix.padEnd(12, '0'))?.full }
  return (owner) => ({ zh: ownerName(owner, names, 'zh'), en: ownerName(owner, names, 'en') })
}

function toRow(tx: Tx, stored: StoredCase, place: string, name: Namer, desk: Desk): CaseRow {
  const type = caseType(stored.type)
  const held = stored.data
  const share = dueShare(held, tx.nowMs)
  const clock = held.clocks.reduce<Case['clocks'][number] | null>((first, one) => (first === null || one.dueAt < first.dueAt ? one : first), null)
  return {
    id: stored.id, type: stored.type, title: fill(type.title, { name: stored.subjectName ?? '', ...stored.titleArgs }), state: held.state, stateTitle: type.states.find((state) => state.id === held.state)!.title,
    region: stored.region, place, subjectId: stored.subjectId, subjectName: stored.subjectName, evidence: stored.evidence, owner: ownerView(held.owner, name, desk), waitingFor: held.waitingFor ? ownerView(held.waitingFor, name, desk) : null, mine: actsForOwner(desk.actor, held.owner),
    openedAt: held.openedAt, closedAt: held.closedAt, outcome: outcomeTitle(type, held), clock: { tone: share.tone, startedAt: clock?.startedAt ?? null, dueAt: held.lateSince ?? clock?.dueAt ?? null },
    moves: allowedMoves(type, held, desk.actor).map((move) => ({ id: move.id, verb: move.verb, outcomes: (move.outcomes ?? []).map((id) => ({ id, title: type.outcomes.find((outcome) => outcome.id === id)!.title })) })),
    revision: held.revision, link: stored.link,
  }
}

function ownerView(owner: Owner, name: Namer, desk: Desk): CaseRow['owner'] {
  if (owner.kind !== 'post') return { kind: owner.kind, id: owner.id, post: null, region: null, name: name(owner), vacant: false, standIn: null }
  const standIn = standInFor(owner, desk.held)
  return { kind: 'post', id: null, post: owner.post, region: owner.region, name: name(owner), vacant: standIn !== 'held', standIn: standIn === null || standIn === 'held' ? null : name({ kind: 'post', ...standIn }) }
}

const DAY_MS = 86_400_000

/** Midnight at the start of today in China, as an instant. */
function startOfToday(tx: Tx): number {
  return dayNumber(tx.today) * DAY_MS - 8 * 3_600_000
}

export const doCountCases: Does<typeof countCases> = async (tx, input) => {
  const { mine } = await deskOf(tx)
  const today = startOfToday(tx)
  const at = (offset: number): Date => new Date(today + offset * DAY_MS)
  const open: CaseFilter = { open: true, place: input.place }
  return {
    mine: await countWhere(tx, { ...open, mine }), overdue: await countWhere(tx, { ...open, mine, overdueAt: new Date(tx.nowMs) }),
    dueToday: await countDueBetween(tx, { ...open, mine }, new Date(tx.nowMs), at(1)), dueTomorrow: await countDueBetween(tx, { ...open, mine }, at(1), at(2)),
    doneToday: await countClosedBetween(tx, tx.actor.id, at(0), at(1)), open: await countWhere(tx, open), kinds: await countFamilies(tx, { ...open, mine }),
  }
}

export const doSeeCase: Does<typeof seeCase> = async (tx, input) => {
  const [stored] = await cases(tx, { ids: [input.id] })
  if (!stored) return refuse('work.not-found')
  const history = await historyOf(tx, stored.id)
  const type = caseType(stored.type)
  const owners = history.flatMap(({ event }) => [('owner' in event ? event.owner : null), ('from' in event && typeof event.from === 'object' ? event.from : null), ('to' in event && typeof event.to === 'object' ? event.to : null), ('for' in event ? event.for : null)]).filter((owner): owner is Owner => owner !== null)
  const name = await namer(tx, owners)
  const fired = new Map(history.flatMap(({ event, at }) => (event.kind === 'escalated' ? [[event.step, at] as const] : [])))
  const running = new Map(stored.data.clocks.map((clock) => [clock.step, clock.dueAt]))
  return {
    case: (await toRows(tx, [stored], await deskOf(tx)))[0]!,
    history: history.map(({ at, byName, event, note }) => ({ at, by: byName, text: eventText(type, event, (owner, language) => name(owner)[language]), note: event.kind === 'moved' || event.kind === 'closed' ? note : null })),
    ladder: type.ladder.map((step) => ({ id: step.id, title: step.title, state: fired.has(step.id) ? ('fired' as const) : running.has(step.id) ? ('running' as const) : ('later' as const), at: fired.get(step.id) ?? running.get(step.id) ?? null })),
  }
}

type Deed = (actor: CaseActor) => Command

async function command(tx: Tx, id: string, deed: Deed, note: string | null) {
  const desk = await deskOf(tx)
  const result = await commandCase(tx, id, deed(desk.actor), note)
  if ('refused' in result) return result.refused === 'missing' ? refuse('work.not-found') : refuse(refusalOf(result.refused))
  return { case: (await toRows(tx, [{ ...result.stored, data: result.held }], desk))[0]! }
}

export const doMoveCase: Does<typeof moveCase> = (tx, input) =>
  command(tx, input.id, (actor) => ({ kind: 'move', move: input.move, actor, ...(input.outcome ? { outcome: input.outcome } : {}), ...(input.seen === undefined ? {} : { seen: input.seen }), evidence: input.note ? [{ kind: 'note', ref: input.note }] : [] }), input.note ?? null)

export const doReassignCase: Does<typeof reassignCase> = async (tx, input) => {
  const person = (await peopleByIds(tx, [input.userId])).get(input.userId)
  if (!person) return refuse('work.person-not-fit')
  return command(tx, input.id, (actor) => ({ kind: 'reassign', to: { kind: 'person', id: person.id }, reason: input.reason, actor, ...(input.seen === undefined ? {} : { seen: input.seen }) }), input.reason)
}

export const doOpenManualCase: Does<typeof openManualCase> = async (tx, input) => {
  if (input.userId) {
    const fit = await peopleFor(tx, ['countyClerk', 'townshipClerk', 'villageAssistant', 'assessor'], input.region)
    if (!fit.some((person) => person.id === input.userId)) return refuse('work.person-not-fit')
  }
  const [id] = await openCases(tx, [{ type: 'work.manual', key: tx.newId(), region: input.region, subjectId: input.subjectId ?? null, subjectName: input.subjectName ?? null, titleArgs: { text: input.text }, owner: { kind: 'person', id: input.userId ?? tx.actor.id } }])
  return { id: id! }
}
