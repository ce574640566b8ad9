// A list as a township clerk would send it, from people of the demo: everything an import must survive, with the answers beside.
import type { Day } from '@songbai/calendar'
import { createDice } from './dice.ts'
import type { Dice } from './dice.ts'
import type { DemoPerson } from './types.ts'

export type MessyCell = string | number | null
export interface MessyRow { cells: MessyCell[]; personId: string | null; kind: 'title' | 'heading' | 'person' | 'subtotal' | 'total' | 'signature' | 'blank' | 'repeat'; messes: string[] }
export interface MessySheet {
  name: string
  /** Rows in the order of the file; row numbers of a clerk start at 1. */
  rows: MessyRow[]
  /** Merged cells, zero-based and inclusive, as [row, column, row, column]. */
  merges: [number, number, number, number][]
}

const COLUMNS = 9
const HEADING = [
  ['序号', '姓名', '性别', '出生日期', '公民身份号码', '住址', null, '联系方式', '备注'],
  [null, null, null, null, null, '所在村（社区）', '组', null, null],
]
/** Days from 1899-12-30, the day zero of spreadsheets, to 1970-01-01. */
const SERIAL_SHIFT = 25_569

/**
 * Title, two-row heading, people, subtotals and signatures. Each mess of a row is named in `messes`, so that an import can be
 * marked. The same seed and people give the same rows.
 */
export function messySheet(seed: string | number, persons: Iterable<DemoPerson>, placeName: (region: string) => string, today: Day): MessySheet {
  const dice = createDice(`${seed}|messy`)
  const rows: MessyRow[] = [line('title', ['老年人基本情况统计表'])]
  rows.push(line('title', ['填报单位（盖章）：', null, null, null, null, `填报日期：${today.replaceAll('-0', '.').replaceAll('-', '.')}`]))
  for (const heading of HEADING) rows.push(line('heading', heading))
  let number = 0
  let sinceSubtotal = 0
  let before: string | null = null
  for (const person of persons) {
    const place = placeName(person.region)
    if (before !== null && before !== place && sinceSubtotal >= 12) {
      rows.push(line('subtotal', [null, '小计', null, null, null, `${sinceSubtotal}人`]))
      sinceSubtotal = 0
    }
    rows.push(personLine(person, ++number, place, before, dice))
    sinceSubtotal++
    before = place
    if (dice.chance(0.01)) rows.push(line('blank', []))
    // The same person typed twice, some rows apart from the first.
    if (dice.chance(0.006)) rows.push({ ...personLine(person, ++number, place, null, dice), kind: 'repeat' })
  }
  rows.push(line('total', ['合计', null, null, null, null, null, null, null, `共${number}人`]))
  rows.push(line('signature', ['单位负责人：', null, '审核人：', null, '填表人：', null, '联系电话：']))
  return { name: '老年人花名册', rows, merges: [[0, 0, 0, COLUMNS - 1], [2, 5, 2, 6], ...[0, 1, 2, 3, 4, 7, 8].map(c => [2, c, 3, c] as [number, number, number, number])] }
}

function line(kind: MessyRow['kind'], cells: MessyCell[]): MessyRow {
  return { cells: [...cells, ...Array<null>(COLUMNS - cells.length).fill(null)], personId: null, kind, messes: [] }
}

function personLine(person: DemoPerson, number: number, place: string, before: string | null, dice: Dice): MessyRow {
  const messes: string[] = []
  const mess = (p: number, name: string): boolean => {
    const hit = dice.chance(p)
    if (hit) messes.push(name)
    return hit
  }
  const group = /(\d+)组$/.exec(person.address)?.[1] ?? null
  const village = before === place && mess(0.35, 'ditto') ? '同上' : place
  const cells: MessyCell[] = [
    number,
    person.name.length === 2 && mess(0.1, 'spacedName') ? `${person.name.charAt(0)}  ${person.name.charAt(1)}` : person.name,
    mess(0.03, 'missingSex') ? null : person.sex === 'male' ? '男' : '女',
    birthCell(person, mess, dice), idCell(person, mess), village, group === null ? null : mess(0.2, 'wordyGroup') ? `第${group}组` : group,
    phoneCell(person, mess), dice.chance(0.05) ? '外出务工，年底回来' : null,
  ]
  return { cells, personId: person.id, kind: 'person', messes }
}

type Mess = (p: number, name: string) => boolean

function birthCell(person: DemoPerson, mess: Mess, dice: Dice): MessyCell {
  const day: Day | null = person.birthDay
  if (day === null) return (person.birthMonth ?? '').replace('-', '.') || null
  const [y, m, d] = day.split('-') as [string, string, string]
  if (mess(0.05, 'missingBirth')) return null
  if (mess(0.1, 'serialDate')) return Date.parse(`${day}T00:00:00Z`) / 86_400_000 + SERIAL_SHIFT
  return dice.pick([day, `${y}.${Number(m)}.${Number(d)}`, `${y}${m}${d}`, `${y}年${Number(m)}月${Number(d)}日`, `${y}/${Number(m)}/${Number(d)}`])
}

function idCell(person: DemoPerson, mess: Mess): MessyCell {
  if (person.idNumber === null) return null
  // A number cell keeps fifteen digits: the rest of the identity number is lost for good.
  if (!person.idNumber.endsWith('X') && mess(0.02, 'idPrecisionLost')) return Number(`${person.idNumber.slice(0, 15)}000`)
  if (mess(0.03, 'fullWidth')) return [...person.idNumber].map(ch => String.fromCharCode(ch.charCodeAt(0) + 0xfee0)).join('')
  return mess(0.02, 'spacedId') ? ` ${person.idNumber} ` : mess(0.01, 'idDigitMissing') ? person.idNumber.slice(0, 17) : person.idNumber
}

function phoneCell(person: DemoPerson, mess: Mess): MessyCell {
  if (person.phone === null) return null
  return mess(0.3, 'phoneAsNumber') ? Number(person.phone) : mess(0.05, 'spacedPhone') ? person.phone.replace(/(\d{3})(\d{4})/, '$1 $2 ') : person.phone
}
