/** Words shown to people: Chinese first, English complete. */
export type Words = { zh: string; en: string }

/** How wide a place is meant: 2, 4, 6, 9 or 12 digits of the region code. */
export type Level = 'province' | 'prefecture' | 'county' | 'township' | 'village'

/** Whoever must act. A post is a duty of a place (养老服务岗), filled by whoever holds it today, so it is never nobody. */
export type Owner =
  | { kind: 'person'; id: string }
  | { kind: 'organisation'; id: string }
  | { kind: 'post'; post: string; region: string }

/** A post named relative to the place of the case. */
export type OwnerTarget = { post: string; level: Level }

/** `days` and `workdays` end with the local day they end on; `endsOnWorkday` moves that end to the next working day (民法典 art. 203). */
export type Length = { minutes: number } | { hours: number } | { days: number; endsOnWorkday?: boolean } | { workdays: number }

/** `paused` stops the clocks that do not name it; `closed` ends them. */
export type StateDefinition = { id: string; title: Words; kind: 'open' | 'paused' | 'closed' }

/** The target of a move out of a paused state that goes back to where the case was. */
export const BACK = '@back'

export type MoveDefinition = {
  id: string
  from: readonly string[]
  /** A state, or `BACK`. */
  to: string
  verb: Words
  /** Roles that may; `owner` is whoever owns the case now, `anyone` every actor. */
  who: readonly string[]
  /** Evidence kinds that must come with it; an inner list means any one of them. */
  needs?: readonly (string | readonly string[])[]
  /** Outcomes to choose from: one must be named. Every move into a closed state has some. */
  outcomes?: readonly string[]
  /** Another move whose last actor may not do this one (two pairs of eyes). */
  notSameAs?: string
  /** Who owns the case afterwards; without it the owner stays. */
  owner?: 'actor' | OwnerTarget
}

export type ClockDefinition = {
  id: string
  title: Words
  /** Runs while the case is in one of these states: starts on coming in, stops on leaving them all. */
  runsIn: readonly string[]
  length: Length
  /** The ladder step taken when it runs out. */
  onFire: string
}

export type StepDefinition = {
  id: string
  title: Words
  to: OwnerTarget
  /** `takeOver` makes the target the owner; `inform` only tells it. */
  mode: 'takeOver' | 'inform'
  /** The step after this one, counted from when this one was due. */
  next?: { step: string; after: Length }
}

export type OutcomeDefinition = { id: string; title: Words }

/** One kind of case as data. `checkCaseType` finds what is wrong with it. */
export type CaseType = {
  id: string
  title: Words
  start: string
  /** Who owns a new case unless the opener names an owner. */
  firstOwner: OwnerTarget
  states: readonly StateDefinition[]
  moves: readonly MoveDefinition[]
  clocks: readonly ClockDefinition[]
  ladder: readonly StepDefinition[]
  outcomes: readonly OutcomeDefinition[]
  /** Roles that may hand a case over. */
  reassign: readonly string[]
  /** Absent: duplicates of this kind are not merged. `state` is the closed state the duplicate ends in. */
  merge?: { who: readonly string[]; state: string }
  /** Absent: a closed case stays closed. `withinDays` counts calendar days since closing. */
  reopen?: { who: readonly string[]; to: string; withinDays?: number }
}

/** A clock as a row. `id` is unique for ever: firing the same row twice does nothing the second time. Instants in milliseconds. */
export type Clock = { id: string; clock: string; step: string; startedAt: number; dueAt: number; /** Rests on holiday data that may still change. */ provisional: boolean }

/** A clock stopped by a pause: what has been used and what is left. */
export type FrozenClock = { clock: string; step: string; elapsedMs: number; left: { ms: number } | { days: number; endsOnWorkday: boolean } | { workdays: number } }

export type Case = {
  id: string
  type: string
  /** Region code of the most exact place known, 2–12 digits. */
  region: string
  state: string
  owner: Owner
  /** Whom the owner waits for; the owner stays responsible. */
  waitingFor: Owner | null
  openedAt: number
  closedAt: number | null
  outcome: string | null
  clocks: Clock[]
  frozen: FrozenClock[]
  /** State to go back to from a pause. */
  pausedFrom: string | null
  /** Since when a clock has run out without the case moving on. */
  lateSince: number | null
  /** Last ladder step fired in this state. */
  step: string | null
  /** Case this one was merged into, and cases merged into this one. */
  mergedInto: string | null
  absorbed: string[]
  /** Last actor of each move, for `notSameAs`. */
  doneBy: Record<string, string>
  reopenedTimes: number
  /** Clock rows made so far: the next row's number. */
  clockCount: number
  /** Grows by one with each accepted command that changes anything. */
  revision: number
}

export type Actor = { id: string; roles: readonly string[]; organisations?: readonly string[]; posts?: readonly { post: string; region: string }[] }
export type Evidence = { kind: string; ref: string }

export type Command =
  | { kind: 'move'; move: string; actor: Actor; evidence?: readonly Evidence[]; outcome?: string; /** The revision the actor saw; another one now is refused as stale. */ seen?: number }
  | { kind: 'fire'; clockId: string }
  | { kind: 'reassign'; to: Owner; reason: string; actor: Actor; seen?: number }
  | { kind: 'waitFor'; whom: Owner | null; actor: Actor }
  | { kind: 'merge'; into: string; reason: string; actor: Actor }
  | { kind: 'absorb'; from: string; actor: Actor }
  | { kind: 'reopen'; reason: string; actor: Actor }

/** What happened, for the log and the listeners; `by` is null when a clock did it. */
export type CaseEvent = { caseId: string; at: number; by: string | null } & (
  | { kind: 'opened'; state: string; owner: Owner }
  | { kind: 'moved'; move: string; from: string; to: string; evidence: readonly Evidence[] }
  | { kind: 'closed'; outcome: string | null }
  | { kind: 'ownerChanged'; from: Owner; to: Owner; reason: string | null }
  | { kind: 'escalated'; step: string; to: Owner; mode: 'takeOver' | 'inform'; clockId: string; lateMs: number }
  | { kind: 'waiting'; for: Owner | null }
  | { kind: 'merged'; into: string; reason: string }
  | { kind: 'absorbed'; from: string }
  | { kind: 'reopened'; reason: string; times: number; wasMergedInto: string | null }
)

export type RefusalCode =
  | 'casework.typeDiffers' | 'casework.moveUnknown' | 'casework.moveNotFromHere' | 'casework.notAllowed' | 'casework.sameActor' | 'casework.stale'
  | 'casework.evidenceMissing' | 'casework.outcomeMissing' | 'casework.outcomeNotAllowed' | 'casework.ownerEmpty' | 'casework.reasonMissing'
  | 'casework.closed' | 'casework.notClosed' | 'casework.notMergeable' | 'casework.mergeSelf' | 'casework.notReopenable' | 'casework.reopenTooLate'
  | 'casework.clockNotDue' | 'casework.noHolidayData' | 'casework.badRegion'

export type Refusal = { ok: false; code: RefusalCode; args: Readonly<Record<string, string | number>> }

/** The new case, what happened, and the clock rows to write and to remove. Empty `events` means: nothing to do (a repeat). */
export type Decision = { ok: true; case: Case; events: CaseEvent[]; setClocks: Clock[]; cancelClocks: string[] } | Refusal
