import { ABSENT, BOOL_UNKNOWN, CODE_ABSENT, CODE_UNKNOWN, UNKNOWN } from './facts.ts'
import type { FactDef } from './facts.ts'

/**
 * The values a fact may take so that a set of conditions holds. Codes and yes/no: bits of `mask` (bit 30 = known to be absent).
 * Sets: bits that `must` and that must `not` be there. Numbers and dates: `lo`…`hi` without `except`, or absent where `absent` says so.
 */
export interface Domain { mask: number; must: number; not: number; lo: number; hi: number; except: readonly number[]; absent: boolean; keepUnknown: boolean }

export function fullDomain(def: FactDef): Domain {
  const absent = def.absent === 'no'
  const mask = def.type === 'bool' ? 3 : (2 ** def.values.length - 1) | (absent ? 1 << CODE_ABSENT : 0)
  return { mask, must: 0, not: 0, lo: def.min, hi: def.max, except: [], absent, keepUnknown: false }
}

const masked = (def: FactDef): boolean => def.type === 'bool' || def.type === 'code'

export function isEmpty(def: FactDef, d: Domain): boolean {
  if (d.keepUnknown) return false
  if (masked(def)) return d.mask === 0
  if (def.type === 'codes') return (d.must & d.not) !== 0
  return !d.absent && nearestNumber(d, d.lo) === null
}

export function admits(def: FactDef, d: Domain, v: number): boolean {
  if (d.keepUnknown) return v === unknownMark(def)
  if (def.type === 'bool') return v !== BOOL_UNKNOWN && ((d.mask >>> v) & 1) === 1
  if (def.type === 'code') return v !== CODE_UNKNOWN && ((d.mask >>> v) & 1) === 1
  if (v === UNKNOWN) return false
  if (def.type === 'codes') return (v & d.must) === d.must && (v & d.not) === 0
  return v === ABSENT ? d.absent : v >= d.lo && v <= d.hi && !d.except.includes(v)
}

const unknownMark = (def: FactDef): number => (def.type === 'bool' ? BOOL_UNKNOWN : def.type === 'code' ? CODE_UNKNOWN : UNKNOWN)

/** The admitted value nearest to `v`; a missing value starts from `prefer`. Null when nothing is admitted. */
export function nearestIn(def: FactDef, d: Domain, v: number, prefer: number): number | null {
  if (d.keepUnknown) return null
  if (def.type === 'codes') return (d.must & d.not) !== 0 ? null : ((v === UNKNOWN ? 0 : v) | d.must) & ~d.not
  if (masked(def)) {
    const codes = Array.from({ length: 31 }, (_, c) => c).filter(c => ((d.mask >>> c) & 1) === 1)
    return codes.length === 0 ? null : codes.reduce((a, b) => (Math.abs(b - v) < Math.abs(a - v) ? b : a))
  }
  const near = nearestNumber(d, v <= ABSENT ? prefer : v)
  return near ?? (d.absent ? ABSENT : null)
}

function nearestNumber(d: Domain, v: number): number | null {
  if (d.lo > d.hi) return null
  const start = Math.min(d.hi, Math.max(d.lo, v))
  for (let step = 0; step <= d.except.length; step++) {
    for (const x of [start + step, start - step]) if (x >= d.lo && x <= d.hi && !d.except.includes(x)) return x
  }
  return null
}
