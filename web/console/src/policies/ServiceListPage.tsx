import { useRef } from 'react'
import { useSearchParams } from 'react-router'
import { listItems, saveDraft } from '@songbai/capabilities/decide/policies/contract'
import type { ItemRow } from '@songbai/capabilities/decide/policies/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { To, useGo } from '@songbai/web-shared/go.tsx'
import { useKeys } from '@songbai/web-shared/Keys.tsx'
import { FilteredEmpty } from '@songbai/web-shared/widgets/Deeds.tsx'
import { Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Choice } from '../parts/Fields.tsx'
import { Show, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { ClauseLink, KIND_WORD, PolicyTabs, useDays } from './parts.tsx'

const KINDS = ['cash', 'service', 'voucher'] as const

/** The basic service list as it holds at the place and on the day of the top bar. */
export default function ServiceListPage() {
  const { view } = useSession()
  const seen = useSee(listItems, { place: view.region, at: view.at })
  return <div className="page"><Show seen={seen} rows={12}>{(got) => <List items={got.items} />}</Show></div>
}

function List({ items }: { readonly items: readonly ItemRow[] }) {
  const { t, rich, dayLong } = useWords()
  const { me, view } = useSession()
  const go = useGo()
  const days = useDays()
  const [params, setParams] = useSearchParams()
  const kind = params.get('kind') ?? '', region = params.get('from') ?? '', sample = params.get('sample') ?? ''
  const set = (changes: Readonly<Record<string, string>>) => setParams((before) => {
    const after = new URLSearchParams(before)
    for (const [key, value] of Object.entries(changes)) if (value) after.set(key, value)
    else after.delete(key)
    return after
  })
  const regions = [...new Map(items.map((one) => [one.region, one.regionName]))]
  const shown = items.filter((one) => (!kind || one.kind === kind) && (!region || one.region === region) && (!sample || one.sample))
  const samples = items.filter((one) => one.sample).length
  const conditions = [...(kind ? [{ id: 'kind', name: t(KIND_WORD[kind as keyof typeof KIND_WORD]) }] : []), ...(region ? [{ id: 'from', name: regions.find(([code]) => code === region)?.[1] ?? region }] : []), ...(sample ? [{ id: 'sample', name: t('pol.withSample') }] : [])]
  return (
    <>
      <Briefing title={t('menu.policies')} actions={may(me, saveDraft) && !view.readOnly && <button type="button" className="b" onClick={() => go('/policies/versions/new')}><Icon name="plus" />{t('pol.new')}</button>}>
        {rich('pol.brief', { day: dayLong(view.at), n: <Num to={`/policies${days}`}>{t('pol.items', { n: formatNumber(items.length) })}</Num>, sample: <Num to={`/policies${days ? `${days}&` : '?'}sample=1`}>{t('pol.items', { n: formatNumber(samples) })}</Num> })}
      </Briefing>
      <PolicyTabs on="list" />
      <div className="sentence">
        <span>{t('ent.filter.see')}</span>
        <Choice label={t('ent.kind')} value={kind} options={[{ id: '', name: t('ent.kind.any') }, ...KINDS.map((one) => ({ id: one, name: t(KIND_WORD[one]) }))]} onPick={(id) => set({ kind: id })} />
        <Choice label={t('pol.from')} value={region} options={[{ id: '', name: t('pol.from.any') }, ...regions.map(([code, name]) => ({ id: code, name: t('pol.from.of', { place: name }) }))]} onPick={(id) => set({ from: id })} />
        <Choice label={t('pol.sample')} value={sample} options={[{ id: '', name: t('pol.sample.any') }, { id: '1', name: t('pol.withSample') }]} onPick={(id) => set({ sample: id })} />
        <b role="status">{t('pol.items', { n: formatNumber(shown.length) })}</b>
      </div>
      {items.length === 0
        ? <EmptyState icon="book" title={t('pol.none')} actions={<button type="button" className="b p" onClick={() => go(`/policies/documents${days}`)}>{t('pol.tab.documents')}</button>}>{t('pol.none.body')}</EmptyState>
        : shown.length === 0 ? <FilteredEmpty conditions={conditions} onDrop={(id) => set({ [id]: '' })} onClear={() => set({ kind: '', from: '', sample: '' })} /> : <Table items={shown} />}
    </>
  )
}

function Table({ items }: { readonly items: readonly ItemRow[] }) {
  const { t } = useWords()
  const box = useRef<HTMLDivElement>(null)
  const walk = (by: number) => {
    const names = [...(box.current?.querySelectorAll<HTMLElement>('.pol-name') ?? [])]
    const here = names.findIndex((one) => one === document.activeElement)
    names[Math.min(names.length - 1, Math.max(0, here + by))]?.focus()
  }
  useKeys({ j: () => walk(1), ArrowDown: () => walk(1), k: () => walk(-1), ArrowUp: () => walk(-1) }, box)
  return (
    <div className="card pol-list" ref={box}>
      <table className="tb">
        <thead><tr><th className="num">{t('pol.col.number')}</th><th>{t('ent.item')}</th><th>{t('pol.col.object')}</th><th>{t('pol.col.content')}</th><th>{t('pol.col.standard')}</th><th>{t('pol.col.duty')}</th><th>{t('reason.basis')}</th><th>{t('pol.col.effective')}</th></tr></thead>
        <tbody>{items.map((one) => <Row key={`${one.id}:${one.versionId}`} of={one} />)}</tbody>
      </table>
    </div>
  )
}

function Row({ of }: { readonly of: ItemRow }) {
  const { t, both } = useWords()
  const go = useGo()
  const days = useDays()
  const to = `/policies/items/${encodeURIComponent(of.id)}${days}`
  return (
    <tr onClick={(event) => { if (!(event.target as HTMLElement).closest('a,button')) go(to) }}>
      <td className="num muted">{of.listNumber ?? ''}</td>
      <td><To to={to} className="pol-name"><b>{both(of.title)}</b></To><div className="sm muted">{t(KIND_WORD[of.kind])} · {of.regionName}</div></td>
      <td data-head={t('pol.col.object')}>{both(of.object)}</td>
      <td data-head={t('pol.col.content')}>{both(of.content)}</td>
      <td data-head={t('pol.col.standard')}>{both(of.standard)} {of.sample && <Sample of={of.kind === 'cash' ? 'amount' : 'mark'} />}</td>
      <td data-head={t('pol.col.duty')}>{of.duty ? both(of.duty) : <span className="muted">{t('pol.notWritten')}</span>}</td>
      <td data-head={t('reason.basis')} className="src">{of.basis.map((one) => <div key={one.clause}><ClauseLink clause={one.clause}>{both(one.text)}</ClauseLink></div>)}</td>
      <td data-head={t('pol.col.effective')} className="nowrap">{of.effectiveFrom}{of.effectiveTo !== null && <div className="sm muted">{t('pol.until', { day: of.effectiveTo })}</div>}<div className="sm muted">{t('pol.version', { n: of.version })}</div></td>
    </tr>
  )
}
