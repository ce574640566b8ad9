/** Life events against what is known: apply, or ask a person because both cannot be true. */
import type { Day } from '@songbai/calendar'

export type EventKind = 'death' | 'deathWithdrawn' | 'moveWithin' | 'moveOut' | 'moveIn' | 'hospitalIn' | 'hospitalOut' | 'benefitGranted' | 'benefitStopped' | 'disabilityChanged' | 'incomeChanged' | 'livingChanged' | 'seen'

export interface EventIn {
  readonly kind: EventKind
  readonly onDay: Day
  readonly toRegion?: string | undefined
  readonly item?: string | undefined
  readonly factCount: number
}

export interface KnownPerson {
  readonly deadOn: Day | null
  readonly movedOn: Day | null
  readonly region: string
  /** Applied events of this person that only the living and present can have, newest day. */
  readonly lastSeenAlive: Day | null
}

export type Verdict = { readonly verdict: 'apply' } | { readonly verdict: 'conflict' | 'refused'; readonly code: ConflictCode | RefusedEventCode }
export type ConflictCode = 'elders.seen-after-death' | 'elders.died-twice' | 'elders.not-dead' | 'elders.alive-after-death' | 'elders.already-moved-out' | 'elders.after-move-out' | 'elders.already-here'
export type RefusedEventCode = 'elders.event-in-future' | 'elders.event-without-place' | 'elders.event-without-item' | 'elders.event-without-facts'
export const CONFLICT_CODES = ['elders.seen-after-death', 'elders.died-twice', 'elders.not-dead', 'elders.alive-after-death', 'elders.already-moved-out', 'elders.after-move-out', 'elders.already-here'] as const satisfies readonly ConflictCode[]
export const REFUSED_EVENT_CODES = ['elders.event-in-future', 'elders.event-without-place', 'elders.event-without-item', 'elders.event-without-facts'] as const satisfies readonly RefusedEventCode[]

/** What proves that somebody was alive on the day. A benefit goes on paper and proves nothing. */
export const ALIVE_KINDS: readonly EventKind[] = ['seen', 'hospitalIn', 'moveWithin', 'moveIn', 'moveOut']
const NEEDS_FACTS: readonly EventKind[] = ['disabilityChanged', 'incomeChanged', 'livingChanged']
/** Paperwork that rightly follows a death. */
const AFTER_DEATH: readonly EventKind[] = ['death', 'deathWithdrawn', 'benefitStopped', 'hospitalOut']

/** [L1] What a line lacks by itself, before anybody is looked up. */
export function incomplete(event: EventIn, today: Day): RefusedEventCode | null {
  if (event.onDay > today) return 'elders.event-in-future'
  if ((event.kind === 'moveWithin' || event.kind === 'moveIn') && event.toRegion === undefined) return 'elders.event-without-place'
  if ((event.kind === 'benefitGranted' || event.kind === 'benefitStopped') && event.item === undefined) return 'elders.event-without-item'
  return NEEDS_FACTS.includes(event.kind) && event.factCount === 0 ? 'elders.event-without-facts' : null
}

/** [L2]–[L6] The first contradiction decides; events of one day are never contradictory among themselves. */
export function judge(event: EventIn, person: KnownPerson): Verdict {
  const conflict = (code: ConflictCode): Verdict => ({ verdict: 'conflict', code })
  if (event.kind === 'death') {
    if (person.deadOn !== null) return person.deadOn === event.onDay ? { verdict: 'apply' } : conflict('elders.died-twice') // [L2]
    return person.lastSeenAlive !== null && person.lastSeenAlive > event.onDay ? conflict('elders.seen-after-death') : { verdict: 'apply' } // [L3]
  }
  if (event.kind === 'deathWithdrawn') return person.deadOn === null ? conflict('elders.not-dead') : { verdict: 'apply' }
  if (person.deadOn !== null && event.onDay > person.deadOn && !AFTER_DEATH.includes(event.kind)) return conflict('elders.alive-after-death') // [L4]
  if (event.kind === 'moveOut' && person.movedOn !== null) return person.movedOn === event.onDay ? { verdict: 'apply' } : conflict('elders.already-moved-out') // [L5]
  if (event.kind === 'moveIn') return person.movedOn === null ? conflict('elders.already-here') : { verdict: 'apply' }
  if (event.kind === 'moveWithin' && person.movedOn !== null && event.onDay >= person.movedOn) return conflict('elders.after-move-out') // [L6]
  return { verdict: 'apply' }
}

export interface Effect {
  readonly key: string
  /** Undefined: the fact ends. */
  readonly value: unknown
  readonly validFrom: Day | null
  readonly validTo: Day | null
}

/** [L7] What an event makes true. Facts that came with it hold from its day unless they say otherwise. */
export function effectsOf(event: { readonly kind: EventKind; readonly onDay: Day; readonly toRegion?: string | undefined; readonly address?: string | undefined; readonly item?: string | undefined }, facts: readonly Effect[]): Effect[] {
  const from = (key: string, value: unknown): Effect => ({ key, value, validFrom: event.onDay, validTo: null })
  const ever = (key: string): Effect => ({ key, value: undefined, validFrom: null, validTo: null })
  const place = [...(event.toRegion === undefined ? [] : [from('usualResidence', event.toRegion)]), ...(event.address === undefined ? [] : [from('address', event.address)])]
  const own: Readonly<Record<EventKind, readonly Effect[]>> = {
    // A death on another day replaces the one before: nobody dies twice.
    death: [ever('dead'), from('dead', event.onDay)], deathWithdrawn: [ever('dead')],
    moveWithin: place, moveOut: [ever('moved'), from('moved', event.onDay), from('residence', 'other')], moveIn: [ever('moved'), from('residence', 'local'), ...place],
    hospitalIn: [from('hospitalised', true)], hospitalOut: [from('hospitalised', false)],
    benefitGranted: [from(`benefit.${event.item ?? ''}`, event.onDay)], benefitStopped: [from(`benefit.${event.item ?? ''}`, undefined)],
    disabilityChanged: [], incomeChanged: [], livingChanged: [], seen: [],
  }
  return [...own[event.kind], ...facts.map((fact) => ({ ...fact, validFrom: fact.validFrom ?? event.onDay }))]
}
