import type { WordsOf } from '../catalogue.ts'
import type { elders as zh } from '../zh-CN/elders.ts'

export const elders: WordsOf<typeof zh> = {
  'refusal.elders.birth-impossible': 'Not saved.\nThere is no such birthday in the calendar.\nPlease read it again from the papers.',
  'refusal.elders.birth-in-future': 'Not saved.\nThe birthday is after today.\nPlease read it again from the papers.',
  'refusal.elders.fact-future': 'Not recorded.\nIt starts in the future, and what has not happened is not recorded.\nRecord it on that day, or change the day.',
  'refusal.elders.fact-provided-elsewhere': 'Not recorded.\nThis fact comes from another part and is not written by hand.\nPlease change it there; it follows here.',
  'refusal.elders.fact-unknown': 'Not recorded.\nThe dictionary has no such fact.\nPlease choose one from it.',
  'refusal.elders.fact-value': 'Not recorded.\nThis value is not one that fits.\nPlease choose one of those offered.',
  'refusal.elders.id-birth-differs': 'Not saved.\nThe birthday inside the ID differs from the one written; we do not guess.\nPlease read the papers and make them agree.',
  'refusal.elders.id-birth-impossible': 'Not saved.\nThe birthday inside the ID does not exist.\nPlease copy the ID again from the papers.',
  'refusal.elders.id-checksum': 'Not saved.\nThe last character of the ID does not fit; one digit is probably wrong.\nPlease copy it again from the papers.',
  'refusal.elders.id-malformed': 'Not saved.\nAn ID has 18 characters, or 15 on old cards.\nPlease copy it again from the papers.',
  'refusal.elders.id-sex-differs': 'Not saved.\nThe sex inside the ID differs from the one written.\nPlease read the papers and make them agree.',
  'refusal.elders.id-taken': 'Not saved.\nAnother elder already has this ID.\nPlease find that record first; it may be the same person.',
  'refusal.elders.likely-duplicate': 'Not saved yet.\nA very similar elder exists and may be the same person.\nPlease look at that record; save if it is another person.',
  'refusal.elders.merge-already': 'Not merged.\nOne of the two was merged before.\nPlease open the record it went into.',
  'refusal.elders.merge-already-split': 'Not split.\nThis merge was already undone.\nNothing more is needed.',
  'refusal.elders.merge-id-conflict': 'Not merged.\nBoth IDs are valid and differ, so these look like two people.\nIf it is one person, correct one ID first.',
  'refusal.elders.merge-not-found': 'This merge was not found.\nOutside your area, or it never happened.\nPlease look from the elder’s page.',
  'refusal.elders.merge-same': 'Not merged.\nBoth are the same record.\nPlease choose another.',
  'refusal.elders.not-active': 'Not saved.\nThis elder has died, moved out or was merged; the record is kept to look at.\nIf that is wrong, withdraw that event first.',
  'refusal.elders.not-found': 'This elder was not found.\nOutside your area, or not registered.\nPress / to look again.',
  'refusal.elders.phone-malformed': 'Not saved.\nThe phone number is not right: 11 digits, or a landline with its area code.\nPlease write it again.',
  'refusal.elders.region-outside': 'Not saved.\nThe place is outside your area.\nPlease ask the clerk there, or change the place.',
  'refusal.elders.region-unknown': 'Not saved.\nThere is no such place, or it was merged.\nPlease choose another place.',
  'refusal.elders.too-many-reveals': 'Not shown for now.\nYou have looked at very many secrets today.\nIf urgent, ask the security administrator.',
}
