import type { Day } from '@songbai/calendar'

export type Sex = 'male' | 'female'
export type AbilityLevel = 'intact' | 'mild' | 'moderate' | 'severe' | 'total'

/** Which capability keeps the fact; the registry refuses facts that another one provides. */
export type FactHome = 'elders' | 'assessments' | 'entitlements' | 'regions'

export interface DemoFact {
  key: string
  value: string | number | boolean
  /** Half open, like every period. */
  validFrom: Day | null
  validTo: Day | null
  source: string
  recordedOn: Day
  home: FactHome
}

export interface DemoContact { name: string; relation: string; duty: 'supporter' | 'guardian' | 'emergency' | 'carer' | 'neighbour'; rank: number; phone: string }

export interface DemoResidence {
  kind: 'usual' | 'registered' | 'winterCamp' | 'summerCamp'
  place: string
  address: string
  /** Month-day, `10-15`. */
  seasonFrom?: string
  seasonTo?: string
  /** WGS-84. */
  lon?: number
  lat?: number
  accessNote?: string
  phoneCoverage?: 'good' | 'weak' | 'none'
  /** True: a plausible point, not a measured one. */
  schematic: boolean
  validFrom: Day
}

export interface DemoAssessment {
  scale: 'gbt42195-2022'
  on: Day
  /** Half open: on this day a new one is due. */
  validTo: Day
  /** Option ids by item code, as the scale engine takes them. */
  answers: Record<string, string | string[]>
  total: number
  level: AbilityLevel
  reason: 'first' | 'routine' | 'immediate'
  assessors: [string, string]
}

/** In payment since; `until` is the first day no longer paid. Policy ids are those of the packs; no amounts are made up. */
export interface DemoBenefit { policy: string; since: Day; until: Day | null }

/** A line of the replayable feed of life events (REG-03). */
export interface DemoEvent {
  kind: 'death' | 'moveWithin' | 'moveOut' | 'hospitalIn' | 'hospitalOut' | 'benefitGranted' | 'seen'
  onDay: Day
  elderId: string
  toRegion?: string
  item?: string
  source: string
  sourceRef: string
}

export type ProblemKind =
  | 'duplicateNameVariant' | 'duplicateIdDigit' | 'duplicateTwoVillages' | 'neverAssessed' | 'turned80NoAllowance' | 'deadStillPaid'
  | 'expiredStillPaid' | 'visitAfterDeath' | 'hospitalAfterDeath' | 'wrongHousehold' | 'missingBirthDay' | 'mergedVillage'

/** A fault put in on purpose, so that finding it can be measured. `persons[0]` is the record with the fault. */
export interface PlantedProblem { kind: ProblemKind; persons: string[]; note: string }

export interface DemoPerson {
  id: string
  householdId: string
  name: string
  sex: Sex
  birthDay: Day | null
  /** `YYYY-MM`, only where the day is missing. */
  birthMonth: string | null
  /** Prefix 99: synthetic, shown so everywhere. */
  idNumber: string | null
  phone: string | null
  ethnicity: string
  /** 12-digit village of usual residence. */
  region: string
  address: string
  registeredRegion: string
  recordedOn: Day
  source: string
  facts: DemoFact[]
  contacts: DemoContact[]
  residences: DemoResidence[]
  assessments: DemoAssessment[]
  benefits: DemoBenefit[]
  events: DemoEvent[]
  planted: ProblemKind[]
}
