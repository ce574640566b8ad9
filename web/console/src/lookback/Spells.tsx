import { useState } from 'react'
import type { FormEvent } from 'react'
import { useSearchParams } from 'react-router'
import { dismissSpells, handOver, listSpells } from '@songbai/capabilities/decide/lookback/contract'
import type { SpellView } from '@songbai/capabilities/decide/lookback/contract'
import { CODE_WORDS } from '@songbai/capabilities/decide/lookback/rules'
import { To } from '@songbai/web-shared/go.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { Chip, Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Choice } from '../parts/Fields.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import type { Scan } from './ScanPage.tsx'

const KINDS = ['missed', 'overpaid'] as const
const KIND_WORD = { missed: 'look.kind.missed', overpaid: 'look.kind.overpaid' } as const
const STATES = ['open', 'handed', 'closed', 'dismissed'] as const
const STATE_WORD = { open: 'look.state.open', handed: 'look.state.handed', dismissed: 'look.state.dismissed', closed: 'look.state.closed' } as const
const STATE_MARK = { open: 'notYet', handed: 'unknown', dismissed: 'no', closed: 'yes' } as const
const PAGE = 100

/** The named list: filters are words in a sentence, the largest sums first. */
export function Spells({ scan }: { readonly scan: Scan }) {
  const { t, both, money } = useWords()
  const { me, view } = useSession()
  const [params, setParams] = useSearchParams()
  const [limit, setLimit] = useState(PAGE)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const hand = useDo(handOver)
  const [handed, setHanded] = useState(0)
  const set = (key: string, value: string) => setParams((before) => { const after = new URLSearchParams(before); if (value) after.set(key, value); else after.delete(key); return after })
  const [kind, item, place, state] = ['kind', 'item', 'place', 'state'].map((key) => params.get(key) ?? '') as [string, string, string, string]
  const seen = useSee(listSpells, {
    scanId: scan.id, limit, ...(kind === 'missed' || kind === 'overpaid' ? { kind } : {}), ...(item ? { item } : {}), ...(place ? { place } : {}), ...(STATES.some((one) => one === state) ? { states: [state as (typeof STATES)[number]] } : {}),
  })
  const rows = seen.value?.rows ?? null
  const chosen = (rows ?? []).filter((one) => selected.has(one.id) && one.state === 'open').map((one) => one.id)
  const mayHand = may(me, handOver) && !view.readOnly
  const give = async (ids: readonly string[]) => {
    const answer = await hand.run({ spellIds: ids.slice(0, 200) })
    if (answer.ok) setHanded(answer.value.opened)
  }
  const span = (one: SpellView) => (one.months === 1 ? t('look.span.one', { from: one.from }) : t('look.span.of', { from: one.from, to: one.to, n: one.months }))
  const fen = (one: SpellView) => <>{one.sumFen > 0 ? money(one.sumFen) : <span className="muted">{t('look.noFen')}</span>}{one.sample && one.sumFen > 0 && <> <Sample of="amount" /></>}</>
  const mark = (one: SpellView) => <StateMark state={STATE_MARK[one.state]} small>{t(STATE_WORD[one.state])}</StateMark>
  const toolbar = (
    <div className="sentence">
      <span>{t('look.show')}</span>
      <Choice label={t('look.kind')} value={kind} options={[{ id: '', name: t('look.kind.any') }, ...KINDS.map((one) => ({ id: one, name: t(KIND_WORD[one]) }))]} onPick={(id) => set('kind', id)} />
      <span>{t('look.of')}</span>
      <Choice label={t('look.item')} value={item} options={[{ id: '', name: t('look.anyItem') }, ...scan.byItem.map((one) => ({ id: one.item, name: both(one.title) }))]} onPick={(id) => set('item', id)} />
      <Choice label={t('look.place.name')} value={place} options={[{ id: '', name: scan.placeName }, ...scan.byPlace.map((one) => ({ id: one.code, name: one.name }))]} onPick={(id) => set('place', id)} />
      <Choice label={t('look.state')} value={state} options={[{ id: '', name: t('look.anyState') }, ...STATES.map((one) => ({ id: one, name: t(STATE_WORD[one]) }))]} onPick={(id) => set('state', id)} />
      <span className="sm muted">{seen.value && t('look.sum', { n: formatNumber(seen.value.total), sum: money(seen.value.sumFen) })}</span>
      {mayHand && chosen.length > 0 && <button type="button" className="b p s" disabled={hand.busy} onClick={() => void give(chosen)}>{t('look.doAll', { n: chosen.length })}</button>}
    </div>
  )
  if (seen.no) return <SayNo no={seen.no} onRetry={seen.again} />
  return (
    <>
      <SayNo no={hand.no} />
      {handed > 0 && <p className="sm muted" role="status">{t('look.handed', { n: handed })}</p>}
      <DenseList
        id="lookback-spells" cardHeight={122} label={t('look.rows')} rows={rows} rowKey={(one) => one.id} toolbar={toolbar} onSelect={setSelected} onAct={(one) => { if (mayHand && one.state === 'open') void give([one.id]) }} height="max(420px, calc(100dvh - 240px))"
        columns={[
          { id: 'name', title: t('look.name'), width: '110px', cell: (one) => <b>{one.name}</b> },
          { id: 'item', title: t('look.item'), width: 'minmax(0,1.4fr)', cell: (one) => both(one.itemTitle) },
          { id: 'kind', title: t('look.kind'), width: '140px', cell: (one) => <Chip tone={one.kind === 'missed' ? 'warm' : 'hot'}>{t(KIND_WORD[one.kind])}</Chip> },
          { id: 'span', title: t('look.span'), width: '215px', cell: span },
          { id: 'fen', title: t('look.fen'), width: '200px', numeric: true, cell: fen },
          { id: 'place', title: t('look.place.name'), width: 'minmax(0,1fr)', cell: (one) => one.place },
          { id: 'state', title: t('look.state'), width: '110px', cell: mark },
        ]}
        card={(one) => <><div className="row"><b>{one.name}</b><span className="end">{fen(one)}</span></div><div className="el">{both(one.itemTitle)}</div><div className="sm">{t(KIND_WORD[one.kind])} · {span(one)}</div><div className="row sm muted"><span className="el">{one.place}</span><span className="end">{mark(one)}</span></div></>}
        opened={(one) => <Opened spell={one} mayHand={mayHand} onHand={() => void give([one.id])} />}
        empty={<EmptyState icon="filter" title={t('look.filtered')}>{t('look.filtered.text')}</EmptyState>}
        {...(seen.value?.next ? { more: { left: seen.value.total - seen.value.rows.length, load: () => setLimit((n) => Math.min(500, n + PAGE)) } } : {})}
      />
    </>
  )
}

/** Why, by which clause, and what to do with it. */
function Opened({ spell, mayHand, onHand }: { readonly spell: SpellView; readonly mayHand: boolean; readonly onHand: () => void }) {
  const { t, both } = useWords()
  const [aside, setAside] = useState(false)
  const dismiss = useDo(dismissSpells)
  const why = CODE_WORDS[spell.code]
  return (
    <div className="pad look-opened">
      <dl>
        <dt>{t('look.why')}</dt><dd>{why ? both(why) : ''}{spell.unpriced > 0 && <> · {t('look.unpriced', { n: spell.unpriced })}</>}{spell.byApplication && spell.kind === 'missed' && <div className="sm">{t('look.byApplication')}</div>}</dd>
        <dt>{t('look.basis')}</dt><dd>{spell.clauses.map((one) => <div key={one.id}>{both(one.text)}</div>)}</dd>
        {spell.reason && <><dt>{t('look.reason')}</dt><dd>{spell.reason}</dd></>}
      </dl>
      <SayNo no={dismiss.no} />
      <div className="row wrap">
        {mayHand && spell.state === 'open' && <><button type="button" className="b p" onClick={onHand}>{t('look.do')}</button><button type="button" className="b" onClick={() => setAside(true)}>{t('look.aside')}</button></>}
        {mayHand && spell.state === 'dismissed' && <button type="button" className="b" onClick={() => void dismiss.run({ spellIds: [spell.id], reason: t('look.again'), aside: false })}>{t('look.again')}</button>}
        {spell.caseId && <To to={`/work/${spell.caseId}`} className="b">{t('look.case')}</To>}
        <To to={`/elders/${spell.elderId}`} className="lk">{spell.name}</To>
      </div>
      {aside && <Aside onClose={() => setAside(false)} onGo={(reason) => { setAside(false); void dismiss.run({ spellIds: [spell.id], reason }) }} />}
    </div>
  )
}

const REASONS = ['look.reason.record', 'look.reason.told'] as const

function Aside({ onGo, onClose }: { readonly onGo: (reason: string) => void; readonly onClose: () => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const save = (event: FormEvent) => { event.preventDefault(); if (reason.trim().length >= 2) onGo(reason.trim()) }
  return (
    <Dialog title={t('look.aside')} onClose={onClose}>
      <form onSubmit={save}>
        <div className="fld"><label htmlFor="look-reason">{t('look.reason')}</label><input id="look-reason" className="in" autoFocus required minLength={2} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /><span className="row wrap">{REASONS.map((key) => <button key={key} type="button" className="ch" onClick={() => setReason(t(key))}>{t(key)}</button>)}</span></div>
        <div className="row"><button type="submit" className="b p">{t('look.reason.save')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
      </form>
    </Dialog>
  )
}
