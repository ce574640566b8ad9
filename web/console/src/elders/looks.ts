/** Lines of the log as visits: one person opening one record reads several parts of it within a minute. Pure. */
import type { ElderFile } from './story.ts'

export type Look = ElderFile['looks'][number]

export interface Visit {
  readonly at: number
  readonly who: string
  readonly parts: readonly Look[]
}

const VISIT_MS = 120_000
/** Each opening of a secret stands on a line of its own. */
const SECRETS: ReadonlySet<string> = new Set(['idNumber', 'phone', 'contactPhone'])
/** A sensitive fact is named in the log as `fact.` and its key. */
export const FACT = 'fact.'

export function isSecret(what: string): boolean {
  return SECRETS.has(what) || what.startsWith(FACT)
}

/** Newest first in, newest first out. */
export function visitsOf(looks: readonly Look[]): readonly Visit[] {
  const visits: { at: number; who: string; parts: Look[] }[] = []
  for (const look of looks) {
    const last = visits.at(-1)
    const joins = last && last.who === look.who && !isSecret(look.what) && look.purpose === null && !last.parts.some((part) => isSecret(part.what) || part.purpose !== null) && last.parts.at(-1)!.at - look.at <= VISIT_MS
    if (!joins) visits.push({ at: look.at, who: look.who, parts: [look] })
    else if (!last.parts.some((part) => part.what === look.what)) last.parts.push(look)
  }
  return visits
}
