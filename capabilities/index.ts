/**
 * The ordered list is the architecture. A capability may ask those above it (`public.ts`, same transaction) and is told by those
 * above it (events); it neither asks nor hears those below. Migrations, menus and docs follow the same order.
 */
import type { Capability } from '@songbai/platform/capability'
import { indicators } from './answer/indicators/index.ts'
import { funds } from './decide/funds/index.ts'
import { entitlements } from './decide/entitlements/index.ts'
import { offers } from './decide/offers/index.ts'
import { lab } from './decide/lab/index.ts'
import { payments } from './decide/payments/index.ts'
import { lookback } from './decide/lookback/index.ts'
import { policies } from './decide/policies/index.ts'
import { assessments } from './know/assessments/index.ts'
import { elders } from './know/elders/index.ts'
import { imports } from './know/imports/index.ts'
import { matching } from './know/matching/index.ts'
import { messages } from './know/messages/index.ts'
import { regions } from './know/regions/index.ts'
import { users } from './know/users/index.ts'
import { work } from './know/work/index.ts'

export const capabilities: readonly Capability[] = [
  // know: people and places
  regions,
  users,
  work,
  elders,
  messages,
  imports,
  matching,
  assessments,
  // decide: what the law says of them
  policies,
  funds,
  entitlements,
  lookback,
  lab,
  offers,
  payments,
  // answer: what became of it
  indicators,
]

export { CASE_TYPES } from './case-types.ts'
export { resources, useResources, type Resources } from './resources.ts'
export { actorOf, createAccount, createOrganisation } from './know/users/public.ts'
export { buildAssessments, followLifeEvents, insertAssessments, insertBuiltAssessments, refreshNeeds } from './know/assessments/public.ts'
export { insertElders, prepareContext, prepareElder, recordLifeEvents, withFacts, type PreparedElder } from './know/elders/public.ts'
export { loadNewPolicies } from './decide/policies/public.ts'
export { countItems, countPeople, EntitlementBlock, populationChanged } from './decide/entitlements/public.ts'
export { readTreeSource } from './know/regions/tree-source-node.ts'
