import { addDays } from '@songbai/calendar'
import type { Cell, Merge, RawRow } from '../types.ts'
import type { SkipReason } from '../table/find.ts'
import { checkDigit } from '../values/id-number.ts'

/** What the generator put into a row: `ok` must be read exactly, `broken` must come out as a problem in that field. */
export interface Truth {
  readonly row: number
  readonly kind: 'person' | SkipReason
  readonly expected?: Readonly<Record<string, string>>
  readonly broken?: string
}
export interface MessySheet { readonly rows: RawRow[]; readonly merges: Merge[]; readonly truth: Truth[] }

/** Mulberry32: the same seed makes the same sheet anywhere. */
export function seeded(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const surnames = [...'冉罗陈王李张向谭周吴刘杨']
const given = [...'启秀光华隆珍世发显碧德芳朝贵玉兰国强文明']
const villages = ['青龙村', '来凤村', '乐山村', '南坪村', '元坝村', '天星村']
const fullWidth = (text: string): string => text.replace(/[0-9]/g, (d) => String.fromCharCode(0xff10 + Number(d)))

/** A synthetic citizen number (prefix 99) that never ends in three zeros. */
export function syntheticId(random: () => number, birth: string, male: boolean): string {
  const sequence = 100 + Math.floor(random() * 899)
  const odd = sequence % 2 === 1
  const first17 = `990201${birth.replace(/-/g, '')}${String(odd === male ? sequence : sequence + (sequence === 999 ? -1 : 1)).padStart(3, '0')}`
  const id = first17 + checkDigit(first17)
  return id.endsWith('000') ? syntheticId(random, birth, male) : id
}

/** A sheet with the sins clerks' sheets have, and the truth about every row. Columns: 序号 姓名 身份证号 性别 出生日期 村 电话. */
export function messySheet(seed: number, people: number): MessySheet {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const rows: RawRow[] = []
  const truth: Truth[] = []
  const merges: Merge[] = []
  let row = 0
  const put = (kind: Truth['kind'], cells: Cell[], more: Omit<Truth, 'row' | 'kind'> = {}): void => {
    row += 1
    rows.push({ row, cells })
    truth.push({ row, kind, ...more })
  }
  if (random() < 0.8) {
    put('above_heading', ['2026年特殊困难老年人台账'])
    merges.push({ top: row, left: 0, bottom: row, right: 6 })
    if (random() < 0.5) put('above_heading', ['填报单位：咸宜镇人民政府', null, null, null, null, '填报日期：2026年7月1日'])
  }
  if (random() < 0.5) put('heading', ['序号', '老人姓名', '身份证号码', '性 别', '出生年月日', '所在村', '联系电话'])
  else {
    put('heading', ['序号', '基本信息', null, null, null, '住处', '联系电话'])
    put('heading', [null, '姓名*', '身份证号（必填）', '性别', '出生日期', '村', null])
    merges.push({ top: row - 1, left: 1, bottom: row - 1, right: 4 }, { top: row - 1, left: 0, bottom: row, right: 0 }, { top: row - 1, left: 6, bottom: row, right: 6 })
  }
  if (random() < 0.3) put('numbering', ['1', '2', '3', '4', '5', '6', '7'])
  let village = ''
  for (let n = 1; n <= people; n++) {
    if (random() < 0.02) row += 1
    if (random() < 0.03) put('group_title', [`${pick(villages)}（一组）`])
    village = person(n, village)
    if (random() < 0.02) put('total', [pick(['小计', '小 计', '本页合计', '合计：']), null, n])
  }
  put('total', [null, '合 计', `${people}人`])
  put('only_number', [people + 1])
  put('signature', ['制表人：张三', null, '审核人：李四', null, '日期：2026.7.1'])

  function person(n: number, above: string): string {
    const male = random() < 0.5
    const birth = addDays('1930-01-01', Math.floor(random() * 12_000))
    const id = syntheticId(random, birth, male)
    const name = pick(surnames) + pick(given) + (random() < 0.7 ? pick(given) : '')
    const ditto = above !== '' && random() < 0.15
    const where = ditto ? above : pick(villages)
    const phone = `139${String(Math.floor(random() * 1e8)).padStart(8, '0')}`
    const broken = breakId(id)
    put('person', [n, dressName(name), broken?.cell ?? dressId(id), male ? pick(['男', ' 男', '男性']) : pick(['女', '女 ']), dressDay(birth), ditto ? pick(['同上', '〃', '″', '同 上']) : where, dressPhone(phone)],
      { expected: { name, birth, village: where, phone, sex: male ? 'male' : 'female', ...(broken ? {} : { idNumber: id }) }, ...(broken ? { broken: 'idNumber' } : {}) })
    return where
  }

  function breakId(id: string): { cell: Cell } | undefined {
    if (random() > 0.12) return undefined
    const way = Math.floor(random() * 5)
    if (way === 0) return { cell: Number(id.replace('X', '0')) }
    if (way === 1) return { cell: `${id[0]}.${id.slice(1, 6)}E+17` }
    if (way === 2) return { cell: `${id.slice(0, 15)}000` }
    if (way === 3) return { cell: id.slice(0, 17) }
    const at = 14 + Math.floor(random() * 3)
    return { cell: id.slice(0, at) + String((Number(id[at]) + 1 + Math.floor(random() * 8)) % 10) + id.slice(at + 1) }
  }

  function dressName(name: string): string {
    return pick([name, name, `${name[0]} ${name.slice(1)}`, ` ${name}`, `${name}\u3000`, `\u200b${name}`])
  }
  function dressId(id: string): string {
    return pick([id, id, id.toLowerCase(), fullWidth(id), `'${id}`, `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`, `${id}\u00a0`])
  }
  function dressDay(day: string): Cell {
    const [y, m, d] = day.split('-').map(Number) as [number, number, number]
    return pick<Cell>([day, `${y}.${m}.${d}`, day.replace(/-/g, ''), Number(day.replace(/-/g, '')), `${y}/${m}/${d}`, `${y}年${m}月${d}日`, fullWidth(`${y}.${m}.${d}`), { date: day, raw: '0' }])
  }
  function dressPhone(phone: string): Cell {
    return pick<Cell>([phone, Number(phone), fullWidth(phone), `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`, `${phone}（子）`])
  }
  return { rows, merges, truth }
}
