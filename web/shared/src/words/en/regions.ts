import type { WordsOf } from '../catalogue.ts'
import type { regions as zh } from '../zh-CN/regions.ts'

export const regions: WordsOf<typeof zh> = {
  'refusal.regions.badCode': 'Not saved.\nA place code has 12 digits and begins with its parent’s.\nPlease check the code.',
  'refusal.regions.badShare': 'Not saved.\nThe shares of the split do not sum to one.\nPlease correct the shares.',
  'refusal.regions.childUnassigned': 'Not saved.\nSome places below have no new parent, and none may be lost.\nPlease choose one for each.',
  'refusal.regions.codeTaken': 'Not saved.\nAnother place has this code on that day.\nPlease use another code.',
  'refusal.regions.hasChildren': 'This place cannot be abolished.\nIt still has places below it.\nPlease move those first.',
  'refusal.regions.laterChange': 'Not saved.\nA later change of this place would no longer fit.\nPlease look at the later change first.',
  'refusal.regions.noName': 'Not saved.\nThe new place has no name.\nPlease write one.',
  'refusal.regions.noParent': 'Not saved.\nThere was no such parent on that day.\nPlease choose one that existed.',
  'refusal.regions.notADay': 'Not saved.\nThere is no such day.\nPlease write it like 2024-03-05.',
  'refusal.regions.outside': 'Not saved.\nThis place is outside your area.\nPlease ask its administrator to record it.',
  'refusal.regions.parentUnder': 'Not saved.\nA place cannot lie below its own child.\nPlease choose another parent.',
  'refusal.regions.unknown': 'This place was not found.\nThe code did not exist on that day, or was merged.\nPlease look by name.',
  'refusal.regions.wrongLevel': 'Not saved.\nThe level does not fit: a village lies in a township, a township in a county.\nPlease choose another parent or code.',
  'refusal.regions.wrongShape': 'Not saved.\nThe number of places before and after does not fit this kind of change.\nPlease check both sides.',
}
