import { assessments as zhAssessments } from './zh-CN/assessments.ts'
import { elders as zhElders } from './zh-CN/elders.ts'
import { eldersPages as zhEldersPages } from './zh-CN/elders-pages.ts'
import { regions as zhRegions } from './zh-CN/regions.ts'
import { lab as zhLab } from './zh-CN/lab.ts'
import { payments as zhPayments } from './zh-CN/payments.ts'
import { policies as zhPolicies } from './zh-CN/policies.ts'
import { entitlements as zhEntitlements } from './zh-CN/entitlements.ts'
import { policiesPages as zhPoliciesPages } from './zh-CN/policies-pages.ts'
import { entitlementsPages as zhEntitlementsPages } from './zh-CN/entitlements-pages.ts'
import { funds as zhFunds } from './zh-CN/funds.ts'
import { matching as zhMatching } from './zh-CN/matching.ts'
import { lookback as zhLookback } from './zh-CN/lookback.ts'
import { imports as zhImports } from './zh-CN/imports.ts'
import { importsPages as zhImportsPages } from './zh-CN/imports-pages.ts'
import { audit as zhAudit } from './zh-CN/audit.ts'
import { indicators as zhIndicators } from './zh-CN/indicators.ts'
import { messages as zhMessages } from './zh-CN/messages.ts'
import { offers as zhOffers } from './zh-CN/offers.ts'
import { common as zhCommon } from './zh-CN/common.ts'
import { problems as zhProblems } from './zh-CN/problems.ts'
import { refusals as zhRefusals } from './zh-CN/refusals.ts'
import { shell as zhShell } from './zh-CN/shell.ts'
import { usersPages as zhUsersPages } from './zh-CN/users-pages.ts'
import { users as zhUsers } from './zh-CN/users.ts'
import { work as zhWork } from './zh-CN/work.ts'
import { assessments as enAssessments } from './en/assessments.ts'
import { elders as enElders } from './en/elders.ts'
import { eldersPages as enEldersPages } from './en/elders-pages.ts'
import { regions as enRegions } from './en/regions.ts'
import { lab as enLab } from './en/lab.ts'
import { payments as enPayments } from './en/payments.ts'
import { policies as enPolicies } from './en/policies.ts'
import { entitlements as enEntitlements } from './en/entitlements.ts'
import { policiesPages as enPoliciesPages } from './en/policies-pages.ts'
import { entitlementsPages as enEntitlementsPages } from './en/entitlements-pages.ts'
import { funds as enFunds } from './en/funds.ts'
import { matching as enMatching } from './en/matching.ts'
import { lookback as enLookback } from './en/lookback.ts'
import { imports as enImports } from './en/imports.ts'
import { importsPages as enImportsPages } from './en/imports-pages.ts'
import { audit as enAudit } from './en/audit.ts'
import { indicators as enIndicators } from './en/indicators.ts'
import { messages as enMessages } from './en/messages.ts'
import { offers as enOffers } from './en/offers.ts'
import { common as enCommon } from './en/common.ts'
import { problems as enProblems } from './en/problems.ts'
import { refusals as enRefusals } from './en/refusals.ts'
import { shell as enShell } from './en/shell.ts'
import { usersPages as enUsersPages } from './en/users-pages.ts'
import { users as enUsers } from './en/users.ts'
import { work as enWork } from './en/work.ts'

// A capability adds one line here per language: its keys are then typed everywhere, and a missing English word is a type error.
export const zh = { ...zhCommon, ...zhShell, ...zhUsers, ...zhUsersPages, ...zhWork, ...zhFunds, ...zhPayments, ...zhImports, ...zhImportsPages, ...zhMatching, ...zhLookback, ...zhIndicators, ...zhMessages, ...zhOffers, ...zhAudit, ...zhEntitlements, ...zhEntitlementsPages, ...zhLab, ...zhPolicies, ...zhPoliciesPages, ...zhRegions, ...zhElders, ...zhEldersPages, ...zhAssessments, ...zhRefusals, ...zhProblems } as const
export const en: WordsOf<typeof zh> = { ...enCommon, ...enShell, ...enUsers, ...enUsersPages, ...enWork, ...enFunds, ...enPayments, ...enImports, ...enImportsPages, ...enMatching, ...enLookback, ...enIndicators, ...enMessages, ...enOffers, ...enAudit, ...enEntitlements, ...enEntitlementsPages, ...enLab, ...enPolicies, ...enPoliciesPages, ...enRegions, ...enElders, ...enEldersPages, ...enAssessments, ...enRefusals, ...enProblems }

/** What another language must give: the same keys, no more and no fewer. */
export type WordsOf<Z> = { readonly [K in keyof Z]: string }

export type WordKey = keyof typeof zh
export type Lang = 'zh-CN' | 'en'

/** Names in braces, read from the Chinese text: `'{n} 件'` asks for `{ n }`. */
export type ArgNames<S extends string> = S extends `${string}{${infer A}}${infer Rest}` ? (A extends `${infer N}|${string}` ? N : A) | ArgNames<Rest> : never
export type ArgsOf<K extends WordKey, V> = { readonly [N in ArgNames<(typeof zh)[K]>]: V }
export type MaybeArgs<K extends WordKey, V> = [ArgNames<(typeof zh)[K]>] extends [never] ? [] : [args: ArgsOf<K, V>]

export const CATALOGUE: Readonly<Record<Lang, WordsOf<typeof zh>>> = { 'zh-CN': zh, en }

export function isWordKey(key: string): key is WordKey {
  return Object.hasOwn(zh, key)
}
