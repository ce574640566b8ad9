/**
 * A second list about the same people, spoilt the way hands spoil lists, with the truth beside it. Written apart from the matcher
 * and without a look at its tables: own homophones, own variants, own way from the sun to the moon.
 */
import { LunarDay, SolarDay } from 'tyme4ts'

export interface Being {
  /** The truth: one life, one number. */
  readonly life: number
  readonly name: string
  readonly idNumber: string
  readonly birth: string
  readonly sex: 'male' | 'female'
  readonly place: string
}

export interface Line {
  readonly key: string
  readonly life: number
  readonly name: string
  readonly idNumber: string | null
  readonly birth: string | null
  readonly sex: 'male' | 'female' | null
  readonly place: string | null
}

const HOMOPHONES = '秀绣袖 英瑛樱鹰 芳方坊 华桦划 玉钰裕育 珍真贞针 明铭鸣名 军君均钧 建健剑 志至治智 德得 生升声胜 平萍苹 梅玫枚 兰岚澜 琴勤芹 福富付 贵桂 林霖琳 清青卿 文雯纹 成诚程城 金锦今 永勇咏 学雪 世仕士示 忠中钟终 义益毅易 龙隆 云芸耘 凤奉 香湘乡 莲怜连 淑书叔 素速 会慧惠 月悦 礼李理 祥翔 发法 全泉 财才 有友 元源远 国果 树术 大达 万万 光广 良梁粮 朝超 碧必 天田 启起'.split(' ')
const VARIANTS = '国國 华華 兰蘭 凤鳳 贵貴 荣榮 兴興 庆慶 义義 礼禮 银銀 丽麗 莲蓮 东東 长長 发發 寿壽 学學 书書 峰峯 龙龍 云雲 宝寶 陈陳 刘劉 张張 罗羅 杨楊 黄黃 肖萧 付傅 闫阎'.split(' ')
const OTHER = '安邦斌彩昌德恩芬刚海洪继娟康孔琼荣山顺泰婷旺伟贤协尧业正芝仲祖'
const WEIGHT = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

export function checked(first17: string): string {
  return first17 + '10X98765432'[[...first17].reduce((sum, digit, i) => sum + Number(digit) * WEIGHT[i]!, 0) % 11]!
}

/** Numbers in [0, 1) from a seed; xorshift is plenty for spoiling lists. */
export function dice(seed: number): () => number {
  let x = seed | 1
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) / 4_294_967_296
  }
}

export interface Spoiling {
  /** Share of lines without a number; the rest of the errors keep their rates. */
  readonly withoutId: number
}

export function spoil(being: Being, key: string, roll: () => number, how: Spoiling, places: readonly string[]): Line {
  return { key, life: being.life, name: spoilName(being.name, roll), idNumber: spoilId(being.idNumber, roll, how), birth: spoilBirth(being.birth, roll), sex: roll() < 0.01 ? null : roll() < 0.005 ? (being.sex === 'male' ? 'female' : 'male') : being.sex, place: spoilPlace(being.place, roll, places) }
}

function spoilId(id: string, roll: () => number, how: Spoiling): string | null {
  if (roll() < how.withoutId) return null
  const kind = roll()
  const at = Math.floor(roll() * 17)
  if (kind < 0.02) return id.slice(0, at) + String((Number(id[at]) + 1 + Math.floor(roll() * 9)) % 10) + id.slice(at + 1)
  if (kind < 0.03) return at === 16 ? id : id.slice(0, at) + id[at + 1]! + id[at]! + id.slice(at + 2)
  if (kind < 0.05 && id.slice(6, 8) === '19') return id.slice(0, 6) + id.slice(8, 17)
  if (kind < 0.055) return id.slice(0, at) + id.slice(at + 1)
  if (kind < 0.075) return `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14).toLowerCase()}`
  return id
}

function spoilName(name: string, roll: () => number): string {
  const kind = roll()
  const letters = [...name]
  const at = Math.floor(roll() * letters.length)
  const other = (groups: readonly string[]): string => {
    for (let i = 0; i < letters.length; i++) {
      const j = (at + i) % letters.length
      const group = [...(groups.find((one) => one.includes(letters[j]!)) ?? '')].filter((one) => one !== letters[j])
      if (group.length > 0) return [...letters.slice(0, j), group[Math.floor(roll() * group.length)]!, ...letters.slice(j + 1)].join('')
    }
    return name
  }
  if (kind < 0.02) return other(HOMOPHONES)
  if (kind < 0.035) return other(VARIANTS)
  if (kind < 0.045 && letters.length > 2) return [...letters.slice(0, 1 + (at % (letters.length - 1))), OTHER[Math.floor(roll() * OTHER.length)]!, ...letters.slice(2 + (at % (letters.length - 1)))].join('')
  if (kind < 0.05 && letters.length > 2) return [letters[0], ...letters.slice(2)].join('')
  if (kind < 0.06) return letters.join(roll() < 0.5 ? ' ' : '　')
  if (kind < 0.063) return `${name}（故）`
  return name
}

function spoilBirth(birth: string, roll: () => number): string | null {
  const [year, month, day] = birth.split('-').map(Number) as [number, number, number]
  const two = (n: number): string => String(n).padStart(2, '0')
  const kind = roll()
  if (kind < 0.03) {
    const lunar = SolarDay.fromYmd(year, month, day).getLunarDay()
    return `${lunar.getYear()}-${two(Math.abs(lunar.getMonth()))}-${two(lunar.getDay())}`
  }
  if (kind < 0.035) return day <= 12 ? `${year}-${two(day)}-${two(month)}` : birth
  if (kind < 0.05) return roll() < 0.5 ? `${year + (roll() < 0.5 ? 1 : -1)}-${two(month)}-${two(day)}` : `${year}-${two(month)}-${two(1 + ((day + 9) % 28))}`
  if (kind < 0.06) return roll() < 0.5 ? String(year) : `${year}-${two(month)}`
  if (kind < 0.065) return `${year}-01-01`
  if (kind < 0.075) return null
  return birth
}

/** Two thirds of moves stay in the township. */
function spoilPlace(place: string, roll: () => number, places: readonly string[]): string | null {
  const kind = roll()
  const near = places.filter((one) => one.slice(0, 9) === place.slice(0, 9))
  if (kind < 0.04) return near[Math.floor(roll() * near.length)] ?? place
  if (kind < 0.06) return places[Math.floor(roll() * places.length)]!
  if (kind < 0.08) return `${place.slice(0, 9)}000`
  return kind < 0.09 ? null : place
}

/** A brother or sister born the same day, registered the next number, half the name shared. */
export function twinOf(being: Being, life: number, roll: () => number): Being {
  const letters = [...being.name]
  const last = OTHER[Math.floor(roll() * OTHER.length)]!
  const order = (Number(being.idNumber.slice(14, 17)) + 2) % 1000
  return { ...being, life, name: letters.length > 2 ? [...letters.slice(0, -1), last].join('') : letters[0]! + last, idNumber: checked(being.idNumber.slice(0, 14) + String(order).padStart(3, '0')) }
}

/** Father and son of one name in one house, twenty to thirty years apart. */
export function namesakeSon(being: Being, life: number, roll: () => number): Being {
  const birth = `${Number(being.birth.slice(0, 4)) + 20 + Math.floor(roll() * 8)}-${String(1 + Math.floor(roll() * 12)).padStart(2, '0')}-${String(1 + Math.floor(roll() * 28)).padStart(2, '0')}`
  return { ...being, life, birth, idNumber: checked(being.idNumber.slice(0, 6) + birth.replaceAll('-', '') + being.idNumber.slice(14, 17)) }
}

/** Somebody else of the same name, born the same year in the next village. */
export function namesakeNear(being: Being, life: number, roll: () => number, places: readonly string[]): Being {
  const near = places.filter((one) => one.slice(0, 9) === being.place.slice(0, 9))
  const birth = `${being.birth.slice(0, 4)}-${String(1 + Math.floor(roll() * 12)).padStart(2, '0')}-${String(1 + Math.floor(roll() * 28)).padStart(2, '0')}`
  return { ...being, life, birth, place: near[Math.floor(roll() * near.length)] ?? being.place, idNumber: checked(being.idNumber.slice(0, 6) + birth.replaceAll('-', '') + String(Math.floor(roll() * 1000)).padStart(3, '0')) }
}

/** The civil day of digits by the moon, for tests that want the other way. */
export function sunOf(lunar: string): string {
  const [year, month, day] = lunar.split('-').map(Number) as [number, number, number]
  const solar = LunarDay.fromYmd(year, month, day).getSolarDay()
  return `${solar.getYear()}-${String(solar.getMonth()).padStart(2, '0')}-${String(solar.getDay()).padStart(2, '0')}`
}
