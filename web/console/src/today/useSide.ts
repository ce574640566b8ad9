import { seeBoard, seeFreshRows } from '@songbai/capabilities/answer/indicators/contract'
import { seeFresh } from '@songbai/capabilities/decide/entitlements/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import type { NumDetail } from '@songbai/web-shared/widgets/Num.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { orThrow } from '../backend.ts'
import { placeSaid } from '../elders/say.ts'
import { digitsOf, headed, needsAttention } from '../indicators/model.ts'
import type { Indicator } from '../indicators/model.ts'
import { useSee } from '../query.tsx'
import { may, useSession, useView } from '../session.ts'
import type { BehindIndicator, TodayModel } from './model.ts'

const DAYS = 7
const ROWS = 200

/** What is new and what asks for attention beside the work; null for whom nobody counts it, or on a past day. */
export function useSide(): Pick<TodayModel, 'newly' | 'behind'> {
  return { newly: useNewly(), behind: useBehind() }
}

function useNewly(): TodayModel['newly'] {
  const { t, both, today } = useWords()
  const { me } = useSession()
  const { region, readOnly } = useView()
  const client = useClient()
  const fresh = useSee(seeFresh, may(me, seeFresh) && !readOnly ? { place: region, days: DAYS } : null).value
  if (!fresh) return null
  const detail = (title: string, item?: string): NumDetail => ({
    title, definition: t('today.newly.def'), at: today,
    load: async () => {
      const got = await orThrow(client.see(seeFreshRows, { place: region, days: DAYS, limit: ROWS, ...(item ? { item } : {}) }))
      return { head: [t('ind.col.name'), t('today.newly.age'), t('ind.col.place'), t('today.newly.items')], total: got.total, rows: got.rows.map((row) => ({ key: row.elderId, to: `/elders/${row.elderId}`, cells: [row.name, row.age === null ? '' : formatNumber(row.age), placeSaid(row.place), row.items.map(both).join(t('list.comma'))] })) }
    },
  })
  return {
    all: { n: fresh.people, detail: detail(t('today.newly.people')) }, soon: { n: fresh.soon, to: '/entitlements/list?standing=notYet' },
    items: fresh.items.map((item) => ({ item: both(item.title), because: both(item.because), count: { n: item.count, detail: detail(both(item.title), item.id) } })), to: '/entitlements/list?standing=entitledNotEnjoying',
  }
}

function useBehind(): TodayModel['behind'] {
  const { both, t } = useWords()
  const { me } = useSession()
  const { region, at, knownOn, readOnly } = useView()
  const board = useSee(seeBoard, may(me, seeBoard) ? { place: region, ...(readOnly ? { at, knownOn } : {}) } : null).value
  if (!board) return null
  const show = (one: Indicator): BehindIndicator => {
    const digits = digitsOf(one.unit, one) ?? '–'
    const target = one.target
    const end = one.unit === 'percent' ? 1 : Math.max(target?.value ?? 0, one.value ?? 0, 1)
    return {
      id: one.id, name: headed(both(one.title)), value: one.unit === 'percent' ? digits : t(one.unit === 'person' ? 'common.people' : 'ind.results', { n: digits }), to: `/indicators?i=${one.id}`,
      target: target === null ? null : one.unit === 'percent' ? digitsOf('percent', { value: target.value }) : formatNumber(target.value),
      at: target === null && one.unit !== 'percent' ? null : (one.value ?? 0) / end, targetAt: target === null ? null : target.value / end, note: both(one.numeratorWords),
    }
  }
  return { total: board.indicators.length, list: board.indicators.filter(needsAttention).map(show) }
}
