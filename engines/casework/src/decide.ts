import { CalendarError, daysBetween, todayIn } from '@songbai/calendar'
import type { WorkCalendar } from '@songbai/calendar'
import { dueOf, dueOfOrWeekdays, freeze, thaw } from './clock.ts'
import { isOwner, isRegion, mayAct, ownerFor, sameOwner } from './owner.ts'
import { BACK } from './types.ts'
import type { Actor, Case, CaseEvent, CaseType, Clock, Command, Decision, MoveDefinition, Owner, Refusal, RefusalCode, StateDefinition } from './types.ts'

/** A decision being made: the case is a copy, so a refusal half-way leaves nothing behind. */
type Draft = { case: Case; now: number; by: string | null; type: CaseType; calendar: WorkCalendar; events: CaseEvent[]; setClocks: Clock[]; cancelClocks: string[] }

type EventBody = CaseEvent extends infer E ? (E extends CaseEvent ? Omit<E, 'caseId' | 'at' | 'by'> : never) : never

const refuse = (code: RefusalCode, args: Refusal['args'] = {}): Refusal => ({ ok: false, code, args })

function tell(draft: Draft, body: EventBody): void {
  draft.events.push({ caseId: draft.case.id, at: draft.now, by: draft.by, ...body } as CaseEvent)
}

function stateOf(type: CaseType, id: string): StateDefinition {
  const state = type.states.find((s) => s.id === id)
  if (state === undefined) throw new Error(`case type ${type.id} has no state ${id}; checkCaseType finds this`)
  return state
}

function finish(draft: Draft): Decision {
  if (draft.events.length > 0) draft.case.revision++
  // A row made and dropped within one decision never reaches the store.
  const dropped = new Set(draft.cancelClocks)
  const made = new Set(draft.setClocks.map((clock) => clock.id))
  return {
    ok: true, case: draft.case, events: draft.events,
    setClocks: draft.setClocks.filter((clock) => !dropped.has(clock.id)),
    cancelClocks: draft.cancelClocks.filter((id) => !made.has(id)),
  }
}

/** Runs a decision; a work calendar without the year asked for becomes a refusal. */
function attempt(make: () => Decision): Decision {
  try {
    return make()
  } catch (error) {
    if (error instanceof CalendarError && error.code === 'calendar.noHolidayData') return refuse('casework.noHolidayData', error.args)
    throw error
  }
}

function setClock(draft: Draft, clock: string, step: string, startedAt: number, due: { dueAt: number; provisional: boolean }): void {
  const row = { id: nextClockId(draft, clock), clock, step, startedAt, ...due }
  draft.case.clocks.push(row)
  draft.setClocks.push(row)
}

function nextClockId(draft: Draft, clock: string): string {
  draft.case.clockCount++
  return `${draft.case.id}/${clock}/${draft.case.clockCount}`
}

function dropClocks(draft: Draft, goes: (clock: Clock) => boolean): void {
  draft.cancelClocks.push(...draft.case.clocks.filter(goes).map((clock) => clock.id))
  draft.case.clocks = draft.case.clocks.filter((clock) => !goes(clock))
}

/** [S7] Brings the clocks in line with a state just entered. */
function enter(draft: Draft, to: string): void {
  const { case: held, type, now, calendar } = draft
  const kind = stateOf(type, to).kind
  const stays = (clockId: string): boolean => type.clocks.some((c) => c.id === clockId && c.runsIn.includes(to))
  if (kind === 'paused') held.frozen.push(...held.clocks.filter((clock) => !stays(clock.clock)).map((clock) => freeze(type, clock, now, calendar)))
  dropClocks(draft, (clock) => kind === 'closed' || !stays(clock.clock))
  if (kind === 'open') {
    for (const frozen of held.frozen.filter((f) => stays(f.clock))) {
      const row = thaw(frozen, nextClockId(draft, frozen.clock), now, calendar)
      held.clocks.push(row)
      draft.setClocks.push(row)
    }
  }
  if (kind !== 'paused') held.frozen = []
  held.pausedFrom = kind === 'paused' ? (stateOf(type, held.state).kind === 'paused' ? held.pausedFrom : held.state) : null
  held.state = to
  held.lateSince = null
  held.step = null
  if (kind === 'closed') return
  for (const clock of type.clocks) {
    const runs = held.clocks.some((c) => c.clock === clock.id) || held.frozen.some((f) => f.clock === clock.id)
    if (clock.runsIn.includes(to) && !runs) setClock(draft, clock.id, clock.onFire, now, dueOf(clock.length, now, calendar))
  }
}

function giveTo(draft: Draft, to: Owner, reason: string | null): void {
  if (sameOwner(draft.case.owner, to)) return
  tell(draft, { kind: 'ownerChanged', from: draft.case.owner, to, reason })
  draft.case.owner = to
  draft.case.waitingFor = null
}

function close(draft: Draft, outcome: string | null): void {
  draft.case.closedAt = draft.now
  draft.case.outcome = outcome
  draft.case.waitingFor = null
  tell(draft, { kind: 'closed', outcome })
}

export type NewCase = { id: string; region: string; owner?: Owner; actor: Actor | null }

/** [S1] Opens a case in its start state, owned from the first moment. `actor` null: an event or a clock opened it. */
export function openCase(type: CaseType, asked: NewCase, now: number, calendar: WorkCalendar): Decision {
  if (!isRegion(asked.region)) return refuse('casework.badRegion', { region: String(asked.region) })
  const owner = asked.owner ?? ownerFor(type.firstOwner, asked.region)
  if (!isOwner(owner)) return refuse('casework.ownerEmpty')
  return attempt(() => {
    const held: Case = {
      id: asked.id, type: type.id, region: asked.region, state: type.start, owner, waitingFor: null, openedAt: now, closedAt: null, outcome: null,
      clocks: [], frozen: [], pausedFrom: null, lateSince: null, step: null, mergedInto: null, absorbed: [], doneBy: {}, reopenedTimes: 0, clockCount: 0, revision: 0,
    }
    const draft: Draft = { case: held, now, by: asked.actor?.id ?? null, type, calendar, events: [], setClocks: [], cancelClocks: [] }
    tell(draft, { kind: 'opened', state: type.start, owner })
    enter(draft, type.start)
    return finish(draft)
  })
}

/** Moves an actor may make now, evidence and outcome left aside: the buttons to show. */
export function allowedMoves(type: CaseType, held: Case, actor: Actor): MoveDefinition[] {
  return type.moves.filter((move) => whyNotMove(move, held, actor) === null)
}

function whyNotMove(move: MoveDefinition, held: Case, actor: Actor): Refusal | null {
  if (!move.from.includes(held.state)) return refuse('casework.moveNotFromHere', { move: move.id, state: held.state })
  if (!mayAct(move.who, actor, held.owner)) return refuse('casework.notAllowed', { move: move.id })
  if (move.notSameAs !== undefined && held.doneBy[move.notSameAs] === actor.id) return refuse('casework.sameActor', { move: move.id, other: move.notSameAs })
  return null
}

function whyNotComplete(move: MoveDefinition, command: Extract<Command, { kind: 'move' }>): Refusal | null {
  const given = new Set((command.evidence ?? []).filter((e) => e.ref.trim() !== '').map((e) => e.kind))
  const missing = (move.needs ?? []).filter((need) => !(typeof need === 'string' ? given.has(need) : need.some((kind) => given.has(kind))))
  if (missing.length > 0) return refuse('casework.evidenceMissing', { kinds: missing.map((need) => (typeof need === 'string' ? need : need.join('|'))).join(',') })
  if (move.outcomes === undefined) return command.outcome === undefined ? null : refuse('casework.outcomeNotAllowed', { outcome: command.outcome })
  if (command.outcome === undefined) return refuse('casework.outcomeMissing')
  return move.outcomes.includes(command.outcome) ? null : refuse('casework.outcomeNotAllowed', { outcome: command.outcome })
}

const isStale = (held: Case, seen: number | undefined): boolean => seen !== undefined && seen !== held.revision

function doMove(draft: Draft, command: Extract<Command, { kind: 'move' }>): Decision {
  const { case: held, type } = draft
  const move = type.moves.find((m) => m.id === command.move)
  if (move === undefined) return refuse('casework.moveUnknown', { move: command.move })
  // [S5] A screen drawn before an escalation may still take what no person has taken yet.
  const takesFree = move.owner === 'actor' && held.owner.kind !== 'person'
  if (!takesFree && isStale(held, command.seen)) return refuse('casework.stale', { revision: held.revision })
  const refused = whyNotMove(move, held, command.actor) ?? whyNotComplete(move, command)
  if (refused !== null) return refused
  const from = held.state
  const to = move.to === BACK ? held.pausedFrom ?? type.start : move.to
  tell(draft, { kind: 'moved', move: move.id, from, to, evidence: command.evidence ?? [] })
  held.doneBy = { ...held.doneBy, [move.id]: command.actor.id }
  held.waitingFor = null
  if (move.owner !== undefined) giveTo(draft, move.owner === 'actor' ? { kind: 'person', id: command.actor.id } : ownerFor(move.owner, held.region), null)
  enter(draft, to)
  if (stateOf(type, to).kind === 'closed') close(draft, command.outcome ?? null)
  return finish(draft)
}

function doFire(draft: Draft, clockId: string): Decision {
  const { case: held, type, now } = draft
  const clock = held.clocks.find((c) => c.id === clockId)
  // [S10] Fired before, or stopped meanwhile: a repeat changes nothing.
  if (clock === undefined) return finish(draft)
  if (now < clock.dueAt) return refuse('casework.clockNotDue', { dueAt: clock.dueAt })
  const step = type.ladder.find((s) => s.id === clock.step)
  if (step === undefined) throw new Error(`case type ${type.id} has no step ${clock.step}; checkCaseType finds this`)
  dropClocks(draft, (c) => c.id === clockId)
  held.lateSince ??= clock.dueAt
  held.step = step.id
  const to = ownerFor(step.to, held.region)
  tell(draft, { kind: 'escalated', step: step.id, to, mode: step.mode, clockId, lateMs: now - clock.dueAt })
  if (step.mode === 'takeOver') giveTo(draft, to, step.id)
  // [S11] Counted from when this step was due, not from when the server got to it: after an outage every overdue step fires at once.
  if (step.next !== undefined) setClock(draft, clock.clock, step.next.step, clock.dueAt, dueOfOrWeekdays(step.next.after, clock.dueAt, draft.calendar))
  return finish(draft)
}

function doReassign(draft: Draft, command: Extract<Command, { kind: 'reassign' }>): Decision {
  const { case: held, type } = draft
  if (isStale(held, command.seen)) return refuse('casework.stale', { revision: held.revision })
  if (!mayAct(type.reassign, command.actor, held.owner)) return refuse('casework.notAllowed', { move: 'reassign' })
  if (!isOwner(command.to)) return refuse('casework.ownerEmpty')
  if (command.reason.trim() === '') return refuse('casework.reasonMissing')
  giveTo(draft, command.to, command.reason)
  return finish(draft)
}

function doWaitFor(draft: Draft, command: Extract<Command, { kind: 'waitFor' }>): Decision {
  const { case: held, type } = draft
  if (!mayAct(['owner', ...type.reassign], command.actor, held.owner)) return refuse('casework.notAllowed', { move: 'waitFor' })
  if (command.whom !== null && !isOwner(command.whom)) return refuse('casework.ownerEmpty')
  held.waitingFor = command.whom
  tell(draft, { kind: 'waiting', for: command.whom })
  return finish(draft)
}

function doMerge(draft: Draft, command: Extract<Command, { kind: 'merge' }>): Decision {
  const { case: held, type } = draft
  if (type.merge === undefined) return refuse('casework.notMergeable')
  if (!mayAct(type.merge.who, command.actor, held.owner)) return refuse('casework.notAllowed', { move: 'merge' })
  if (command.into === held.id) return refuse('casework.mergeSelf')
  if (command.reason.trim() === '') return refuse('casework.reasonMissing')
  tell(draft, { kind: 'merged', into: command.into, reason: command.reason })
  held.mergedInto = command.into
  enter(draft, type.merge.state)
  close(draft, null)
  return finish(draft)
}

function doAbsorb(draft: Draft, command: Extract<Command, { kind: 'absorb' }>): Decision {
  const { case: held, type } = draft
  if (type.merge === undefined) return refuse('casework.notMergeable')
  if (!mayAct(type.merge.who, command.actor, held.owner)) return refuse('casework.notAllowed', { move: 'absorb' })
  if (command.from === held.id) return refuse('casework.mergeSelf')
  if (held.absorbed.includes(command.from)) return finish(draft)
  held.absorbed = [...held.absorbed, command.from]
  tell(draft, { kind: 'absorbed', from: command.from })
  return finish(draft)
}

function doReopen(draft: Draft, command: Extract<Command, { kind: 'reopen' }>): Decision {
  const { case: held, type, now } = draft
  if (held.closedAt === null) return refuse('casework.notClosed')
  if (type.reopen === undefined) return refuse('casework.notReopenable')
  if (!mayAct(type.reopen.who, command.actor, held.owner)) return refuse('casework.notAllowed', { move: 'reopen' })
  if (command.reason.trim() === '') return refuse('casework.reasonMissing')
  const days = daysBetween(todayIn(held.closedAt, 'Asia/Shanghai'), todayIn(now, 'Asia/Shanghai'))
  if (type.reopen.withinDays !== undefined && days > type.reopen.withinDays) return refuse('casework.reopenTooLate', { withinDays: type.reopen.withinDays, days })
  held.reopenedTimes++
  tell(draft, { kind: 'reopened', reason: command.reason, times: held.reopenedTimes, wasMergedInto: held.mergedInto })
  held.mergedInto = null
  held.closedAt = null
  held.outcome = null
  enter(draft, type.reopen.to)
  return finish(draft)
}

/** [S4] Decides one command on one case. Pure: the case given is not touched; a refusal says why by code. */
export function decide(type: CaseType, held: Case, command: Command, now: number, calendar: WorkCalendar): Decision {
  if (held.type !== type.id) return refuse('casework.typeDiffers', { type: type.id, case: held.type })
  const by = command.kind === 'fire' ? null : command.actor.id
  const draft: Draft = { case: { ...held, clocks: [...held.clocks], frozen: [...held.frozen] }, now, by, type, calendar, events: [], setClocks: [], cancelClocks: [] }
  // [S9] A closed case answers only to reopening; a late clock row does nothing.
  if (held.closedAt !== null && command.kind !== 'reopen' && command.kind !== 'fire') return refuse('casework.closed', { outcome: held.outcome ?? '' })
  return attempt(() => {
    switch (command.kind) {
      case 'move': return doMove(draft, command)
      case 'fire': return doFire(draft, command.clockId)
      case 'reassign': return doReassign(draft, command)
      case 'waitFor': return doWaitFor(draft, command)
      case 'merge': return doMerge(draft, command)
      case 'absorb': return doAbsorb(draft, command)
      case 'reopen': return doReopen(draft, command)
    }
  })
}
