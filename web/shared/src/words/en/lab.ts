import type { WordsOf } from '../catalogue.ts'
import type { lab as zh } from '../zh-CN/lab.ts'

export const lab: WordsOf<typeof zh> = {
  'refusal.lab.unreadable': 'Cannot be tried out.\nThis text cannot be read yet, or does not fit with the other rules in force.\nPlease mend what the check shows first.',
  'refusal.lab.version-not-found': 'This version was not found.\nWithdrawn, or outside your area.\nPlease look in the policy lab again.',
  'refusal.lab.elder-not-found': 'This person was not found.\nNot on the register, or outside your area.\nPlease choose another.',
  'refusal.lab.region-outside': 'Not saved.\nPolicies of this place are outside your area.\nPlease ask the clerk there.',
  'refusal.lab.name-taken': 'Not saved.\nA scenario is already named "{name}", and saved ones do not change.\nPlease choose another name.',
  'refusal.lab.scenario-not-found': 'This scenario was not found.\nDeleted, or outside your area.\nPlease look again.',
  'refusal.lab.not-open': 'Cannot be sent.\nOnly a draft can; this one is in review or published.\nPlease start a new draft.',
  'refusal.lab.past-change': 'Not sent yet.\nA rate changes from {from}, before today, so earlier months would be paid again or claimed back.\nPlease look at the amounts and confirm.',
}
