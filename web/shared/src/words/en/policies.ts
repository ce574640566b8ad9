import type { WordsOf } from '../catalogue.ts'
import type { policies as zh } from '../zh-CN/policies.ts'

export const policies: WordsOf<typeof zh> = {
  'refusal.policies.cases-fail': 'Cannot be sent.\nSome cases do not give the answer they should.\nCorrect the rule or the case first.',
  'refusal.policies.date-missing': 'Cannot be published.\nThe first day is missing.\nPlease write it.',
  'refusal.policies.date-overlaps': 'Cannot be published.\nAnother version is in force on those days.\nChange the first day, or withdraw that version.',
  'refusal.policies.document-not-found': 'This document was not found.\nNot in the library, or outside your area.\nPlease look under Policies.',
  'refusal.policies.has-problems': 'Cannot be sent.\nThe check still shows problems.\nPlease look at those rows first.',
  'refusal.policies.no-cases': 'Cannot be sent.\nThere is no case to prove the sums.\nPlease write at least one.',
  'refusal.policies.not-a-draft': 'Cannot be changed.\nOnly a draft can; this one is in review or published.\nPlease start a new draft.',
  'refusal.policies.not-in-review': 'Cannot be done.\nThis version is not waiting for review.\nPlease have the author send it first.',
  'refusal.policies.not-published': 'Cannot be done.\nThis version is not published.\nPlease publish it first.',
  'refusal.policies.region-outside': 'Not saved.\nPolicies of this place are outside your area.\nPlease ask the clerk there.',
  'refusal.policies.second-person': 'Cannot review: a second person is needed.\nYou drafted this version, and two people must look.\nPlease ask another colleague.',
  'refusal.policies.version-not-found': 'This version was not found.\nWithdrawn, or outside your area.\nPlease look under Policies.',
  'refusal.policies.draft-changed': 'Not saved.\n{who} saved this draft after you opened it, and nobody writes over another.\nPlease look at what changed, then go on.',
  'refusal.policies.finding-gone': 'Not confirmed.\nThis finding is gone, or it is an error that must be mended.\nPlease look at the findings again.',
  'refusal.policies.findings-open': 'Cannot be done yet.\nThe check has errors, or findings nobody has confirmed.\nPlease mend or confirm each of them first.',
  'refusal.policies.newer-version': 'Cannot be done yet.\nVersion {version} was published after this draft was begun; going on would undo it.\nPlease compare, take its changes over, then go on.',
  'refusal.policies.no-impact': 'Cannot be published.\nNo impact is attached; nobody has seen the cost and who gains or loses.\nPlease measure it in the policy lab first.',
  'refusal.policies.past-date': 'Not published yet.\n{from} is before today, so earlier months would be paid again or claimed back.\nPlease look at the arrears and confirm.',
}
