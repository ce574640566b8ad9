/** Shapes every contract shares. Safe in a browser. */
import { isDay } from '@songbai/calendar'
import * as z from 'zod'

/** Civil date `YYYY-MM-DD` that exists. */
export const day = z.string().refine(isDay, { message: 'not a date of the calendar' })

/** Twelve-digit statistical code, zero-padded above village level: county 500229000000. */
export const regionCode = z.string().regex(/^\d{12}$/)

export const id = z.uuid()

/** The two dates any list can be asked by: what was true then, and what was recorded by then. Both default to today. */
export const asOf = { at: day.optional(), knownOn: day.optional() }

export const bilingual = z.object({ zh: z.string(), en: z.string() })

/** Keyset paging: `after` is the opaque mark the page before handed out. */
export const paging = { after: z.string().max(300).optional(), limit: z.int().min(1).max(500).default(50) }

/** Shortest prefix that covers a place and all below it: 500229000000 → 500229. */
export function prefixOf(code: string): string {
  if (code.endsWith('0000000000')) return code.slice(0, 2)
  if (code.endsWith('00000000')) return code.slice(0, 4)
  if (code.endsWith('000000')) return code.slice(0, 6)
  return code.endsWith('000') ? code.slice(0, 9) : code
}
