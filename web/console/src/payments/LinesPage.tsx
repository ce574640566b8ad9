import { useParams, useSearchParams } from 'react-router'
import { LINE_LISTS, listLines, seeBatch, seeLine } from '@songbai/capabilities/decide/payments/contract'
import type { LineList, LineRow } from '@songbai/capabilities/decide/payments/contract'
import { To, useGo } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Choice } from '../parts/Fields.tsx'
import { usePages } from '../parts/usePages.ts'
import { SayNo, Show, useSee } from '../query.tsx'
import { CHECK_WORD, CODE_WORD, LIST_WORD, listAddress, PART_WORD, STOP_WORD } from './model.ts'
import './payments.css'

const AT_ONCE = 200
const WORDS = { ...CHECK_WORD, ...LIST_WORD } as const
type Shown = keyof typeof WORDS
const CHANGE_WORD = { began: 'pay.change.began', ended: 'pay.change.ended', changed: 'pay.change.changed', same: 'pay.change.same', none: 'pay.change.none' } as const

/** The people behind a figure of a batch; each opens why it is so much. */
export default function LinesPage() {
  const { id } = useParams()
  const { t, both, month, money } = useWords()
  const go = useGo()
  const [params, setParams] = useSearchParams()
  const asked = params.get('list') as LineList | null
  const list: LineList = asked && (LINE_LISTS as readonly string[]).includes(asked) ? asked : 'all'
  const [item, place, stop] = [params.get('item') ?? '', params.get('place') ?? '', params.get('stop') ?? '']
  const batch = useSee(seeBatch, { id: id! })
  const pages = usePages(listLines, { batchId: id!, list, limit: AT_ONCE, ...(item ? { item } : {}), ...(place ? { place } : {}), ...(stop ? { stop } : {}) }, (value): readonly LineRow[] => value.rows)
  const set = (next: Partial<Record<'list' | 'item' | 'place', string>>) => setParams(new URLSearchParams(listAddress(id!, { list: (next.list ?? list) as LineList, item: next.item ?? item, place: next.place ?? place }).split('?')[1]))
  const lists = [...(Object.keys(LIST_WORD) as Shown[]), ...(list in LIST_WORD ? [] : [list as Shown])]
  return (
    <div className="page">
      <Briefing title={batch.value ? `${month(batch.value.batch.month)} · ${t(WORDS[list as Shown])}` : t(WORDS[list as Shown])} actions={<button type="button" className="b" onClick={() => go(`/payments/${id}`)}><Icon name="left" />{t('pay.list.back')}</button>} />
      <SayNo no={pages.no ?? batch.no} onRetry={pages.again} />
      <DenseList<LineRow>
        id="payment-lines" label={t(WORDS[list as Shown])} rows={pages.rows} rowKey={(row) => row.id} onPage={(row) => go(`/elders/${row.elderId}`)}
        columns={[
          { id: 'name', title: t('pay.name'), width: '88px', cell: (row) => <b>{row.name}</b> },
          { id: 'place', title: t('pay.notice.village'), width: 'minmax(110px,1fr)', cell: (row) => row.place },
          { id: 'item', title: t('pay.col.item'), width: 'minmax(120px,1.2fr)', cell: (row) => <span title={both(row.itemTitle)}>{both(row.itemTitle)}</span> },
          { id: 'due', title: t('pay.col.due'), width: '104px', numeric: true, cell: (row) => money(row.dueFen) },
          { id: 'arrears', title: t('pay.col.arrears'), width: '104px', numeric: true, cell: (row) => (row.arrearsFen === 0 ? '' : money(row.arrearsFen)) },
          { id: 'offset', title: t('pay.col.offset'), width: '96px', numeric: true, cell: (row) => (row.offsetFen === 0 ? '' : money(-row.offsetFen)) },
          { id: 'pay', title: t('pay.col.pay'), width: '108px', numeric: true, cell: (row) => <b>{money(row.payFen)}</b> },
          { id: 'was', title: t('pay.col.was'), width: '108px', numeric: true, cell: (row) => <span className="muted">{row.wasFen === null ? '' : money(row.wasFen)}</span> },
          { id: 'state', title: t('pay.col.state'), width: 'minmax(130px,1fr)', cell: (row) => <Standing row={row} /> },
        ]}
        card={(row) => <><div className="row"><b>{row.name}</b><span className="end"><b>{money(row.payFen)}</b></span></div><div className="sm muted el">{row.place} · {both(row.itemTitle)}</div><Standing row={row} /></>}
        cardHeight={90}
        opened={(row) => <Why id={row.id} />}
        toolbar={
          <div className="sentence">
            <span>{t('pay.list.see')}</span>
            <Choice label={t('pay.col.state')} value={list} options={lists.map((one) => ({ id: one, name: t(WORDS[one]) }))} onPick={(next) => set({ list: next })} />
            <span>{t('pay.list.of')}</span>
            <Choice label={t('pay.col.item')} value={item} options={[{ id: '', name: t('pay.list.anyItem') }, ...(batch.value?.items ?? []).map((one) => ({ id: one.item, name: both(one.title) }))]} onPick={(next) => set({ item: next })} />
            <span>{t('pay.list.in')}</span>
            <Choice label={t('pay.col.place')} value={place} options={[{ id: '', name: t('pay.list.anyPlace') }, ...(batch.value?.places ?? []).map((one) => ({ id: one.code, name: one.name }))]} onPick={(next) => set({ place: next })} />
            {pages.rows && <b>{t('pay.list.count', { n: formatNumber(pages.total) })}</b>}
          </div>
        }
        empty={<EmptyState icon="coin" title={t('pay.list.none')} actions={<button type="button" className="b p" onClick={() => go(`/payments/${id}`)}>{t('pay.list.back')}</button>} />}
        {...(pages.more && pages.rows ? { more: { left: pages.total - pages.rows.length, load: pages.more } } : {})}
      />
    </div>
  )
}

/** What holds or stops it, what the bank did, else how it changed. */
function Standing({ row }: { readonly row: LineRow }) {
  const { t } = useWords()
  if (row.held) return <StateMark state="unknown">{t(row.held === 'noAccount' ? 'pay.held.noAccount' : 'pay.held.unknown')}</StateMark>
  if (row.outcome) return <StateMark state={row.outcome === 'paid' ? 'yes' : 'alarm'}>{t(row.outcome === 'paid' ? 'pay.outcome.paid' : 'pay.outcome.returned')}</StateMark>
  if (row.stopped) return <StateMark state="no">{t(STOP_WORD[row.stopped] ?? 'pay.stop.no')}</StateMark>
  return <span className="muted">{t(CODE_WORD[row.code] ?? 'pay.code.full')} · {t(CHANGE_WORD[row.change])}</span>
}

/** Months and differences; then the rule, its clauses and the facts as known on the day of the draft. */
function Why({ id }: { readonly id: string }) {
  const { t, both, month, money } = useWords()
  const seen = useSee(seeLine, { id })
  return (
    <Show seen={seen} rows={4}>
      {(got) => (
        <div className="pay-why">
          <div>
            <h3>{t('pay.why')}</h3>
            {got.parts.length === 0 ? <p className="muted">{t('pay.part.none')}</p> : (
              <table className="tb">
                <thead><tr><th>{t('pay.col.month')}</th><th>{t('pay.part.col.kind')}</th><th className="num">{t('pay.part.col.due')}</th><th className="num">{t('pay.part.col.before')}</th><th className="num">{t('pay.part.col.delta')}</th></tr></thead>
                <tbody>{got.parts.map((part, i) => <tr key={i}><td className="nowrap">{month(part.month)}</td><td>{t(PART_WORD[part.kind])}{part.code && CODE_WORD[part.code] && <span className="sm muted"> {t(CODE_WORD[part.code]!)}</span>}</td><td className="num">{money(part.dueFen)}</td><td className="num">{money(part.beforeFen)}</td><td className="num"><b>{money(part.deltaFen)}</b></td></tr>)}</tbody>
              </table>
            )}
          </div>
          <div>
            {got.sentences.map((one, i) => <p key={i}>{both(one)}</p>)}
            <ul className="pay-facts">{got.facts.map((one, i) => <li key={i}><StateMark small state={one.verdict === 'yes' ? 'yes' : one.verdict === 'no' ? 'no' : one.verdict === 'notYet' ? 'notYet' : 'unknown'}>{both(one.must)}</StateMark><span>{both(one.has)}</span><span className="src">{both(one.source)}{one.on && ` ${one.on}`}</span></li>)}</ul>
            <p className="sm muted">{t('pay.clauses')}：{got.clauses.map((one) => both(one.text)).join('；')} {got.sample && <Sample of="amount" />}</p>
            <p className="row wrap sm"><span className="muted">{t('pay.version')} {got.policyVersion}</span><To to="/policies">{t('pay.seeRule')}</To><To to={`/elders/${got.line.elderId}`}>{t('pay.seeElder')}</To></p>
          </div>
        </div>
      )}
    </Show>
  )
}
