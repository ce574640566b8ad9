/**
 * Long columns as PostgreSQL array literals. The driver would ask every element what it is and escape it by two patterns: of writing
 * 100,000 facts that was a fifth of the time.
 */

/** Ids, codes of digits, numbers, days, truth: nothing in them needs quoting. */
export function plainArray(values: readonly (string | number | boolean | null | undefined)[]): string {
  let text = '{'
  for (let i = 0; i < values.length; i++) text += i === 0 ? (values[i] ?? 'NULL') : `,${values[i] ?? 'NULL'}`
  return `${text}}`
}

const ESCAPED = /["\\]/
const ESCAPED_ALL = /["\\]/g

export function textArray(values: readonly (string | null | undefined)[]): string {
  let text = '{'
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (i > 0) text += ','
    if (value === null || value === undefined) text += 'NULL'
    else text += ESCAPED.test(value) ? `"${value.replace(ESCAPED_ALL, '\\$&')}"` : `"${value}"`
  }
  return `${text}}`
}

export function bytesArray(values: readonly (Buffer | null | undefined)[]): string {
  let text = '{'
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    text += `${i > 0 ? ',' : ''}${value ? `"\\\\x${value.toString('hex')}"` : 'NULL'}`
  }
  return `${text}}`
}
