import { dayNumber } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import { outcomeOf, personOn } from './ahead.ts'
import type { Outcome } from './ahead.ts'
import { ABSENT } from './facts.ts'
import { encodePerson, Evaluation, STACK_UNKNOWN } from './person.ts'
import type { FactInput, Person } from './person.ts'
import { missingIn, missingOf, rowIds } from './rows.ts'
import { forRegion } from './set.ts'
import type { PolicySet } from './set.ts'
import { standingOf } from './standing.ts'
import type { Standing } from './standing.ts'

export interface PersonAnswer extends Outcome { item: string; inForce: boolean; rows: string[]; missing: string[]; standing: Standing }

/** Every item for one person on one day, in the order of `set.items`. Without explanation; for that see `explain`. */
export function evaluatePerson(set: PolicySet, region: string, facts: FactInput | Person, at: Day): PersonAnswer[] {
  const day = dayNumber(at)
  const person = personOn('values' in facts && facts.values instanceof Map ? (facts as Person) : encodePerson(set, facts as FactInput), day)
  const ev = new Evaluation(forRegion(set, region, day), person).all()
  return set.items.map((item, i) => {
    const planned = ev.plan.byIndex[i]
    const outcome = outcomeOf(ev, i)
    const missing = new Set(planned !== undefined && outcome.code !== outcome.possible ? missingOf(ev, planned) : [])
    if (planned !== undefined && outcome.stack === STACK_UNKNOWN) for (const s of planned.policy.stacking) if (s.when !== undefined) missingIn(ev, s.when, planned.policy, missing)
    const drawn = set.facts.has(`benefit.${item}`) ? ev.value(`benefit.${item}`) : ABSENT
    return { item, inForce: planned !== undefined, rows: planned === undefined ? [] : rowIds(planned.policy, outcome.code), missing: [...missing], standing: standingOf(outcome, drawn > ABSENT && drawn <= day), ...outcome }
  })
}
