import { seeProblems } from '@songbai/capabilities/know/imports/contract'
import type { Counts, RowState } from '@songbai/capabilities/know/imports/contract'
import { equation } from '@songbai/capabilities/know/imports/rules'
import { useClient } from '@songbai/web-shared/api.ts'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import type { NumDetail, NumRows, NumTone } from '@songbai/web-shared/widgets/Num.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { orThrow } from '../backend.ts'
import { useAddress } from '../elders/address.ts'
import { useView } from '../session.ts'
import { useFinding, useKindTitle } from './say.ts'

type Part = 'imported' | 'added' | 'ready' | 'error' | 'question' | 'dropped' | 'skipped'
const EQ = { imported: 'imp.eq.imported', added: 'imp.eq.added', ready: 'imp.eq.ready', error: 'imp.eq.error', question: 'imp.eq.question', dropped: 'imp.eq.dropped', skipped: 'imp.eq.skipped' } as const
const DEF = { imported: 'imp.def.imported', added: 'imp.def.added', ready: 'imp.def.ready', error: 'imp.def.error', question: 'imp.def.question', dropped: 'imp.def.dropped', skipped: 'imp.def.skipped' } as const
const TONE: Readonly<Partial<Record<Part, NumTone>>> = { imported: 'good', added: 'good', ready: 'good', error: 'hot', question: 'warm' }
const SHOWN = 200

/** The rows behind a number: row of the sheet, its cells, and what was found. */
export function useRowsBehind(batchId: string): (what: { readonly states?: RowState[]; readonly code?: string }) => Promise<NumRows> {
  const client = useClient()
  const { t } = useWords()
  const say = useFinding()
  return async (what) => {
    const { columns, rows, total } = await orThrow(client.see(seeProblems, { batchId, limit: SHOWN, ...what }))
    const shown = columns.filter((one) => one.field !== null).slice(0, 3)
    return {
      head: [t('imp.rows.row'), ...shown.map((one) => one.heading || one.letter), t('imp.rows.say')], total,
      rows: rows.map((row) => ({ key: String(row.row), cells: [formatNumber(row.row), ...shown.map((one) => row.cells.find((cell) => cell.column === one.column)?.text ?? ''), row.findings.map((one) => say(one)).join(' ')] })),
    }
  }
}

function useDetail(batchId: string, counts: Counts): (part: Part, title: string) => NumDetail {
  const { t } = useWords()
  const { at } = useView()
  const behind = useRowsBehind(batchId)
  const skip = useKindTitle()
  return (part, title) => ({
    title, at, denominator: t('imp.eq.seen', { n: formatNumber(counts.seen) }), load: () => behind({ states: [part === 'added' ? 'imported' : part] }),
    definition: part === 'skipped' ? `${t(DEF[part])} ${Object.entries(counts.skippedBy).map(([why, n]) => `${skip(`skip.${why}`)} ${formatNumber(n)}`).join(' · ')}` : t(DEF[part]),
  })
}

/** 表里 n 行 ＝ 新登记 ＋ …; a sum that does not hold is said so and counts nothing. Without `open` the parts are plain text. */
export function Equation({ batchId, counts, open = true }: { readonly batchId: string; readonly counts: Counts; readonly open?: boolean }) {
  const { t } = useWords()
  const address = useAddress()
  const detail = useDetail(batchId, counts)
  const sum = equation(counts)
  if (!sum) return <span className="st alarm">{t('imp.sumBroken')}</span>
  const seen = t('imp.eq.seen', { n: formatNumber(sum.seen) })
  return (
    <span className="eq">
      <span className="nowrap">{seen}</span>{sum.parts.length > 0 && ' ＝ '}
      {sum.parts.map(([key, n], at) => {
        const part = key as Part
        const words = t(EQ[part], { n: formatNumber(n) })
        const to = part === 'imported' || part === 'added' ? { to: address(`/elders?batch=${batchId}`) } : { detail: detail(part, words) }
        return <span key={key}>{at > 0 && ' ＋ '}{open ? <Num tone={TONE[part] ?? 'plain'} {...to}>{words}</Num> : words}</span>
      })}
    </span>
  )
}
