/** What is worked out for many people together, beside the evaluation itself. */
export { dueForMonth } from './month.ts'
export type { MonthDue, MonthOptions } from './month.ts'
export { dueForPerson } from './month-person.ts'
export type { PersonDue } from './month-person.ts'
export { DUE_CODES } from './month-pay.ts'
export type { DueCode, Leaving } from './month-pay.ts'
export { crossings, thresholdsOf } from './thresholds.ts'
export type { Thresholds } from './thresholds.ts'
