/** What this capability takes from the policy engine, in one place. */
import { ABSENT, CODE_ABSENT, type FactDef } from '@songbai/policy'

export { ABSENT, checksumOf, createPopulation, evaluatePerson, evaluatePopulation, evaluateRows, NO_DAY, standings, STANDINGS } from '@songbai/policy'
export type { FactColumns, FactDef, Interval, Person, PersonAnswer, Policy, PolicySet, Population, Results } from '@songbai/policy'

/** Whether a value of a column is a known one. */
export function isKnownValue(def: FactDef, value: number): boolean {
  return def.type === 'bool' ? value < 2 : def.type === 'code' ? value < CODE_ABSENT : value > ABSENT
}
