import { useEffect, useState } from 'react'
import type { FormEvent } from 'react'
import { useSearchParams } from 'react-router'
import { changeRegion, seeRegion } from '@songbai/capabilities/know/regions/contract'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { DayField, PlaceField, SelectField, TextField } from '../parts/Fields.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { NotAllowedPage } from '../states/pages.tsx'
import { KINDS, KIND_WORD, SHAPE, WHAT_WORD, faultOf, sent, targetsOf } from './model.ts'
import type { Draft, Fault, Kind, Region, Target } from './model.ts'
import './regions.css'

const BLANK: Target = { code: '', name: '', parent: '' }

function targetsFor(kind: Kind): readonly Target[] {
  return Array.from({ length: SHAPE[kind].to }, () => BLANK)
}

/** One change of the tree: from where, to where, on which day, on what basis; and in words what it will do. */
export default function NewChange() {
  const { t, today } = useWords()
  const { me } = useSession()
  const [params] = useSearchParams()
  const go = useGo()
  const { run, busy, no } = useDo(changeRegion)
  const start = params.get('from')
  const first = useSee(seeRegion, start ? { code: start } : null)
  const [draft, setDraft] = useState<Draft>({ kind: 'rename', on: today, from: [], to: targetsFor('rename'), children: {}, basis: '' })
  const [fault, setFault] = useState<Fault | null>(null)
  const [moved, setMoved] = useState<number | null>(null)
  const put = (next: Partial<Draft>) => setDraft((before) => ({ ...before, ...next }))
  useEffect(() => {
    const region = first.value?.region
    if (region) setDraft((before) => (before.from.length === 0 ? { ...before, from: [{ code: region.code, name: region.name }] } : before))
  }, [first.value])
  const source = useSee(seeRegion, draft.kind === 'split' && draft.from[0] ? { code: draft.from[0].code, ...(draft.on ? { at: draft.on } : {}) } : null)
  const children = draft.kind === 'split' ? (source.value?.children ?? []) : []
  if (!may(me, changeRegion)) return <NotAllowedPage />
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found = faultOf(draft, children.map((child) => child.code))
    setFault(found)
    if (found || busy) return
    const answer = await run(sent(draft))
    if (answer.ok) setMoved(answer.value.moved)
  }
  if (moved !== null) return <Done moved={moved} />
  return (
    <div className="page">
      <Briefing title={t('region.change')}>{t('region.change.lead')}</Briefing>
      <Card className="form wide">
        <form className="pad" onSubmit={(event) => void submit(event)}>
          <SelectField label={t('region.kind')} value={draft.kind} options={KINDS.map((kind) => ({ id: kind, name: t(KIND_WORD[kind]) }))} onPick={(kind) => put({ kind: kind as Kind, to: targetsFor(kind as Kind), children: {}, ...(SHAPE[kind as Kind].from === 0 ? { from: [] } : {}) })} />
          <DayField label={t('region.on')} value={draft.on} onDay={(on) => put({ on })} hint={t('region.on.hint')} />
          {SHAPE[draft.kind].from > 0 && <From draft={draft} onChange={(from) => put({ from, children: {} })} />}
          {draft.to.map((one, at) => <To key={at} kind={draft.kind} at={at} target={one} onChange={(next) => put({ to: draft.to.map((other, i) => (i === at ? next : other)) })} />)}
          {SHAPE[draft.kind].moreTo && <button type="button" className="b s" onClick={() => put({ to: [...draft.to, BLANK] })}><Icon name="plus" />{t('region.to.more')}</button>}
          {children.length > 0 && <ChildPlaces places={children} draft={draft} onChange={(next) => put({ children: next })} />}
          <div style={{ marginTop: 12 }}><TextField label={t('region.basis')} value={draft.basis} onText={(basis) => put({ basis })} hint={t('region.basis.hint')} /></div>
          <What draft={draft} />
          {fault && <p role="alert" className="sm" style={{ color: 'var(--cin-6)', marginBottom: 8 }}>{t(fault)}</p>}
          <SayNo no={no} />
          <div className="row wrap"><button type="submit" className="b p" aria-disabled={busy}>{t('region.change.go')}</button><button type="button" className="b" onClick={() => go('/regions')}>{t('common.cancel')}</button></div>
        </form>
      </Card>
    </div>
  )
}

function From({ draft, onChange }: { readonly draft: Draft; readonly onChange: (from: Draft['from']) => void }) {
  const { t } = useWords()
  const { path } = useSession()
  const more = SHAPE[draft.kind].more || draft.from.length === 0
  return (
    <div className="fld">
      <b className="sm">{t('region.from')}</b>
      {draft.from.map((one) => <div key={one.code} className="row"><span>{one.name} <span className="code muted">{one.code}</span></span><button type="button" className="b s t" onClick={() => onChange(draft.from.filter((other) => other.code !== one.code))}><Icon name="x" />{t('region.from.drop')}</button></div>)}
      {more && <PlaceField label={t('region.from.add')} path={path} onPick={(trail) => {
        const place = trail.at(-1)!
        if (!draft.from.some((one) => one.code === place.region)) onChange([...draft.from, { code: place.region, name: place.name }])
      }} />}
    </div>
  )
}

function To({ kind, at, target, onChange }: { readonly kind: Kind; readonly at: number; readonly target: Target; readonly onChange: (next: Target) => void }) {
  const { t } = useWords()
  const { path } = useSession()
  const [trail, setTrail] = useState(path)
  const needsParent = kind === 'create' || kind === 'move'
  return (
    <fieldset className="targets">
      <legend className="sm"><b>{SHAPE[kind].moreTo ? t('region.to.n', { n: at + 1 }) : t('region.to')}</b></legend>
      <TextField label={t('region.to.name')} value={target.name} maxLength={40} onText={(name) => onChange({ ...target, name })} />
      <TextField label={t('region.to.code')} value={target.code} maxLength={12} onText={(code) => onChange({ ...target, code: code.replace(/\D/g, '') })} hint={t(kind === 'rename' || kind === 'move' ? 'region.to.code.keep' : 'region.to.code.hint')} />
      {needsParent && <PlaceField label={t('region.to.parent')} path={trail} onPick={(next) => { setTrail(next); onChange({ ...target, parent: next.at(-1)!.region }) }} />}
    </fieldset>
  )
}

function ChildPlaces({ places, draft, onChange }: { readonly places: readonly Region[]; readonly draft: Draft; readonly onChange: (children: Record<string, string>) => void }) {
  const { t } = useWords()
  const targets = targetsOf(draft)
  const options = [{ id: '', name: t('region.child.pick') }, ...targets.map((one) => ({ id: one.code, name: one.name || one.code }))]
  return (
    <div style={{ marginTop: 12 }}>
      <b className="sm">{t('region.child.title', { n: formatNumber(places.length) })}</b>
      {places.map((one) => <SelectField key={one.code} label={one.name} value={draft.children[one.code] ?? ''} options={options} onPick={(code) => onChange({ ...draft.children, [one.code]: code })} />)}
    </div>
  )
}

function What({ draft }: { readonly draft: Draft }) {
  const { t, dayLong } = useWords()
  return <p className="bn warn" style={{ marginBottom: 12 }}><Icon name="warn" /><span>{draft.on && t('region.will', { day: dayLong(draft.on) })}{t(WHAT_WORD[draft.kind])}{t('region.will.keep')}</span></p>
}

function Done({ moved }: { readonly moved: number }) {
  const { t } = useWords()
  const go = useGo()
  return (
    <div className="page">
      <Briefing title={t('region.change')} />
      <Card className="form"><div className="pad"><StateMark state="yes">{t('region.done')}</StateMark><p style={{ margin: '8px 0' }}>{moved === 0 ? t('region.done.same') : t('region.done.moved', { n: formatNumber(moved) })}</p><div className="row wrap"><button type="button" className="b p" onClick={() => go('/regions/changes')}>{t('region.changes')}</button><button type="button" className="b" onClick={() => go('/regions')}>{t('region.back')}</button></div></div></Card>
    </div>
  )
}
