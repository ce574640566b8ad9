import { useMemo, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { correctIdentity, mergeElders, recordEvents, recordFacts, revealField, seeDuplicates, seeElder } from '@songbai/capabilities/know/elders/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Kbd, useKeys } from '@songbai/web-shared/Keys.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Show, useAsOf, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { PairDeeds, Reasons, SideBySide, useDeed } from './Compare.tsx'
import type { Pair } from './Compare.tsx'
import { Contacts } from './Contacts.tsx'
import { CorrectForm } from './CorrectForm.tsx'
import { EventForm } from './EventForm.tsx'
import { FactForm } from './FactForm.tsx'
import { Facts } from './Facts.tsx'
import { Head, StatusBand } from './Head.tsx'
import { Household, Residences } from './Residences.tsx'
import { Sheet } from './Sheet.tsx'
import { Cases, Looks, useCases } from './Side.tsx'
import { useAddress, useGoHere } from './address.ts'
import { visitsOf } from './looks.ts'
import { lastList, neighboursOf } from './neighbours.ts'
import { AbilityOf, EntitlementsOf, OffersOf, hasAbility, hasEntitlements } from './panels.tsx'
import type { ElderFile } from './story.ts'
import './elders.css'

/** One person: who, where, whom to call, what they are entitled to, what is known and from where, who looked. */
export default function ElderPage() {
  const { id = '' } = useParams()
  const seen = useSee(seeElder, { id, ...useAsOf() })
  return <div className="page elders"><Show page seen={seen} rows={10}>{(file) => <PersonFile key={file.elder.id} file={file} />}</Show></div>
}

const TABS = ['overview', 'entitlements', 'facts', 'assessments', 'cases', 'looks'] as const
type Tab = (typeof TABS)[number]
const TAB_WORD = { overview: 'elder.tab.overview', entitlements: 'elder.tab.entitlements', facts: 'elder.tab.facts', assessments: 'elder.tab.assessments', cases: 'elder.tab.cases', looks: 'elder.tab.looks' } as const

type FormName = 'fact' | 'event' | 'correct' | 'twins' | null

function useTab(): readonly [Tab, (tab: Tab) => void] {
  const [params, setParams] = useSearchParams()
  const tab = TABS.find((one) => one === params.get('tab')) ?? 'overview'
  const show = (next: Tab) => setParams((before) => {
    const after = new URLSearchParams(before)
    if (next === 'overview') after.delete('tab')
    else after.set('tab', next)
    return after
  }, { replace: true })
  return [tab, show]
}

function PersonFile({ file }: { readonly file: ElderFile }) {
  const { me, view } = useSession()
  const [tab, show] = useTab()
  const [form, setForm] = useState<FormName>(null)
  const [factKey, setFactKey] = useState<string | undefined>()
  const { elder } = file
  const twins = useSee(seeDuplicates, may(me, mergeElders) && elder.status === 'active' && !view.readOnly ? { elderId: elder.id, limit: 10 } : null)
  const pairs = twins.value?.pairs ?? []
  const record = (key?: string) => { setFactKey(key); setForm('fact') }
  const tabs = TABS.filter((one) => (one !== 'entitlements' || hasEntitlements) && (one !== 'assessments' || hasAbility))
  useKeys(Object.fromEntries([...tabs.map((one, i) => [String(i + 1), () => show(one)] as const), ['p', () => print()]]))
  useKeys({ Escape: () => history.back() })
  return (
    <>
      <StatusBand file={file} />
      <Head file={file} canReveal={may(me, revealField)} actions={<Actions file={file} onForm={(name) => { setFactKey(undefined); setForm(name) }} twins={pairs.length} />} />
      <TabBar tabs={tabs} tab={tab} onTab={show} file={file} />
      <Section tab={tab} file={file} onTab={show} onRecord={record} />
      {form === 'fact' && <FactForm elderId={elder.id} first={factKey} onClose={() => setForm(null)} />}
      {form === 'event' && <EventForm file={file} onClose={() => setForm(null)} />}
      {form === 'correct' && <CorrectForm file={file} onClose={() => setForm(null)} />}
      {form === 'twins' && <Twins pairs={pairs} here={elder.id} onClose={() => setForm(null)} />}
      <Sheet file={file} />
    </>
  )
}

function Actions({ file, onForm, twins }: { readonly file: ElderFile; readonly onForm: (form: FormName) => void; readonly twins: number }) {
  const { t } = useWords()
  const { me, view } = useSession()
  const active = file.elder.status === 'active'
  const rests = view.readOnly ? t('elder.past.rests') : active ? undefined : t('elder.rests')
  const deed = (name: FormName, spec: { readonly name: string }, icon: 'plus' | 'flag' | 'doc', word: string, anyway = false) =>
    may(me, spec) && <button type="button" className={name === 'fact' ? 'b p' : 'b'} disabled={view.readOnly || (!active && !anyway)} title={view.readOnly || !anyway ? rests : undefined} onClick={() => onForm(name)}><Icon name={icon} />{word}</button>
  return (
    <>
      {deed('fact', recordFacts, 'plus', t('elder.fact.new'))}
      {deed('event', recordEvents, 'flag', t('elder.event.short'), file.elder.status === 'dead')}
      {deed('correct', correctIdentity, 'doc', t('elder.correct'))}
      <button type="button" className="b" onClick={() => print()}><Icon name="print" />{t('elder.print')}</button>
      {twins > 0 && <button type="button" className="b twin" onClick={() => onForm('twins')}><Icon name="merge" />{t('elder.dup.likely', { n: twins })}</button>}
    </>
  )
}

function TabBar({ tabs, tab, onTab, file }: { readonly tabs: readonly Tab[]; readonly tab: Tab; readonly onTab: (tab: Tab) => void; readonly file: ElderFile }) {
  const { t } = useWords()
  const cases = useCases(file.elder.id)
  const count: Partial<Record<Tab, number>> = { facts: file.facts.filter((fact) => fact.supersededAt === null).length, looks: visitsOf(file.looks).length, ...(cases.value ? { cases: cases.value.total } : {}) }
  return (
    <div className="tab-row no-print">
      <div className="tabs grow" role="tablist" aria-label={t('elder.page')}>
        {tabs.map((one) => <button key={one} type="button" role="tab" id={`tab-${one}`} aria-controls="person-part" aria-selected={one === tab} tabIndex={one === tab ? 0 : -1} onClick={() => onTab(one)}>{t(TAB_WORD[one])}{count[one] ? <small>{count[one]}</small> : null}</button>)}
      </div>
      <span className="sm muted no-phone"><Kbd>1</Kbd>–<Kbd>{tabs.length}</Kbd> {t('elder.keys.switch')} <Steps id={file.elder.id} /></span>
    </div>
  )
}

/** `[` and `]`: the person before and after in the list last opened. */
function Steps({ id }: { readonly id: string }) {
  const { t } = useWords()
  const go = useGoHere()
  const near = useMemo(() => neighboursOf(id, lastList()), [id])
  const step = (to: string | null | undefined) => () => (to ? go(`/elders/${to}${location.search.includes('tab=') ? `?tab=${new URLSearchParams(location.search).get('tab')}` : ''}`) : false)
  useKeys({ '[': step(near?.before), ']': step(near?.after) })
  if (!near) return null
  return (
    <>
      <button type="button" className="lk" disabled={!near.before} aria-label={t('elder.keys.before')} onClick={step(near.before)}><Kbd>[</Kbd></button> <button type="button" className="lk" disabled={!near.after} aria-label={t('elder.keys.after')} onClick={step(near.after)}><Kbd>]</Kbd></button> {t('elder.keys.near', { at: near.at, total: near.total })}
    </>
  )
}

function Section({ tab, file, onTab, onRecord }: { readonly tab: Tab; readonly file: ElderFile; readonly onTab: (tab: Tab) => void; readonly onRecord: (key?: string) => void }) {
  const { elder } = file
  const part = { role: 'tabpanel', id: 'person-part', 'aria-labelledby': `tab-${tab}` } as const
  if (tab === 'entitlements') return <div {...part}><EntitlementsOf elderId={elder.id} /></div>
  if (tab === 'facts') return <div {...part}><Facts file={file} whole onRecord={onRecord} /></div>
  if (tab === 'assessments') return <div {...part} className="narrow-part"><AbilityOf elderId={elder.id} /></div>
  if (tab === 'cases') return <div {...part} className="narrow-part"><Cases elderId={elder.id} /></div>
  if (tab === 'looks') return <div {...part}><Looks file={file} whole /></div>
  return (
    <div {...part} className="c3">
      <div><Residences file={file} /><Contacts file={file} /><Household file={file} /></div>
      <div><EntitlementsOf elderId={elder.id} /><Facts file={file} onRecord={onRecord} onAll={() => onTab('facts')} /></div>
      <div><OffersOf elderId={elder.id} /><AbilityOf elderId={elder.id} /><Cases elderId={elder.id} /><Looks file={file} onAll={() => onTab('looks')} /></div>
    </div>
  )
}

/** Records that look like this person, one at a time. */
function Twins({ pairs, here, onClose }: { readonly pairs: readonly Pair[]; readonly here: string; readonly onClose: () => void }) {
  const { t } = useWords()
  const address = useAddress()
  const go = useGoHere()
  const [deed, setDeed] = useDeed()
  const [at, setAt] = useState(0)
  const pair = pairs[Math.min(at, pairs.length - 1)]
  if (!pair) return <Dialog title={t('elder.dup.title')} onClose={onClose}><p className="pad">{t('elder.dup.none')}</p></Dialog>
  const mine = pair.b.id === here ? { ...pair, a: pair.b, b: pair.a } : pair
  const done = (keepId: string | null) => { onClose(); if (keepId && keepId !== here) go(address(`/elders/${keepId}`)) }
  return (
    <Dialog title={<>{t('elder.dup.compare')}{pairs.length > 1 && <span className="muted sm"> {t('elder.dup.of', { at: at + 1, n: pairs.length })}</span>}</>} onClose={onClose}>
      <Card className="twins"><div className="pad"><Reasons codes={mine.reasons} /></div><SideBySide a={mine.a} b={mine.b} heads={[t('elder.dup.this'), t('elder.dup.other')]} /></Card>
      <PairDeeds pair={mine} deed={deed} onDeed={setDeed} onDone={done} />
      <div className="row" style={{ marginTop: 10 }}>{pairs.length > 1 && <button type="button" className="b" onClick={() => setAt((at + 1) % pairs.length)}>{t('elder.dup.next')}</button>}<button type="button" className="b" onClick={onClose}>{t('common.close')}</button></div>
    </Dialog>
  )
}
