import type { Explanation } from './explain.ts'
import { sentences } from './sentences.ts'
import { say } from './words.ts'
import type { Lang } from './words.ts'

/** [S76] The explanation as it is read out on the telephone: no codes, no brackets, numbers as people say them. */
export function spoken(x: Explanation, lang: Lang): string {
  const mark = say('sampleMark', lang)
  const sample = lang === 'zh' ? '。这是示例数据，文件里没有规定' : '. This is a sample figure, not from a document'
  const text = sentences(x, lang, 'heard').join(lang === 'zh' ? '' : ' ').replaceAll(mark, sample)
  return lang === 'zh' ? tidyZh(numbersZh(plain(text, '，'))) : tidyEn(numbersEn(plain(text, ', ')))
}

/** Brackets and quotation marks become pauses or nothing. */
function plain(text: string, pause: string): string {
  return text.replace(/〔(\d{4})〕/g, '$1年').replace(/[“”"《》〈〉「」'‘’]/g, '').replace(/\s*[（(〔[【]\s*/g, pause).replace(/\s*[)）〕\]】]\s*/g, pause)
}

function tidyZh(text: string): string {
  return text.replace(/[:：]/g, '，').replace(/[－-]/g, '').replace(/\s+/g, '').replace(/，{2,}/g, '，').replace(/，([。、])/g, '$1').replace(/([。、])，/g, '$1').replace(/^，/, '')
}

function tidyEn(text: string): string {
  return text.replace(/:\s*/g, ', ').replace(/(,\s*)+([,.;])/g, '$2').replace(/\s+([,.;])/g, '$1').replace(/\s{2,}/g, ' ').trim()
}

const ROMAN: Record<string, string> = { Ⅰ: '一', Ⅱ: '二', Ⅲ: '三', Ⅳ: '四', Ⅴ: '五', '＋': '加', '×': '乘', '/': '分之' }

function numbersZh(text: string): string {
  return text
    .replace(/(\d{4})-(\d{2})-(\d{2})/g, (_w, y: string, m: string, d: string) => `${digitsZh(y)}年${countZh(Number(m))}月${countZh(Number(d))}日`)
    .replace(/(\d{4})-(\d{2})(?!\d)/g, (_w, y: string, m: string) => `${digitsZh(y)}年${countZh(Number(m))}月`)
    .replace(/(\d{4})年/g, (_w, y: string) => `${digitsZh(y)}年`)
    .replace(/(\d+)\.(\d{2})元/g, (_w, yuan: string, rest: string) => moneyZh(Number(yuan), Number(rest)))
    .replace(/(\d+)\/(\d+)/g, (_w, a: string, b: string) => `${countZh(Number(b))}分之${countZh(Number(a))}`)
    .replace(/(\d+)(个月|天|人|条|次|元|年内)/g, (_w, n: string, unit: string) => `${Number(n) === 2 ? '两' : countZh(Number(n))}${unit}`)
    .replace(/\d+/g, n => countZh(Number(n)))
    .replace(/[ⅠⅡⅢⅣⅤ＋×/]/g, c => ROMAN[c] ?? '')
}

const DIGITS = '零一二三四五六七八九'

function digitsZh(text: string): string {
  return [...text].map(d => (d === '0' ? '〇' : DIGITS[Number(d)]!)).join('')
}

/** 两百六十, 一万零五十: as a whole number is said. */
export function countZh(n: number): string {
  if (n < 0) return `负${countZh(-n)}`
  for (const [unit, word] of [[100_000_000, '亿'], [10_000, '万']] as const) {
    if (n < unit) continue
    const [head, rest] = [Math.floor(n / unit), n % unit]
    return `${head === 2 ? '两' : countZh(head)}${word}${rest === 0 ? '' : `${rest < unit / 10 ? '零' : ''}${countZh(rest)}`}`
  }
  return belowTenThousand(n)
}

function belowTenThousand(n: number): string {
  if (n < 10) return DIGITS[n]!
  if (n < 20) return `十${n % 10 === 0 ? '' : DIGITS[n % 10]!}`
  const parts: string[] = []
  let gap = false
  for (const [unit, word] of [[1_000, '千'], [100, '百'], [10, '十'], [1, '']] as const) {
    const d = Math.floor(n / unit) % 10
    if (d === 0) { gap = parts.length > 0; continue }
    parts.push(`${gap ? '零' : ''}${d === 2 && unit >= 100 ? '两' : DIGITS[d]!}${word}`)
    gap = false
  }
  return parts.join('')
}

function moneyZh(yuan: number, rest: number): string {
  const [jiao, fen] = [Math.floor(rest / 10), rest % 10]
  const whole = yuan === 2 ? '两元' : yuan > 0 || rest === 0 ? `${countZh(yuan)}元` : ''
  return `${whole}${jiao > 0 ? `${DIGITS[jiao]}角` : fen > 0 && yuan > 0 ? '零' : ''}${fen > 0 ? `${DIGITS[fen]}分` : ''}`
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const SMALL = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
/** Numbers of dates are left as figures until the others are in words. */
const KEEP = '\u0001'

function numbersEn(text: string): string {
  const keep = (figures: string): string => [...figures].map(c => (/\d/.test(c) ? KEEP + String.fromCharCode(c.charCodeAt(0) + 0x1000) : c)).join('')
  return text
    .replace(/(\d{4})-(\d{2})-(\d{2})/g, (_w, y: string, m: string, d: string) => keep(`${Number(d)} ${MONTHS[Number(m) - 1]} ${y}`))
    .replace(/(\d{4})-(\d{2})(?!\d)/g, (_w, y: string, m: string) => keep(`${MONTHS[Number(m) - 1]} ${y}`))
    .replace(/(\d{4})年/g, (_w, y: string) => `${keep(y)}年`)
    .replace(/(\d+)\.(\d{2}) yuan/g, (_w, yuan: string, rest: string) => `${countEn(Number(yuan))} yuan${Number(rest) === 0 ? '' : ` ${countEn(Number(rest))} fen`}`)
    .replace(/\d+/g, n => countEn(Number(n)))
    .replaceAll(new RegExp(`${KEEP}(.)`, 'g'), (_w, c: string) => String.fromCharCode(c.charCodeAt(0) - 0x1000))
}

/** two hundred and sixty. */
export function countEn(n: number): string {
  if (n < 0) return `minus ${countEn(-n)}`
  if (n < 20) return SMALL[n]!
  if (n < 100) return `${TENS[Math.floor(n / 10)]}${n % 10 === 0 ? '' : `-${SMALL[n % 10]}`}`
  if (n < 1_000) return `${SMALL[Math.floor(n / 100)]} hundred${n % 100 === 0 ? '' : ` and ${countEn(n % 100)}`}`
  const [unit, word] = n >= 1_000_000_000 ? [1_000_000_000, 'billion'] : n >= 1_000_000 ? [1_000_000, 'million'] : [1_000, 'thousand']
  const rest = n % unit
  return `${countEn(Math.floor(n / unit))} ${word}${rest === 0 ? '' : `${rest < 100 ? ' and' : ''} ${countEn(rest)}`}`
}
