import type { WordsOf } from '../catalogue.ts'
import type { imports as zh } from '../zh-CN/imports.ts'

export const imports: WordsOf<typeof zh> = {
  'refusal.imports.answer-not-fitting': 'Not decided.\nRow {row} cannot be answered this way; what fits depends on the question.\nPlease open the row and choose one of the answers, or correct the cell.',
  'refusal.imports.columns-undecided': 'Not imported yet.\nColumns {columns} are undecided, and leaving them would lose them silently.\nPlease go back to the headings and choose a field or leave them out.',
  'refusal.imports.count-differs': 'Not imported yet.\nYou typed {count} rows and {ready} can go in now; somebody may have changed something.\nPlease look again and type the number of now.',
  'refusal.imports.field-twice': 'The dry run did not start.\nTwo columns are taken for the same field, and we do not choose between them.\nPlease keep one and leave the other out.',
  'refusal.imports.field-unknown': 'The dry run did not start.\nA column is taken for a field that does not exist.\nPlease choose another field.',
  'refusal.imports.file-not-found': 'This file was not found.\nIt is outside your places or was removed.\nPlease upload it again.',
  'refusal.imports.name-column-missing': 'The dry run did not start.\nNo column is taken for the name, and without it nobody is known.\nPlease say which column holds the name.',
  'refusal.imports.not-found': 'This import was not found.\nIt is outside your places or never was.\nPlease look among the past imports.',
  'refusal.imports.nothing-to-import': 'Nothing was imported.\nNo row can go in; all wait for an answer or a correction.\nPlease correct some rows, or complete the repaired sheet and upload it.',
  'refusal.imports.place-outside': 'The dry run did not start.\nThe place of the whole list is not one of yours.\nPlease choose a township or village of yours.',
  'refusal.imports.row-not-found': 'Not changed.\nRow {row} is not among the problems, or is no person.\nPlease refresh and look again.',
  'refusal.imports.sheet-unknown': 'The dry run did not start.\nNo heading was found in this sheet.\nPlease choose another sheet, or say in which row the heading stands.',
  'refusal.imports.wrong-state': 'This step cannot be done now.\nThe import is at another step; it may be running or finished.\nPlease refresh and see where it stands.',
}
