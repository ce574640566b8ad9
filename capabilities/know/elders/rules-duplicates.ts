/** Are two records one person? A score with its reasons; a person decides. */

export interface Suspect {
  readonly name: string
  readonly pinyin: string
  readonly sex: 'male' | 'female' | null
  readonly birthDay: string | null
  readonly birthMonth: string | null
  readonly region: string
  /** Eighteen characters when it is known to whoever compares. */
  readonly idNumber?: string | null
  readonly phoneIndex?: string | null
  readonly householdId?: string | null
}

export type DuplicateReason = 'sameId' | 'idOneDigit' | 'sameBirth' | 'sameBirthMonth' | 'birthOneDigit' | 'dayMonthSwapped' | 'sameName' | 'soundsAlike' | 'nameOneCharacter' | 'sameVillage' | 'sameTownship' | 'samePhone' | 'birthDiffers' | 'sexDiffers' | 'idsDiffer'

export interface DuplicateScore {
  /** 0–100. */
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
}

const WEIGHT: Readonly<Record<DuplicateReason, number>> = {
  sameId: 100, idOneDigit: 45, sameBirth: 35, sameBirthMonth: 12, birthOneDigit: 12, dayMonthSwapped: 20, sameName: 35, soundsAlike: 28, nameOneCharacter: 15, sameVillage: 15, sameTownship: 7, samePhone: 20,
  birthDiffers: -20, sexDiffers: -25, idsDiffer: -30,
}
/** [U1] From here on a pair is shown to a clerk; registering asks first. */
export const SUSPICIOUS = 60

/** [U2] Sum of what speaks for and against, cut to 0–100; two people of one household count for nothing. Same sound counts below same characters: lists confuse 淑 and 叔. */
export function duplicateScore(a: Suspect, b: Suspect): DuplicateScore {
  const name = nameReason(a, b)
  const reasons = [idReason(a, b, name), birthReason(a, b), name, placeReason(a, b), known(a.phoneIndex, b.phoneIndex) && a.phoneIndex === b.phoneIndex ? 'samePhone' : null, known(a.sex, b.sex) && a.sex !== b.sex ? 'sexDiffers' : null]
    .filter((reason): reason is DuplicateReason => reason !== null)
  const sum = twoOfOneHousehold(a, b, reasons) ? 0 : reasons.reduce((total, reason) => total + WEIGHT[reason], 0)
  return { score: Math.max(0, Math.min(100, sum)), reasons }
}

function known(a: unknown, b: unknown): boolean {
  return a !== null && a !== undefined && b !== null && b !== undefined
}

/** [U3] A couple or siblings share village, phone and often half a name: another sex, or another birth with another name, makes them two. */
function twoOfOneHousehold(a: Suspect, b: Suspect, reasons: readonly DuplicateReason[]): boolean {
  if (!known(a.householdId, b.householdId) || a.householdId !== b.householdId || reasons.includes('sameId')) return false
  return reasons.includes('sexDiffers') || (!reasons.includes('sameName') && (reasons.includes('birthDiffers') || reasons.includes('birthOneDigit')))
}

/**
 * [U4] One digit apart is a slip only where the names agree. Numbers end in a serial of the district and the day: whoever was
 * born there on the same day, a twin above all, differs in one digit too.
 */
function idReason(a: Suspect, b: Suspect, name: DuplicateReason | null): DuplicateReason | null {
  if (!known(a.idNumber, b.idNumber)) return null
  const apart = digitsApart(a.idNumber!, b.idNumber!)
  if (apart === 0) return 'sameId'
  return apart === 1 && (name === 'sameName' || name === 'soundsAlike') ? 'idOneDigit' : 'idsDiffer'
}

function placeReason(a: Suspect, b: Suspect): DuplicateReason | null {
  if (a.region === b.region && !a.region.endsWith('000')) return 'sameVillage'
  return a.region.slice(0, 9) === b.region.slice(0, 9) ? 'sameTownship' : null
}

/** Places in which two ID numbers differ; a slip in one digit also changes the check character, so 2 is one slip. */
export function digitsApart(a: string, b: string): number {
  if (a.length !== b.length) return Math.max(a.length, b.length)
  let apart = 0
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) apart++
  // The check character follows from the rest: alone it is no evidence of another person.
  return apart === 2 && a.at(-1) !== b.at(-1) ? 1 : apart
}

function birthReason(a: Suspect, b: Suspect): DuplicateReason | null {
  if (a.birthDay && b.birthDay) {
    if (a.birthDay === b.birthDay) return 'sameBirth'
    const [year, month, day] = a.birthDay.split('-')
    if (b.birthDay === `${year}-${day}-${month}`) return 'dayMonthSwapped'
    return digitsOff(a.birthDay, b.birthDay) === 1 ? 'birthOneDigit' : 'birthDiffers'
  }
  return a.birthMonth && a.birthMonth === b.birthMonth ? 'sameBirthMonth' : null
}

function digitsOff(a: string, b: string): number {
  return [...a].filter((character, i) => character !== b[i]).length
}

function nameReason(a: Suspect, b: Suspect): DuplicateReason | null {
  if (a.name === b.name) return 'sameName'
  if (a.pinyin !== '' && a.pinyin === b.pinyin) return 'soundsAlike'
  const [x, y] = [[...a.name], [...b.name]]
  return x.length === y.length && x.length >= 2 && x.filter((character, i) => character !== y[i]).length === 1 ? 'nameOneCharacter' : null
}

/** One key for a pair, whichever comes first. */
export function pairKey(a: string, b: string): string {
  return [a, b].sort().join('+')
}
