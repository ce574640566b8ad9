/** A small reader of JSON that reports every fault with its path and refuses keys it does not know. */
export interface Fault { path: string; code: FaultCode; args: Record<string, string | number> }
export type FaultCode =
  | 'unknown_key' | 'missing_key' | 'not_text' | 'not_whole_number' | 'not_yes_no' | 'not_list' | 'not_object' | 'not_one_of' | 'empty'
  | 'not_a_day' | 'duplicate' | 'unknown_reference' | 'later_reference' | 'bad_range' | 'sum_without_band' | 'overlapping_bands'
  | 'incomplete_matrix' | 'cap_not_worst' | 'unknown_condition'

export type Json = Record<string, unknown>

export class Reader {
  readonly faults: Fault[] = []

  fault(path: string, code: FaultCode, args: Record<string, string | number> = {}): void {
    this.faults.push({ path, code, args })
  }

  /** An object with exactly these keys: required first, then optional ones. */
  object(value: unknown, path: string, required: readonly string[], optional: readonly string[] = []): Json {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.fault(path, 'not_object')
      return {}
    }
    for (const key of Object.keys(value)) {
      if (!required.includes(key) && !optional.includes(key)) this.fault(`${path}.${key}`, 'unknown_key', { key })
    }
    for (const key of required) {
      if ((value as Json)[key] === undefined) this.fault(`${path}.${key}`, 'missing_key', { key })
    }
    return value as Json
  }

  /** An object whose keys are free names. */
  entries(value: unknown, path: string): [string, unknown][] {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value)
    this.fault(path, 'not_object')
    return []
  }

  text(value: unknown, path: string): string {
    if (typeof value !== 'string') this.fault(path, 'not_text')
    else if (!value.trim()) this.fault(path, 'empty')
    return typeof value === 'string' ? value : ''
  }

  optionalText(value: unknown, path: string): void {
    if (value !== undefined) this.text(value, path)
  }

  whole(value: unknown, path: string): number {
    if (typeof value !== 'number' || !Number.isInteger(value)) this.fault(path, 'not_whole_number')
    return typeof value === 'number' ? value : NaN
  }

  yesNo(value: unknown, path: string): void {
    if (value !== undefined && typeof value !== 'boolean') this.fault(path, 'not_yes_no')
  }

  oneOf(value: unknown, path: string, allowed: readonly string[]): void {
    if (typeof value !== 'string' || !allowed.includes(value)) this.fault(path, 'not_one_of', { value: String(value), allowed: allowed.join(', ') })
  }

  list(value: unknown, path: string, read: (entry: unknown, path: string) => void): unknown[] {
    if (!Array.isArray(value)) {
      if (value !== undefined) this.fault(path, 'not_list')
      return []
    }
    value.forEach((entry, i) => read(entry, `${path}[${i}]`))
    return value
  }

  label(value: unknown, path: string): void {
    const label = this.object(value, path, ['zh', 'en'])
    if (label.zh !== undefined) this.text(label.zh, `${path}.zh`)
    if (label.en !== undefined) this.text(label.en, `${path}.en`)
  }

  unique(values: string[], path: string): void {
    const seen = new Set<string>()
    for (const value of values) {
      if (seen.has(value)) this.fault(path, 'duplicate', { value })
      seen.add(value)
    }
  }
}
