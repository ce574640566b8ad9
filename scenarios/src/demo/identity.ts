import { addDays, dayNumber } from '@songbai/calendar'
import type { Day } from '@songbai/calendar'
import { createDice } from './dice.ts'
import type { Dice } from './dice.ts'
import type { Sex } from './types.ts'

// GB 11643: weights of the seventeen digits and the check characters by the sum modulo 11.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'
/** No real number begins with 99: GB/T 2260 gives no such region. */
const SYNTHETIC = '99'
const SEQUENCES = 500
const FIRST_YEAR_DAY = dayNumber('1900-01-01')
const DAYS = 65_536

export function checkCharacter(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (WEIGHTS[i] as number) * (first17.charCodeAt(i) - 48)
  return CHECKS.charAt(sum % 11)
}

/** 99, four digits of the county, the birth day, a sequence whose last digit is odd for men, and the check character. */
export function idNumber(county6: string, birth: Day, sequence: number): string {
  const body = SYNTHETIC + county6.slice(2) + birth.replaceAll('-', '') + String(sequence).padStart(3, '0')
  return body + checkCharacter(body)
}

/**
 * Hands out sequences so that no two persons share an identity number, in memory that does not grow with them:
 * one counter for each birth day and sex of a county.
 */
export function createSequences(): { take(county6: string, birth: Day, sex: Sex): number | null } {
  const counties = new Map<string, Uint16Array>()
  return {
    take(county6, birth, sex) {
      let counters = counties.get(county6)
      if (!counters) counties.set(county6, (counters = new Uint16Array(DAYS * 2)))
      const at = (dayNumber(birth) - FIRST_YEAR_DAY) * 2 + (sex === 'male' ? 1 : 0)
      const used = counters[at] as number
      if (used >= SEQUENCES) return null
      counters[at] = used + 1
      // 37 shares no factor with 500: every sequence comes once, and neighbours in the list do not have neighbouring numbers.
      return ((used * 37 + at) % SEQUENCES) * 2 + (sex === 'male' ? 1 : 0)
    },
  }
}

/**
 * 199 00 and six digits for elders, 199 01 for their contacts. China keeps no range for invented numbers (as 555 is elsewhere),
 * so these may be somebody's: they are for display, and nothing may ever be sent to a person whose identity number begins with 99.
 * 611953 shares no factor with a million: the first million numbers differ.
 */
export function phoneNumber(index: number, owner: 'elder' | 'contact'): string {
  const six = String((index * 611_953 + 104_729) % 1_000_000).padStart(6, '0')
  return (owner === 'elder' ? '19900' : '19901') + six
}

/** An id of the form of UUIDv7: the time part is the day of recording, the rest comes from the dice. */
export function uuid(on: Day, dice: Dice): string {
  const ms = dayNumber(on) * 86_400_000 + dice.int(86_400_000)
  const time = ms.toString(16).padStart(12, '0')
  const hex = (digits: number): string => dice.int(16 ** digits).toString(16).padStart(digits, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${(8 + dice.int(4)).toString(16)}${hex(3)}-${hex(6)}${hex(6)}`
}

/** The id of the n-th household, known without making its people. */
export function householdId(run: { seed: string; region: string; today: Day }, household: number): string {
  const dice = createDice(`${run.seed}|${run.region}|house|${household}`)
  return uuid(addDays(run.today, -dice.between(30, 700)), dice)
}
