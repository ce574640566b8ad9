/** Kinds of cases, each declared as data by the capability that opens them, in the order of the capability list. */
import type { CaseType } from '@songbai/casework'

export const CASE_TYPES: readonly CaseType[] = []
