/** The answers for named people, with the reasons, for capabilities that act on them one by one. */
import type { Day } from '@songbai/calendar'
import type { Policy } from '@songbai/policy'
import type { Tx } from '@songbai/platform/tx'
import type { ElderRecord } from '../../know/elders/public.ts'
import { versionKey } from '../policies/public.ts'
import type { Explanation, Standing } from './contract.ts'
import { explainerOf, lawFor, peopleWithFacts } from './store-people.ts'

export interface ExplainedPerson {
  readonly elder: ElderRecord
  /** Items that some rule of the place decides, or that the person draws; nobody dead or gone stands for any. */
  readonly standings: ReadonlyMap<string, Standing>
  readonly explain: (item: string, horizonDays?: number) => Explanation
  /** The rule in force and the row of its version; undefined when the place has none for the item on the day. */
  readonly ruleOf: (item: string) => { readonly policy: Policy; readonly versionId: string } | undefined
}

/** People in scope on a day; the explanation is worked out only where it is asked for. */
export async function explainPeople(tx: Tx, ids: readonly string[], at: Day = tx.today, knownOn?: Day): Promise<Map<string, ExplainedPerson>> {
  const out = new Map<string, ExplainedPerson>()
  for (const [id, person] of await peopleWithFacts(tx, ids, { at, knownOn })) {
    const law = await lawFor(tx, person.elder.region)
    const explainer = explainerOf(law, person, at)
    const standings = law.set.items.flatMap((item, j) => (explainer.codes[j] ? [[item, explainer.codes[j]] as const] : []))
    out.set(id, {
      elder: person.elder, standings: new Map(standings), explain: explainer.of,
      ruleOf: (item) => {
        const policy = explainer.policyOf(item)
        const versionId = policy && law.versionIds.get(versionKey(policy))
        return policy && versionId !== undefined ? { policy, versionId } : undefined
      },
    })
  }
  return out
}
