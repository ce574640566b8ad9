/** Sentences for levels and doubts; figures are the caller's to show. */
import type { PartOfScore } from './linker.ts'
import type { Doubt } from './types.ts'

export interface Both {
  readonly zh: string
  readonly en: string
}

const LEVEL: Readonly<Record<string, Both>> = {
  'id.same': { zh: '身份证号一样', en: 'same ID number' }, 'id.slip': { zh: '身份证号只差一处，像是写错', en: 'ID numbers one slip apart' }, 'id.differ': { zh: '两个身份证号不同', en: 'two different ID numbers' }, 'id.missing': { zh: '有一边没有完整的身份证号', en: 'one side has no whole ID number' },
  'name.same': { zh: '姓名一样', en: 'same name' }, 'name.variant': { zh: '姓名是同一个字的不同写法', en: 'same name in other characters' }, 'name.sound': { zh: '姓名同音', en: 'names sound the same' }, 'name.nearSound': { zh: '姓名音近', en: 'names sound nearly the same' },
  'name.oneCharacter': { zh: '姓名差一个字', en: 'names one character apart' }, 'name.part': { zh: '一边只写了名字的前一半', en: 'one side has only the first part of the name' }, 'name.surname': { zh: '只有姓一样', en: 'only the family name is the same' }, 'name.differ': { zh: '姓名不同', en: 'different names' }, 'name.missing': { zh: '有一边没有姓名', en: 'one side has no name' },
  'birth.same': { zh: '出生日期一样', en: 'same birth date' }, 'birth.lunar': { zh: '出生日期一边是农历、一边是公历', en: 'birth date by the moon on one side' }, 'birth.swapped': { zh: '出生的月和日写反了', en: 'day and month of birth swapped' }, 'birth.slip': { zh: '出生日期差一个数字', en: 'birth dates one digit apart' },
  'birth.month': { zh: '同年同月出生', en: 'born in the same month' }, 'birth.year': { zh: '同年出生', en: 'born in the same year' }, 'birth.differ': { zh: '出生日期不同', en: 'different birth dates' }, 'birth.missing': { zh: '有一边没有出生日期', en: 'one side has no birth date' },
  'place.same': { zh: '同一个村（社区）', en: 'same village' }, 'place.township': { zh: '同一个乡镇', en: 'same township' }, 'place.county': { zh: '同一个县', en: 'same county' }, 'place.far': { zh: '不在一个县', en: 'not in one county' }, 'place.missing': { zh: '有一边没有地址', en: 'one side has no place' },
  'sex.same': { zh: '性别一样', en: 'same sex' }, 'sex.differ': { zh: '性别不同', en: 'different sex' }, 'sex.missing': { zh: '有一边没有性别', en: 'one side has no sex' },
  'before.before': { zh: '随手拿两个人本来就难得是同一个', en: 'two people taken at random are seldom one' },
}

const DOUBT: Readonly<Record<Doubt, Both>> = {
  none: { zh: '', en: '' },
  idSameNameDiffers: { zh: '身份证号一样，姓名却完全不同', en: 'the ID number is the same, the name is not' }, weak: { zh: '相像，但还不能断定', en: 'alike, but not enough to be sure' }, twoAlike: { zh: '有不止一个人一样像', en: 'more than one person is as much alike' },
  nameOneCharacter: { zh: '姓名差一个字，可能是双胞胎或兄弟姐妹', en: 'one character apart: maybe a twin, a brother or a sister' }, partnerTaken: { zh: '最像的那位已经和对方名单里的另一行对上', en: 'the person most alike went to another row of their list' },
  birthDiffers: { zh: '姓名和地方一样，出生日期不同，可能是父子同名', en: 'same name and place, another birth date: maybe father and son' }, idsDiffer: { zh: '别的都像，两个身份证号却不同', en: 'all else alike, the ID numbers differ' },
}

/** [X1] One part of a score in words. */
export function sayPart(part: Pick<PartOfScore, 'field' | 'level'>): Both {
  return LEVEL[`${part.field}.${part.level}`] ?? { zh: part.level, en: part.level }
}

export function sayDoubt(doubt: Doubt): Both {
  return DOUBT[doubt]
}

/** Every level has its sentence; for tests. */
export const SAID = Object.keys(LEVEL)
