import type { Fault } from './problem.ts'

/** Reads untyped JSON by shape and gathers every fault with its path; a value that is wrong reads as undefined. */
export class Reader {
  readonly faults: Fault[] = []

  fault(path: string, code: Fault['code'], zh: string, en: string): undefined {
    this.faults.push({ path: path === '' ? '(root)' : path, code, zh, en })
    return undefined
  }

  object(value: unknown, path: string, keys: readonly string[]): Readonly<Record<string, unknown>> | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.fault(path, 'type', '这里要一个对象', 'an object is expected here')
    for (const key of Object.keys(value)) {
      if (keys.includes(key)) continue
      const near = nearest(key, keys)
      this.fault(join(path, key), 'unknownKey', `不认识“${key}”${near === null ? '' : `，是不是“${near}”`}`, `unknown key "${key}"${near === null ? '' : `, did you mean "${near}"?`}`)
    }
    return value as Record<string, unknown>
  }

  list(value: unknown, path: string): readonly unknown[] | undefined {
    if (value === undefined) return []
    return Array.isArray(value) ? value : this.fault(path, 'type', '这里要一个列表', 'a list is expected here')
  }

  whole(value: unknown, path: string, otherwise: number | null, least = 0, most = 2_147_483_647): number | undefined {
    if (value === undefined) return otherwise ?? this.fault(path, 'missing', '缺这一项', 'this is missing')
    if (typeof value !== 'number' || !Number.isInteger(value)) return this.fault(path, 'type', '这里要一个整数', 'a whole number is expected here')
    if (value < least || value > most) return this.fault(path, 'range', `要在${least}到${most}之间`, `must lie between ${least} and ${most}`)
    return value
  }

  number(value: unknown, path: string, otherwise: number, least: number, most: number): number | undefined {
    if (value === undefined) return otherwise
    if (typeof value !== 'number' || !Number.isFinite(value)) return this.fault(path, 'type', '这里要一个数', 'a number is expected here')
    return value < least || value > most ? this.fault(path, 'range', `要在${least}到${most}之间`, `must lie between ${least} and ${most}`) : value
  }

  text(value: unknown, path: string, otherwise: string | null): string | null | undefined {
    if (value === undefined || value === null) return otherwise
    return typeof value === 'string' ? value : this.fault(path, 'type', '这里要文字', 'a text is expected here')
  }

  id(value: unknown, path: string): number | string | undefined {
    if (value === undefined) return this.fault(path, 'missing', '缺编号', 'the id is missing')
    return typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value)) ? value : this.fault(path, 'type', '编号要是整数或文字', 'an id is a whole number or a text')
  }
}

export function join(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`
  return path === '' ? key : `${path}.${key}`
}

/** The known word within two letters of a mistyped one. */
function nearest(word: string, known: readonly string[]): string | null {
  let [best, distance] = [null as string | null, 3]
  for (const one of known) {
    const d = editDistance(word.toLowerCase(), one.toLowerCase())
    if (d < distance) [best, distance] = [one, d]
  }
  return best
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
