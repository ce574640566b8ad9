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
}

export type DuplicateReason = 'sameId' | 'idOneDigit' | 'sameBirth' | 'sameBirthMonth' | 'dayMonthSwapped' | 'sameName' | 'soundsAlike' | 'nameOneCharacter' | 'sameVillage' | 'sameTownship' | 'samePhone' | 'sexDiffers' | 'idsDiffer'

export interface DuplicateScore {
  /** 0–100. */
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
}

const WEIGHT: Readonly<Record<DuplicateReason, number>> = {
  sameId: 100, idOneDigit: 45, sameBirth: 35, sameBirthMonth: 12, dayMonthSwapped: 20, sameName: 35, soundsAlike: 28, nameOneCharacter: 15, sameVillage: 15, sameTownship: 7, samePhone: 20,
  sexDiffers: -15, idsDiffer: -30,
}
/** [U1] From here on a pair is shown to a clerk; registering asks first. */
export const SUSPICIOUS = 60

/** [U2] Sum of what speaks for and against, cut to 0–100. Same sound counts below same characters: lists confuse 淑 and 叔. */
export function duplicateScore(a: Suspect, b: Suspect): DuplicateScore {
  const reasons: DuplicateReason[] = []
  const both = <T>(x: T | null | undefined, y: T | null | undefined): boolean => x !== null && x !== undefined && y !== null && y !== undefined
  if (both(a.idNumber, b.idNumber)) {
    const apart = digitsApart(a.idNumber!, b.idNumber!)
    reasons.push(apart === 0 ? 'sameId' : apart <= 2 ? 'idOneDigit' : 'idsDiffer')
  }
  const birth = birthReason(a, b)
  if (birth) reasons.push(birth)
  const name = nameReason(a, b)
  if (name) reasons.push(name)
  if (a.region === b.region && !a.region.endsWith('000')) reasons.push('sameVillage')
  else if (a.region.slice(0, 9) === b.region.slice(0, 9)) reasons.push('sameTownship')
  if (both(a.phoneIndex, b.phoneIndex) && a.phoneIndex === b.phoneIndex) reasons.push('samePhone')
  if (both(a.sex, b.sex) && a.sex !== b.sex) reasons.push('sexDiffers')
  const sum = reasons.reduce((total, reason) => total + WEIGHT[reason], 0)
  return { score: Math.max(0, Math.min(100, sum)), reasons }
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
  }
  return a.birthMonth && a.birthMonth === b.birthMonth ? 'sameBirthMonth' : null
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
