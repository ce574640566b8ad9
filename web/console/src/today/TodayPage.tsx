import { useMemo } from 'react'
import { countCases, listCases, moveCase } from '@songbai/capabilities/know/work/contract'
import { useGo } from '@songbai/web-shared/go.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { useView } from '../session.ts'
import { Today } from './Today.tsx'
import { itemOf, moreItems } from './caseItem.ts'
import type { TodayItem } from './model.ts'
import { useSide } from './useSide.ts'

const AT_ONCE = 100
/** So many rows of one kind; the others are one line that opens them all. */
const EACH = 5

export default function TodayPage() {
  const { both, t } = useWords()
  const { region } = useView()
  const go = useGo()
  const counts = useSee(countCases, { place: region })
  const mine = useSee(listCases, { mine: true, place: region, limit: AT_ONCE, each: EACH })
  const { run, no } = useDo(moveCase)
  const side = useSide()
  const rows = mine.value?.rows
  const kinds = counts.value?.kinds
  const items = useMemo(() => rows && [...rows.map((row) => itemOf(row, { t, both })), ...moreItems(kinds ?? [], rows, EACH, t)], [rows, kinds, both, t])
  // A step that asks for an outcome or evidence is taken on the page of the case; a plain one at once.
  const act = async (item: TodayItem) => {
    const row = rows?.find((one) => one.id === item.id)
    const move = row?.moves[0]
    if (!row || !move || move.outcomes.length > 0) return go(item.to)
    const answer = await run({ id: row.id, move: move.id, seen: row.revision })
    if (!answer.ok && 'refusal' in answer && answer.refusal.code === 'work.evidence-missing') go(item.to)
  }
  return (
    <>
      {no && <div className="page" style={{ minHeight: 0, paddingBottom: 0 }}><SayNo no={no} /></div>}
      <Show seen={counts} rows={8}>
        {(n) => (
          <Show seen={mine} rows={8}>
            {() => <Today onAct={(item) => void act(item)} model={{ nowMs: Date.now(), mine: { n: n.mine, to: '/work?who=mine' }, overdue: { n: n.overdue, to: '/work?who=mine&due=over' }, doneToday: { n: n.doneToday, to: '/work?done=today' }, dueTomorrow: { n: n.dueTomorrow, to: '/work?who=mine&due=tomorrow' }, items: items ?? [], ...side }} />}
          </Show>
        )}
      </Show>
    </>
  )
}
