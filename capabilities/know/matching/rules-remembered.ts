/** Decisions of earlier lists looked up by who and what they were about. */
import type { Decision, RowKind } from './contract.ts'

export interface Earlier {
  readonly id: string
  readonly kind: RowKind
  readonly elderId: string | null
  readonly person: string | null
  readonly value: string | null
  readonly decision: Decision | null
  readonly settlementId: string | null
  readonly state: 'open' | 'waiting' | 'settled'
  readonly caseId: string | null
  readonly firstAskedAt: number
}

export interface Matter {
  readonly kind: RowKind
  readonly elderId: string | null
  readonly person: string | null
  readonly value: string | null
}

export interface Memory {
  /** Pairs of person mark and elder id that are two people, and that are one. */
  readonly apart: ReadonlySet<string>
  readonly together: ReadonlyMap<string, string>
  /** The standing decision about a matter, or null. */
  decided(matter: Matter): { readonly settlementId: string; readonly decision: Decision } | null
  /** The open question about the same matter in an earlier list, or null. */
  asked(matter: Matter): Earlier | null
}

/** [M11] Who: their person and ours together; of one side alone, that side. */
function who(matter: Pick<Matter, 'elderId' | 'person'>): string {
  return `${matter.person ?? ''} ${matter.elderId ?? ''}`
}

/**
 * [M12] A decision holds while the same thing is said about the same person: "ours stays" for the value it was about, "not one person" and "one
 * person" for the pair, "not one of ours" for who it was. Another value asks again.
 */
export function memoryOf(rows: readonly Earlier[]): Memory {
  const [apart, together] = [new Set<string>(), new Map<string, string>()]
  const [kept, open] = [new Map<string, Earlier>(), new Map<string, Earlier>()]
  for (const row of rows) {
    if (row.state !== 'settled') open.set(`${group(row.kind)} ${who(row)}`, row)
    else if (row.decision === 'notSame' && row.person && row.elderId) apart.add(who(row))
    else {
      if (row.kind === 'possible' && row.person && row.elderId) together.set(row.person, row.elderId)
      if (row.decision === 'ours' || row.decision === 'notOurs' || row.decision === 'seen') kept.set(`${group(row.kind)} ${who(row)} ${row.value ?? ''}`, row)
    }
  }
  return {
    apart, together,
    decided(matter) {
      const found = kept.get(`${group(matter.kind)} ${who(matter)} ${matter.value ?? ''}`)
      return found?.settlementId ? { settlementId: found.settlementId, decision: found.decision! } : null
    },
    asked: (matter) => open.get(`${group(matter.kind)} ${who(matter)}`) ?? null,
  }
}

/** A doubt that was cleared comes back as a plain difference: the same matter. */
function group(kind: RowKind): string {
  return kind === 'possible' ? 'different' : kind
}
