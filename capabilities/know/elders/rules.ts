/** What a person's own particulars must satisfy. Pure: runs at the counter, in an import and on a phone. */
import { ageOn, isDay, type Day } from '@songbai/calendar'
import { refuse, type Refused } from '@songbai/platform/action'

/** [E1] Above this age a birth date is taken for a slip of the pen: nobody in China's records was older. */
export const MAX_AGE = 130

// GB 11643-1999: weights of the first seventeen digits, check characters by remainder mod 11.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'
const PROVINCES = new Set('11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(' '))
/** No place has it: numbers made up for tests and demonstrations begin with it and are shown as such. */
const SYNTHETIC = '99'

export interface ResidentId {
  /** Eighteen characters, X in upper case. */
  readonly number: string
  readonly birthDay: Day
  readonly sex: 'male' | 'female'
  readonly synthetic: boolean
  /** Came in as the fifteen digits of before 1999. */
  readonly converted: boolean
}

export type IdRefusal = 'elders.id-malformed' | 'elders.id-checksum' | 'elders.id-birth-impossible' | 'elders.birth-in-future' | 'elders.birth-impossible'

/** [E2] Resident ID number of GB 11643: fifteen digits become eighteen; check digit, birth and province must hold. */
export function readResidentId(text: string, today: Day): ResidentId | Refused<IdRefusal> {
  const plain = halfWidth(text).replace(/[\s\-·_.]/g, '').toUpperCase()
  const converted = /^\d{15}$/.test(plain)
  const body = converted ? `${plain.slice(0, 6)}19${plain.slice(6)}` : plain.slice(0, 17)
  if (!converted && !/^\d{17}[\dX]$/.test(plain)) return refuse('elders.id-malformed', { length: plain.length })
  const prefix = body.slice(0, 2)
  if (!PROVINCES.has(prefix) && prefix !== SYNTHETIC) return refuse('elders.id-malformed', { length: plain.length, prefix })
  const birthDay = `${body.slice(6, 10)}-${body.slice(10, 12)}-${body.slice(12, 14)}`
  if (!isDay(birthDay)) return refuse('elders.id-birth-impossible', { birth: birthDay })
  if (!converted && checkCharacter(body) !== plain[17]) return refuse('elders.id-checksum')
  const birth = checkBirth(birthDay, today)
  if (birth) return birth
  return { number: body + checkCharacter(body), birthDay, sex: Number(body[16]) % 2 === 1 ? 'male' : 'female', synthetic: prefix === SYNTHETIC, converted }
}

/** Eighteenth character for the first seventeen digits. */
export function checkCharacter(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += WEIGHTS[i]! * (first17.charCodeAt(i) - 48)
  return CHECKS[sum % 11]!
}

/** [E1] A birth date lies in the past and at most 130 years back. */
export function checkBirth(birthDay: Day, today: Day): Refused<'elders.birth-in-future' | 'elders.birth-impossible'> | null {
  if (birthDay > today) return refuse('elders.birth-in-future', { birth: birthDay })
  const age = ageOn(birthDay, today)
  return age > MAX_AGE ? refuse('elders.birth-impossible', { birth: birthDay, age }) : null
}

/** Digits, letters and brackets typed in the wide form become plain; compatibility forms of characters too. */
export function halfWidth(text: string): string {
  // Plain letters and the common Chinese characters are their own compatibility form: most cells, at a tenth of the time.
  return /^[\x20-\x7e\u4e00-\u9fff]*$/.test(text) ? text : text.normalize('NFKC')
}

/** [E3] A name as it is kept: no spaces inside a Chinese name, one middle dot for names of other nationalities. */
export function normaliseName(text: string): string {
  const plain = halfWidth(text).trim().replace(/[•‧∙・･]/g, '·')
  return /^[\p{Script=Han}\s·]+$/u.test(plain) ? plain.replace(/\s+/g, '') : plain.replace(/\s+/g, ' ')
}

export interface Phone {
  readonly number: string
  readonly kind: 'mobile' | 'landline'
}

/** [E4] Mobile (eleven digits) or landline with or without area code; the country code goes. */
export function readPhone(text: string): Phone | Refused<'elders.phone-malformed'> {
  const plain = halfWidth(text).replace(/^\s*(\+|00)86[\s-]*/, '').replace(/[\s\-()转.]/g, '')
  if (/^1[3-9]\d{9}$/.test(plain)) return { number: plain, kind: 'mobile' }
  const area = /^(010|02\d|0[3-9]\d{2})(\d{7,8})$/.exec(plain)
  if (area) return { number: `${area[1]}-${area[2]}`, kind: 'landline' }
  if (/^[2-8]\d{6,7}$/.test(plain)) return { number: plain, kind: 'landline' }
  return refuse('elders.phone-malformed', { digits: plain.replace(/\D/g, '').length })
}

/** [E5] First four and last two characters, as public notices print it. */
export function maskId(number: string): string {
  return number.slice(0, 4) + '*'.repeat(Math.max(0, number.length - 6)) + number.slice(-2)
}

/** [E5] 138 **** 0417; of a landline the last two digits. */
export function maskPhone(number: string): string {
  if (/^1\d{10}$/.test(number)) return `${number.slice(0, 3)} **** ${number.slice(-4)}`
  const dash = number.indexOf('-')
  const local = number.slice(dash + 1)
  return `${number.slice(0, dash + 1)}${'*'.repeat(local.length - 2)}${local.slice(-2)}`
}

/** What the blind index holds of a number: digits (and X) only, so that any way of writing it meets itself. */
export function indexForm(number: string): string {
  return number.replace(/[^\dX]/g, '')
}

/** Name without the family name's first character: 冉秀兰 → 秀兰. */
export function givenOf(name: string): string {
  return [...name].slice(1).join('')
}

/** [E6] A place a person is filed under: known to the tree, at least a county, and inside one of the actor's prefixes. */
export function checkPlace(region: string, known: boolean, prefixes: readonly string[]): Refused<'elders.region-unknown' | 'elders.region-outside'> | null {
  if (!known || region.endsWith('00000000')) return refuse('elders.region-unknown', { region })
  return prefixes.some((prefix) => region.startsWith(prefix)) ? null : refuse('elders.region-outside', { region })
}

export interface Particulars {
  readonly sex?: 'male' | 'female' | undefined
  readonly birthDay?: Day | undefined
  readonly birthMonth?: string | undefined
  readonly idNumber?: string | undefined
}

export interface CheckedParticulars {
  readonly sex: 'male' | 'female' | null
  readonly birthDay: Day | null
  readonly birthMonth: string | null
  readonly id: ResidentId | null
}

/** [E7] Birth and sex stand in the ID number: what is given beside must agree, what is not given is taken from it. */
export function checkParticulars(given: Particulars, today: Day): CheckedParticulars | Refused<IdRefusal | 'elders.id-birth-differs' | 'elders.id-sex-differs'> {
  if (given.birthDay !== undefined) {
    const birth = checkBirth(given.birthDay, today)
    if (birth) return birth
  }
  const id = given.idNumber === undefined || given.idNumber.trim() === '' ? null : readResidentId(given.idNumber, today)
  if (id && 'refused' in id) return id
  if (id && given.birthDay !== undefined && given.birthDay !== id.birthDay) return refuse('elders.id-birth-differs', { birth: given.birthDay, inId: id.birthDay })
  if (id && given.birthMonth !== undefined && !id.birthDay.startsWith(given.birthMonth)) return refuse('elders.id-birth-differs', { birth: given.birthMonth, inId: id.birthDay })
  if (id && given.sex !== undefined && given.sex !== id.sex) return refuse('elders.id-sex-differs', { sex: given.sex, inId: id.sex })
  const birthDay = given.birthDay ?? id?.birthDay ?? null
  return { sex: given.sex ?? id?.sex ?? null, birthDay, birthMonth: birthDay?.slice(0, 7) ?? given.birthMonth ?? null, id }
}
