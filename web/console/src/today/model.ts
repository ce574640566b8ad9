import type { IconName } from '@songbai/web-shared/icons.tsx'
import type { NumDetail } from '@songbai/web-shared/widgets/Num.tsx'

/** One thing this person must do. Texts arrive in the reader's language. */
export interface TodayItem {
  readonly id: string
  readonly icon: IconName
  /** Alternating plain and bold: plain first. The bold part is the reason. */
  readonly title: readonly string[]
  readonly evidence: string
  readonly sample?: boolean
  readonly owner: string
  /** Who does it while nobody holds the post. */
  readonly ownerNote?: string
  readonly waitingFor?: string
  readonly startMs: number
  readonly dueMs: number | null
  readonly paused?: boolean
  readonly verb: string
  readonly to: string
}

/** A count and what stands behind it. */
export interface Counted {
  readonly n: number
  readonly to?: string
  readonly detail?: NumDetail
}

export interface NewlyEntitled {
  readonly all: Counted
  /** Whose birthday within 90 days brings something. */
  readonly soon: Counted
  readonly items: readonly { readonly item: string; readonly because: string; readonly count: Counted }[]
  readonly to: string
}

export interface BehindIndicator {
  readonly id: string
  readonly name: string
  readonly value: string
  readonly detail?: NumDetail
  readonly to: string
  /** Null where no document sets one. */
  readonly target: string | null
  /** Shares of the bar, 0 to 1; null for a count without a target. */
  readonly at: number | null
  readonly targetAt: number | null
  readonly note: string
}

export interface TodayModel {
  readonly nowMs: number
  readonly mine: Counted
  readonly overdue: Counted
  readonly items: readonly TodayItem[]
  readonly doneToday: Counted
  readonly dueTomorrow: Counted
  /** Null while nobody counts it for this person. */
  readonly newly: NewlyEntitled | null
  readonly behind: { readonly total: number; readonly list: readonly BehindIndicator[] } | null
}

export interface TodayGroup {
  readonly kind: 'over' | 'today' | 'week' | 'later'
  readonly items: readonly TodayItem[]
}

/** By the clock: overdue, due by the end of today, within seven days, later; soonest first in each. */
export function groupByClock(items: readonly TodayItem[], nowMs: number, endOfTodayMs: number): readonly TodayGroup[] {
  const kindOf = (item: TodayItem): TodayGroup['kind'] => {
    if (item.dueMs === null) return 'later'
    if (item.dueMs < nowMs) return 'over'
    if (item.dueMs <= endOfTodayMs) return 'today'
    return item.dueMs <= endOfTodayMs + 7 * 86_400_000 ? 'week' : 'later'
  }
  const sorted = [...items].sort((a, b) => (a.dueMs ?? Infinity) - (b.dueMs ?? Infinity))
  return (['over', 'today', 'week', 'later'] as const)
    .map((kind) => ({ kind, items: sorted.filter((item) => kindOf(item) === kind) }))
    .filter((group) => group.items.length > 0)
}
