/** One line of a list about a person, as far as the list tells. */
export interface Person {
  /** What the caller calls the line: an id, a row number. */
  readonly key: string
  readonly name: string
  /** As written: spaces, full width, a small x, fifteen digits are all read. */
  readonly idNumber?: string | null | undefined
  /** `1945-03-02`, `1945-03` or `1945`; of a list that counts by the moon whatever it says. */
  readonly birth?: string | null | undefined
  readonly sex?: 'male' | 'female' | null | undefined
  /** Code of the most exact place known. */
  readonly place?: string | null | undefined
}

/** Where places lie: from a place itself up to the top. Codes that were merged away answer with the place they went into. */
export interface PlaceTree {
  ancestors(code: string): readonly string[]
}

export const NAME_LEVELS = ['same', 'variant', 'sound', 'nearSound', 'oneCharacter', 'part', 'surname', 'differ', 'missing'] as const
export const BIRTH_LEVELS = ['same', 'lunar', 'swapped', 'slip', 'month', 'year', 'differ', 'missing'] as const
export const PLACE_LEVELS = ['same', 'township', 'county', 'far', 'missing'] as const
export const SEX_LEVELS = ['same', 'differ', 'missing'] as const
export const ID_LEVELS = ['same', 'slip', 'differ', 'missing'] as const

export type NameLevel = (typeof NAME_LEVELS)[number]
export type BirthLevel = (typeof BIRTH_LEVELS)[number]
export type PlaceLevel = (typeof PLACE_LEVELS)[number]
export type SexLevel = (typeof SEX_LEVELS)[number]
export type IdLevel = (typeof ID_LEVELS)[number]

export interface Levels {
  readonly id: IdLevel
  readonly name: NameLevel
  readonly birth: BirthLevel
  readonly place: PlaceLevel
  readonly sex: SexLevel
}
export const FIELDS = ['id', 'name', 'birth', 'place', 'sex'] as const satisfies readonly (keyof Levels)[]
export type Field = (typeof FIELDS)[number]

/** How often a level is seen among pairs that are one person (`m`) and among pairs that are not (`u`). */
export type LevelShares<L extends string> = { readonly [K in Exclude<L, 'missing'>]: { readonly m: number; readonly u: number } }
export interface Weights {
  readonly id: LevelShares<IdLevel>
  readonly name: LevelShares<NameLevel>
  readonly birth: LevelShares<BirthLevel>
  readonly place: LevelShares<PlaceLevel>
  readonly sex: LevelShares<SexLevel>
}

export interface Thresholds {
  /** Bits (doublings of the odds) from which a pair is one person. */
  readonly matched: number
  /** Bits from which a person should look. */
  readonly possible: number
  /** So many bits the best partner must be ahead of the second. */
  readonly margin: number
}

export const STATUSES = ['onlyTheirs', 'matched', 'possible', 'twice'] as const
export type Status = (typeof STATUSES)[number]

/** Why a pair is not simply matched. */
export const DOUBTS = ['none', 'idSameNameDiffers', 'weak', 'twoAlike', 'nameOneCharacter', 'partnerTaken', 'birthDiffers', 'idsDiffer'] as const
export type Doubt = (typeof DOUBTS)[number]

export interface Candidate {
  readonly ours: number
  readonly bits: number
}

export interface Link {
  readonly status: Status
  /** Index of our line, −1 for none. For `twice` the index of their earlier line. */
  readonly partner: number
  readonly bits: number
  readonly doubt: Doubt
  /** Others of ours that came near, best first. */
  readonly others: readonly Candidate[]
}
