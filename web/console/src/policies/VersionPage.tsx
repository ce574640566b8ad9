import { useRef, useState } from 'react'
import { useParams } from 'react-router'
import { saveDraft, seeVersion, submitDraft } from '@songbai/capabilities/decide/policies/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { Kbd, useKeys } from '@songbai/web-shared/Keys.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay, formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Editor } from './Editor.tsx'
import type { EditorHandle } from './Editor.tsx'
import { VersionMark, Who } from './parts.tsx'
import { TornDraft } from './Torn.tsx'
import { firstText, useDraft } from './useDraft.ts'
import { Review, Withdraw } from './Decide.tsx'
import { ImpactCard } from './ImpactCard.tsx'
import { seeDictionary } from '@songbai/capabilities/decide/lab/contract'

type Seen = OutputOf<typeof seeVersion>

/** One version: the text with its problems and cases, and the next step of whoever may take it. */
export default function VersionPage() {
  const { id = '' } = useParams()
  const seen = useSee(seeVersion, { id })
  const fits = seen.value?.version.id === id
  return <div className="page"><Show seen={fits ? seen : { ...seen, value: undefined }} rows={10}>{(got) => <Version key={`${id}:${got.version.state}`} got={got} />}</Show></div>
}

function Version({ got }: { readonly got: Seen }) {
  const { t, both } = useWords()
  const { me, view } = useSession()
  const go = useGo()
  const { version } = got
  const mine = version.draftedBy === me.name
  const write = version.state === 'draft' && may(me, saveDraft) && !view.readOnly
  return (
    <>
      <Briefing title={both(version.title)} actions={<><button type="button" className="b" onClick={() => go(`/policies/items/${encodeURIComponent(version.item)}`)}><Icon name="left" />{t('pol.toItem')}</button>{may(me, seeDictionary) && <button type="button" className={version.state === 'draft' ? 'b p' : 'b'} onClick={() => go(`/lab/${version.id}`)}><Icon name="lab" />{t('pol.toLab')}</button>}</>}>
        {t('pol.version', { n: version.version })} · {got.item.regionName} <VersionMark state={version.state} /> {version.sample && <Sample />}
      </Briefing>
      <Card>
        <dl className="pol-facts">
          <dt>{t('pol.col.drafted')}</dt><dd><Who name={version.draftedBy} /> <span className="src">{chinaDay(version.draftedAt)}</span></dd>
          <dt>{t('pol.col.reviewed')}</dt><dd>{version.reviewedBy ? <>{version.reviewedBy} {version.reviewedAt !== null && <span className="src">{chinaDay(version.reviewedAt)}</span>}</> : <span className="muted">{t('pol.notReviewed')}</span>}</dd>
          <dt>{t('pol.col.effective')}</dt><dd>{version.effectiveFrom ?? <span className="muted">{t('pol.notSet')}</span>}{version.effectiveTo !== null && <> {t('pol.until', { day: version.effectiveTo })}</>}</dd>
          {version.note !== null && <><dt>{t('pol.col.note')}</dt><dd lang="zh-CN">{version.note}</dd></>}
        </dl>
      </Card>
      <ImpactCard got={got} />
      {version.state === 'inReview' && !view.readOnly && <Review version={version} mine={mine} />}
      <Text got={got} write={write} />
      {version.state === 'published' && !view.readOnly && <Withdraw version={version} />}
    </>
  )
}

function Text({ got, write }: { readonly got: Seen; readonly write: boolean }) {
  const { t, both } = useWords()
  const { id } = got.version
  const [text, setText] = useState(() => firstText(got, write))
  const draft = useDraft({ got, text, write, setText, auto: false })
  const submit = useDo(submitDraft)
  const editor = useRef<EditorHandle>(null)
  const at = useRef(-1)
  const shown = write ? text : got.yaml
  const changed = draft.waiting
  // What was found stands at the lines of the text that was checked.
  const stale = changed || (write && text !== got.yaml)
  const failed = got.cases.filter((one) => !one.ok)
  const next = () => {
    const stops = [...got.problems.map((one) => ({ line: one.line, column: one.column })), ...failed.map((one) => ({ line: one.line, column: 1 }))]
    if (stops.length === 0) return
    at.current = (at.current + 1) % stops.length
    editor.current?.toLine(stops[at.current]!.line, stops[at.current]!.column)
  }
  const send = async () => { if (await draft.now()) await submit.run({ id }) }
  useKeys({ F8: next })
  return (
    <div className="pol-draft">
      <Card title={t('pol.text')} note={write ? t(changed ? 'pol.unsaved' : 'pol.saved') : t('pol.textOnly')} right={got.problems.length + failed.length > 0 && <button type="button" className="b s" onClick={next}>{t('pol.next')} <Kbd>F8</Kbd></button>}>
        <Editor id="pol-text" text={shown} onText={setText} readOnly={!write} handle={editor} marks={stale ? [] : [...got.problems.map((one) => ({ line: one.line, kind: 'problem' as const })), ...got.cases.map((one) => ({ line: one.line, kind: one.ok ? 'good' as const : 'bad' as const }))]} />
        {write && (
          <div className="pad">
            <TornDraft draft={draft} text={text} />
            <SayNo no={draft.no ?? submit.no} />
            <div className="row wrap">
              <button type="button" className={changed ? 'b p' : 'b'} disabled={draft.busy || !changed || draft.torn !== null} title={changed ? undefined : t('pol.saved')} onClick={() => void draft.now()}>{t('pol.save')}</button>
              <button type="button" className={changed ? 'b' : 'b p'} disabled={submit.busy || draft.torn !== null} onClick={() => void send()}>{t('pol.submit')}</button>
              {changed && draft.torn === null && <button type="button" className="b t" onClick={() => setText(got.yaml)}>{t('pol.revert')}</button>}
            </div>
          </div>
        )}
      </Card>
      <Card title={t('pol.check')} note={stale ? t('pol.check.stale') : undefined}>
        {got.problems.length === 0 ? <p className="pad"><StateMark state="yes">{t('pol.problems.none')}</StateMark></p> : (
          <ul className="pol-finds">{got.problems.map((one, n) => <li key={n}><button type="button" onClick={() => editor.current?.toLine(one.line, one.column)}><StateMark state="alarm">{t('pol.line', { n: one.line })}</StateMark><span>{both(one.text)}</span></button></li>)}</ul>
        )}
        <h3 className="pol-sub">{t('pol.cases', { n: formatNumber(got.cases.length), ok: formatNumber(got.cases.length - failed.length) })}</h3>
        {got.cases.length === 0 ? <p className="pad muted">{t(got.problems.length > 0 ? 'pol.cases.later' : 'pol.cases.none')}</p> : (
          <ul className="pol-finds">{[...failed, ...got.cases.filter((one) => one.ok)].map((one, n) => <li key={n}><button type="button" onClick={() => editor.current?.toLine(one.line)}><StateMark state={one.ok ? 'yes' : 'alarm'}>{t('pol.line', { n: one.line })}</StateMark><span>{both(one.text)}</span></button></li>)}</ul>
        )}
      </Card>
    </div>
  )
}
