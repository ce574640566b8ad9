/** How PostgreSQL values arrive: a date stays `YYYY-MM-DD` text, bigint becomes a number while it is safe, bytes stay bytes. */
import pg from 'pg'

const DATE = 1082
const BIGINT = 20
const NUMERIC = 1700
const TIMESTAMPTZ = 1184

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`bigint ${text} does not fit a number`)
  return value
}

export const pgTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === DATE) return (text: string) => text
    if (oid === BIGINT) return safeInteger
    if (oid === NUMERIC) return Number
    if (oid === TIMESTAMPTZ) return (text: string) => Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
    return pg.types.getTypeParser(oid, format as 'text')
  },
}
