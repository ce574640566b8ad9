/** Kinds of cases, each declared as data by the capability that opens them, in the order of the capability list. */
import type { CaseType } from '@songbai/casework'
import { CASE_TYPES as entitlements } from './decide/entitlements/rules-cases.ts'
import { CASE_TYPES as lookback } from './decide/lookback/rules-cases.ts'
import { CASE_TYPES as offers } from './decide/offers/rules-cases.ts'
import { CASE_TYPES as payments } from './decide/payments/rules-cases.ts'
import { CASE_TYPES as assessments } from './know/assessments/rules-cases.ts'
import { CASE_TYPES as elders } from './know/elders/rules-cases.ts'
import { CASE_TYPES as matching } from './know/matching/rules-cases.ts'
import { CASE_TYPES as messages } from './know/messages/rules-cases.ts'

export const CASE_TYPES: readonly CaseType[] = [...elders, ...messages, ...matching, ...assessments, ...entitlements, ...offers, ...payments, ...lookback]
