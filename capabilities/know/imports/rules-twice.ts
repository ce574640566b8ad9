/** The same person twice in one list: by ID number, or by sounding name, birth and place where a number is missing or differs by a slip. */
import type { PreparedElder } from '../elders/public.ts'
import { digitsApart } from '../elders/rules-duplicates.ts'
import type { Args } from '@songbai/sheets'

export interface Twice {
  readonly code: 'imports.twice-in-file' | 'imports.like-row'
  readonly args: Args
}

interface Seen {
  readonly row: number
  readonly name: string
  readonly idNumber: string | null
}

/** [I9] Remembers the rows that went by; answers what a later one repeats. The first row is never the one asked about. */
export function createTwice(): (row: number, person: PreparedElder) => Twice | null {
  const byNumber = new Map<string, Seen>()
  const byPerson = new Map<string, Seen>()
  return (row, person): Twice | null => {
    const seen: Seen = { row, name: person.name, idNumber: person.idNumber }
    const twin = person.idNumber === null ? undefined : byNumber.get(person.idNumber)
    if (twin) return { code: 'imports.twice-in-file', args: { row: twin.row, name: twin.name } satisfies Args }
    if (person.idNumber !== null) byNumber.set(person.idNumber, seen)
    if (person.birthDay === null) return null
    const key = `${person.pinyin} ${person.birthDay} ${person.region.slice(0, 9)}`
    const like = byPerson.get(key)
    if (!like) {
      byPerson.set(key, seen)
      return null
    }
    const apart = like.idNumber !== null && person.idNumber !== null ? digitsApart(like.idNumber, person.idNumber) : null
    if (apart !== null && apart > 1) return null
    return { code: 'imports.like-row', args: { row: like.row, name: like.name, why: [like.name === person.name ? 'sameName' : 'soundsAlike', 'sameBirth', 'sameTownship', ...(apart === null ? [] : ['idOneDigit'])].join(',') } }
  }
}
