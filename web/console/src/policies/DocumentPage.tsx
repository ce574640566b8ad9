import { useEffect, useRef } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { seeDocument } from '@songbai/capabilities/decide/policies/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { To, useGo } from '@songbai/web-shared/go.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Show, useSee } from '../query.tsx'
import { useDays } from './parts.tsx'
import './policies.css'

type Document = OutputOf<typeof seeDocument>

/** One document: its clauses in our own words, its targets with their day, and which clauses answer one requirement. */
export default function DocumentPage() {
  const { id = '' } = useParams()
  const seen = useSee(seeDocument, { id })
  return <div className="page"><Show seen={seen.value?.id === id ? seen : { ...seen, value: undefined }} rows={10}>{(got) => <Whole got={got} />}</Show></div>
}

function Whole({ got }: { readonly got: Document }) {
  const { t, both } = useWords()
  const go = useGo()
  const days = useDays()
  const [params] = useSearchParams()
  const clause = params.get('clause')?.split('/').slice(1).join('/') ?? null
  const need = params.get('need')
  const base = `/policies/documents/${encodeURIComponent(got.id)}${days}`
  const address = (key: string, value: string) => `${base}${days ? '&' : '?'}${key}=${encodeURIComponent(value)}`
  const clauses = need ? got.clauses.filter((one) => one.requirements.includes(need)) : got.clauses
  return (
    <>
      <Briefing title={both(got.title)} actions={<button type="button" className="b" onClick={() => go(`/policies/documents${days}`)}><Icon name="left" />{t('pol.tab.documents')}</button>}>
        <span lang="zh-CN">{[got.number, got.issuer.zh].filter((one) => one !== null).join(' · ')}</span>{got.issuedOn && ` · ${got.issuedOn}`}
      </Briefing>
      <div className="pol-doc">
        <Card title={t('pol.docs.clauses')} note={need ? <>{t('pol.docs.needs', { need, n: formatNumber(clauses.length) })} <To to={base}>{t('pol.docs.all')}</To></> : t('pol.docs.own', { n: formatNumber(got.clauses.length) })}>
          <ul className="pol-clauses">{clauses.map((one) => <Clause key={one.id} of={one} on={one.id === clause} needTo={(value) => address('need', value)} />)}</ul>
        </Card>
        <Card title={t('pol.targets')} note={t('pol.targets.n', { n: formatNumber(got.targets.length) })}>
          {got.targets.length === 0 ? <p className="pad muted">{t('pol.targets.none')}</p> : (
            <ul className="pol-targets">
              {got.targets.map((one) => (
                <li key={one.id}>
                  <div className="row"><b className="grow">{both(one.title)}</b><span className="src nowrap">{one.due ?? t('pol.targets.noDay')}</span></div>
                  <div>{both(one.figure)}</div>
                  <div className="src"><To to={address('clause', `${got.id}/${one.clause}`)}>{got.clauses.find((each) => each.id === one.clause)?.number ?? one.clause}</To>{one.note && <> · {both(one.note)}</>}</div>
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </>
  )
}

function Clause({ of, on, needTo }: { readonly of: Document['clauses'][number]; readonly on: boolean; readonly needTo: (requirement: string) => string }) {
  const { t, both } = useWords()
  const ref = useRef<HTMLLIElement>(null)
  useEffect(() => { if (on) ref.current?.scrollIntoView({ block: 'center' }) }, [on])
  return (
    <li ref={ref} className={on ? 'on' : undefined} aria-current={on ? 'true' : undefined}>
      <span className="no" lang="zh-CN">{of.number}</span>
      <div>
        <b>{both(of.heading)}</b>
        <p>{both(of.summary)}</p>
        {of.requirements.length > 0 && <p className="src">{t('pol.docs.requirements')} {of.requirements.map((one) => <To key={one} to={needTo(one)} className="ch sq">{one}</To>)}</p>}
      </div>
    </li>
  )
}
