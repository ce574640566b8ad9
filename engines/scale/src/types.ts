/** The shape of a scale as data, and of what an assessment by it gives. SPEC.md numbers the rules. */
import type { Day } from '@songbai/calendar'

export interface Label { zh: string; en: string }

export interface Option {
  id: string
  label: Label
  /** Points of this option; absent on options that carry no points. */
  score?: number
  /** In a `multi` item: excludes every other option ("none of these"). */
  exclusive?: boolean
}

export type ItemKind = 'score' | 'choice' | 'multi' | 'number' | 'text' | 'day'

export interface Item {
  code: string
  key: string
  kind: ItemKind
  dimension: string
  label: Label
  definition?: Label
  note?: Label
  confidence?: string
  /** Default true. An item that is not required may stay unanswered; a refusal of it blocks nothing. */
  required?: boolean
  /** `score`, `choice`, `multi`: own options, or the name of a shared option set. */
  options?: Option[]
  optionSet?: string
  /** `number`: whole number within these limits. */
  min?: number
  max?: number
  /** Asked only when this holds; may read earlier items only. */
  showIf?: Condition
}

export interface Grade { grade: number; min: number; max: number; confidence?: string }

export interface Dimension {
  code: string
  label: Label
  /** Counts into the total (default true when it holds score items). */
  counts?: boolean
  /** Grade by the sum … */
  bands?: Grade[]
  /** … or by conditions, the first that holds; `gradeElse` when none does. */
  gradeRules?: { grade: number; when: Condition }[]
  gradeElse?: number
  confidence?: string
}

export interface Level { level: number; code: string; label: Label; short?: Label }
export interface Band { level: number; min: number; max: number; confidence?: string }

export type Condition =
  | { item: string; is: string[] }
  | { item: string; atLeast?: number; atMost?: number }
  | { sumOf: string[]; atLeast?: number; atMost?: number }
  | { dimension: string; grade: number[] }
  | { countGrades: { dimensions: string[]; grades: number[] }; atLeast?: number; atMost?: number }
  | { total: { atLeast?: number; atMost?: number } }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

export interface MatrixCell { level: number; trust: string }

/** How the initial level comes about. */
export type Combination =
  | { method: 'total'; bands: Band[] }
  | { method: 'matrix'; rows: string; columnsWorstOf: string[]; cells: MatrixCell[][] }
  | { method: 'rules'; rules: { id: string; level: number; when: Condition; why: Label }[] }

export interface Adjustment {
  id: string
  when: Condition
  why: Label
  /** `direct` sets the level whatever the score; `raise` makes it worse by so many levels. */
  effect: { direct: number } | { raise: number }
  confidence?: string
}

export interface Adjustments {
  rules: Adjustment[]
  /** `once`: several raises count as the largest one; `each`: they add up. */
  stacking: 'once' | 'each'
  cap: number
}

/** Something the answers show that somebody must hear of, whatever the level. */
export interface Alert { id: string; when: Condition; label: Label }
/** Answers that cannot both be true: no result until one of them is corrected. */
export interface Contradiction { id: string; items: string[]; when: Condition; label: Label }

export interface ScaleDefinition {
  schema: 'songbai.scale/1'
  id: string
  version: string
  title: Label
  source: { document: Label; issued?: Day; effective?: Day; asOf?: string }
  confidence: string
  /** Figures not yet compared with the official text: every screen must say so. */
  unconfirmed?: boolean
  /** Old results stay readable; no new result may be made. */
  retired?: boolean
  /** How the wording here relates to the official one. */
  wording: Label
  direction: 'higher-better' | 'higher-worse' | 'mixed'
  signatures: { assessors: number; informant: boolean; confidence?: string }
  validity: { months: number; maxMonths?: number; sample?: boolean; confidence: string }
  optionSets: Record<string, Option[]>
  dimensions: Dimension[]
  items: Item[]
  levels: Level[]
  combination: Combination
  adjustments?: Adjustments
  alerts?: Alert[]
  contradictions?: Contradiction[]
}

/** An option id, several of them (`multi`), a whole number, a text or a day. */
export type AnswerValue = string | number | string[]
export interface Refusal { refused: true; reason: string }
export type Answers = Record<string, AnswerValue | Refusal>

export type ProblemCode =
  | 'unknown_item' | 'wrong_kind' | 'unknown_option' | 'exclusive_option' | 'repeated_option' | 'out_of_range' | 'not_a_day'
  | 'empty_text' | 'skipped_but_answered' | 'refusal_without_reason' | 'contradiction' | 'retired_scale' | 'no_combination_rule'

export interface Problem { code: ProblemCode; args: Record<string, string | number> }

export type StepCode =
  | 'dimension_sum' | 'dimension_grade' | 'total' | 'band' | 'matrix_cell' | 'combination_rule'
  | 'direct_level' | 'raise_level' | 'raise_not_stacked' | 'raise_overtaken' | 'cap_reached' | 'no_adjustment' | 'final_level'

/** One step of the sum; `label` is the rule's own bilingual text where it has one. */
export interface Step { code: StepCode; args: Record<string, string | number>; label?: Label }

export interface DimensionResult { score: number; max: number; grade?: number }

export type AssessmentResult =
  | {
      status: 'complete'
      dimensionTotals: Record<string, DimensionResult>
      total: number
      initialLevel: number
      adjustments: { id: string; why: Label; applied: boolean }[]
      finalLevel: number
      levelCode: string
      alerts: { id: string; label: Label }[]
      steps: Step[]
      /** True while the scale's figures are unconfirmed. */
      unconfirmed: boolean
    }
  | { status: 'incomplete'; missing: string[]; refused: { item: string; reason: string }[]; alerts: { id: string; label: Label }[] }
  | { status: 'problems'; problems: Problem[] }
