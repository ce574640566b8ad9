import { useDeferredValue, useState } from 'react'
import { useSearchParams } from 'react-router'
import { changeRegion, findPlaces, resolveIdPrefix, seeRegion } from '@songbai/capabilities/know/regions/contract'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Chip, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { TextField } from '../parts/Fields.tsx'
import { SayNo, Show, useSee } from '../query.tsx'
import { may, useSession, useView } from '../session.ts'
import type { Region } from './model.ts'
import '../today/today.css'
import './regions.css'

/** The tree of places as of the day of the top bar: what is below, what it was called, what it came from and went into. */
export default function RegionsPage() {
  const { t } = useWords()
  const { me } = useSession()
  const { region, at } = useView()
  const go = useGo()
  const [params, setParams] = useSearchParams()
  const code = params.get('code') ?? region
  const open = (next: string) => setParams((before) => {
    const after = new URLSearchParams(before)
    after.set('code', next)
    return after
  })
  const seen = useSee(seeRegion, { code, at })
  return (
    <div className="page">
      <Briefing title={t('region.title')} actions={<><button type="button" className="b" onClick={() => go('/regions/changes')}>{t('region.changes')}</button>{may(me, changeRegion) && <button type="button" className="b p" onClick={() => go(`/regions/change?from=${code}`)}>{t('region.change')}</button>}</>}>{t('region.lead')}</Briefing>
      <div className="case">
        <div><Show seen={seen} rows={8}>{(got) => <Place got={got} onOpen={open} />}</Show></div>
        <div><Find onOpen={open} /><IdPrefix onOpen={open} /></div>
      </div>
    </div>
  )
}

type Got = { readonly region: Region; readonly path: readonly { readonly code: string; readonly name: string }[]; readonly children: readonly Region[]; readonly history: readonly { readonly code: string; readonly name: string; readonly validFrom: string; readonly validTo: string | null }[]; readonly predecessors: readonly { readonly code: string; readonly name: string }[]; readonly successors: readonly { readonly code: string; readonly name: string; readonly certain: boolean }[] }

function Place({ got, onOpen }: { readonly got: Got; readonly onOpen: (code: string) => void }) {
  const { t, both } = useWords()
  const { region } = got
  return (
    <>
      <Card title={region.name} note={both(region.levelName)} right={region.validTo === null ? <StateMark small state="yes">{t('region.now')}</StateMark> : <StateMark small state="no">{t('region.ended')}</StateMark>}>
        <nav className="pad crumbs" aria-label={t('region.path')}>{got.path.map((step, i) => <span key={step.code}>{i > 0 && ' › '}{step.code === region.code ? <b>{step.name}</b> : <button type="button" className="lk" onClick={() => onOpen(step.code)}>{step.name}</button>}</span>)}</nav>
        <dl className="pad facts"><dt>{t('region.code')}</dt><dd className="code">{region.code}</dd><dt>{t('region.below')}</dt><dd>{got.children.length === 0 ? t('region.below.none') : t('region.below.n', { n: formatNumber(got.children.length) })}</dd></dl>
      </Card>
      {got.children.length > 0 && <Children places={got.children} onOpen={onOpen} />}
      <History got={got} onOpen={onOpen} />
    </>
  )
}

function Children({ places, onOpen }: { readonly places: readonly Region[]; readonly onOpen: (code: string) => void }) {
  const { t, both } = useWords()
  const [text, setText] = useState('')
  const found = places.filter((one) => one.name.includes(text.trim()) || one.code.startsWith(text.trim()))
  return (
    <Card title={t('region.below')} note={t('region.below.n', { n: formatNumber(found.length) })} right={<input className="in short" aria-label={t('place.filter')} placeholder={t('place.filter')} value={text} onChange={(event) => setText(event.target.value)} />}>
      <ul className="places">
        {found.map((one) => <li key={one.code}><button type="button" onClick={() => onOpen(one.code)}><b className="el">{one.name}</b><span className="sm muted">{both(one.levelName)}</span><span className="sm muted code">{one.code}</span>{one.children > 0 && <span className="sm muted end">{t('region.below.n', { n: formatNumber(one.children) })} <Icon name="right" /></span>}</button></li>)}
      </ul>
    </Card>
  )
}

function History({ got, onOpen }: { readonly got: Got; readonly onOpen: (code: string) => void }) {
  const { t, dayLong } = useWords()
  const link = (one: { readonly code: string; readonly name: string }) => <button type="button" className="lk" onClick={() => onOpen(one.code)}>{one.name}<span className="sm muted code"> {one.code}</span></button>
  return (
    <Card title={t('region.history')} className="past">
      <ol className="tl" style={{ paddingTop: 8 }}>
        {got.history.map((one) => <li key={`${one.name}${one.validFrom}`} className="register"><time>{one.validFrom <= '1900-01-01' ? t('region.always') : dayLong(one.validFrom)}</time><span className="d" /><div>{one.name}{one.validTo && <span className="src"> {t('region.until', { day: dayLong(one.validTo) })}</span>}</div></li>)}
      </ol>
      <dl className="pad facts">
        <dt>{t('region.predecessors')}</dt><dd>{got.predecessors.length === 0 ? t('common.none') : got.predecessors.map((one) => <div key={one.code}>{link(one)}</div>)}</dd>
        <dt>{t('region.successors')}</dt><dd>{got.successors.length === 0 ? t('common.none') : got.successors.map((one) => <div key={one.code}>{link(one)} {!one.certain && <Chip tone="info">{t('region.notCertain')}</Chip>}</div>)}</dd>
      </dl>
    </Card>
  )
}

function Find({ onOpen }: { readonly onOpen: (code: string) => void }) {
  const { t } = useWords()
  const { region, at } = useView()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const found = useSee(findPlaces, asked.length >= 2 ? { text: asked, within: region, at } : null)
  const places = asked.length >= 2 ? found.value?.places : undefined
  return (
    <Card title={t('region.find')}>
      <div className="pad">
        <TextField label={t('region.find.label')} value={text} maxLength={120} onText={setText} hint={t('region.find.hint')} />
        <SayNo no={found.no} />
        {places && found.value && (
          <>
            <p className="sm" role="status">{found.value.status === 'unique' ? <StateMark small state="yes">{t('region.find.unique')}</StateMark> : found.value.status === 'ambiguous' ? <StateMark small state="unknown">{t('region.find.ambiguous', { n: places.length })}</StateMark> : <StateMark small state="no">{t('region.find.none')}</StateMark>}</p>
            <ul>{places.map((one) => <li key={one.code} style={{ padding: '4px 0' }}><button type="button" className="lk" onClick={() => onOpen(one.code)}>{one.path}</button>{one.formerName && <span className="sm muted"> {t('region.former', { name: one.formerName })}</span>}</li>)}</ul>
            {(found.value.group || found.value.rest) && <p className="sm muted">{t('region.find.rest', { rest: `${found.value.group ?? ''}${found.value.rest}` })}</p>}
          </>
        )}
      </div>
    </Card>
  )
}

function IdPrefix({ onOpen }: { readonly onOpen: (code: string) => void }) {
  const { t } = useWords()
  const { at } = useView()
  const [prefix, setPrefix] = useState('')
  const ready = /^\d{6}$/.test(prefix)
  const found = useSee(resolveIdPrefix, ready ? { prefix, at } : null)
  const places = ready ? found.value?.places : undefined
  return (
    <Card title={t('region.prefix')}>
      <div className="pad">
        <TextField label={t('region.prefix.label')} value={prefix} maxLength={6} onText={(text) => setPrefix(text.replace(/\D/g, ''))} hint={t('region.prefix.hint')} />
        <SayNo no={found.no} />
        {places && (places.length === 0 ? <StateMark small state="no">{t('region.prefix.none')}</StateMark> : <ul>{places.map((one) => <li key={one.code} style={{ padding: '4px 0' }}><button type="button" className="lk" onClick={() => onOpen(one.code)}>{one.path}</button> {one.certain ? null : <Chip tone="info">{t('region.notCertain')}</Chip>}</li>)}</ul>)}
      </div>
    </Card>
  )
}
