import { useEffect, useMemo, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { listVersions, saveDraft, seeVersion } from '@songbai/capabilities/decide/policies/contract'
import { handOver } from '@songbai/capabilities/decide/lab/contract'
import { readTable } from '@songbai/policy'
import type { FactDictionary } from '@songbai/policy'
import { useClient } from '@songbai/web-shared/api.ts'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Kbd, useKeys } from '@songbai/web-shared/Keys.tsx'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaTime, formatNumber, parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Compare } from '../policies/ItemPage.tsx'
import { Editor } from '../policies/Editor.tsx'
import type { EditorHandle } from '../policies/Editor.tsx'
import { localText } from '../policies/draftText.ts'
import { TornDraft } from '../policies/Torn.tsx'
import { useVersionName, VersionMark } from '../policies/parts.tsx'
import { Cases } from './Cases.tsx'
import { Clauses } from './Clauses.tsx'
import { DecisionTable } from './DecisionTable.tsx'
import type { Spot } from './DecisionTable.tsx'
import { Findings, openFindings } from './Findings.tsx'
import { Impact } from './Impact.tsx'
import { amountOn, sumText } from './model.ts'
import { Scenarios } from './Scenarios.tsx'
import { useDictionary, useLab } from './useLab.ts'
import type { Lab, Version } from './useLab.ts'
import '../policies/policies.css'
import './lab.css'

/** A rule as a decision table beside what it rests on and what it costs. */
export default function EditorPage() {
  const { id = '' } = useParams()
  const seen = useSee(seeVersion, { id })
  const facts = useDictionary()
  const fits = seen.value?.version.id === id
  return (
    <div className="page lab">
      <Show seen={fits ? seen : { ...seen, value: undefined }} rows={12}>{(got) => <Waiting for={facts ?? undefined} rows={12}>{(dictionary) => <Whole key={`${id} ${got.version.state}`} got={got} facts={dictionary} />}</Waiting>}</Show>
    </div>
  )
}

function Whole({ got, facts }: { readonly got: Version; readonly facts: FactDictionary }) {
  const { t } = useWords()
  const lab = useLab(got, facts)
  const [asText, setAsText] = useState(false)
  const [spot, setSpot] = useState<Spot | null>(null)
  const [open, setOpen] = useState(false)
  const [current, setCurrent] = useState<string | null>(null)
  const editor = useRef<EditorHandle>(null)
  const table = lab.table
  const text = asText || table === null
  const toLine = (line: number) => {
    setAsText(true)
    requestAnimationFrame(() => editor.current?.toLine(line))
  }
  const lawAmounts = useLawAmounts(lab)
  // F8 goes round everything that keeps the text from being sent.
  const stops = problemStops(lab)
  const next = () => {
    if (stops.length === 0) return
    const at = (stops.findIndex((one) => one.key === current) + 1) % stops.length
    const stop = stops[at]!
    setCurrent(stop.key)
    if (stop.row !== null && table?.rows.some((one) => one.id === stop.row)) { setOpen(false); setSpot({ row: stop.row, column: 'label' }) }
    if (stop.line !== null && text) toLine(stop.line)
    requestAnimationFrame(() => document.querySelector('.lab .cur.fd, .lab .cur.gc')?.scrollIntoView({ block: 'nearest' }))
  }
  useKeys({ F8: next, 'Ctrl+z': () => (lab.write ? lab.undo() : false), 'Ctrl+y': () => (lab.write ? lab.redo() : false) })
  return (
    <>
      <Head lab={lab} asText={text} onText={setAsText} next={next} />
      {lab.refused !== null && <p className="bn warn" role="alert">{t(REFUSED[lab.refused] ?? 'lab.no.inherited')}</p>}
      <TornDraft draft={lab.saved} text={lab.text} />
      {lab.saved.no && <SayNo no={lab.saved.no} />}
      {lab.trialNo && <SayNo no={lab.trialNo} />}
      {got.version.newestVersion !== null && got.version.baseVersion !== null && got.version.newestVersion > got.version.baseVersion && lab.write && <Newer lab={lab} />}
      <div className="c3">
        <div>{table && <Clauses lab={lab} table={table} row={spot?.row ?? null} onRow={(row) => { setSpot({ row, column: 'label' }); setOpen(false) }} />}</div>
        <div>
          {text || table === null
            ? <Card title={t('pol.text')} note={t(table === null ? 'lab.text.only' : 'lab.text.note')}><Editor id="lab-text" text={lab.text} onText={(next) => lab.setText(next, 'typing')} readOnly={!lab.write} handle={editor} marks={marksOf(lab)} /></Card>
            : <DecisionTable lab={lab} table={table} spot={spot} onSpot={setSpot} open={open} onOpen={setOpen} lawAmounts={lawAmounts} />}
          <Findings lab={lab} onLine={toLine} current={current} />
          {table && <Cases lab={lab} table={table} current={current} />}
        </div>
        <div><Impact lab={lab} /></div>
      </div>
      <Foot lab={lab} />
    </>
  )
}

const REFUSED: Readonly<Record<string, 'lab.no.lastRow' | 'lab.no.inherited' | 'lab.no.unreadable'>> = { lastRow: 'lab.no.lastRow', inheritedRow: 'lab.no.inherited', unreadable: 'lab.no.unreadable' }

interface Stop {
  readonly key: string
  readonly row: string | null
  readonly line: number | null
}

function problemStops(lab: Lab): Stop[] {
  const { trial, table } = lab
  if (!trial) return []
  const red = new Set(trial.cases.filter((one) => !one.ok).map((one) => one.line))
  return [
    ...trial.problems.map((one, n): Stop => ({ key: `p${n}`, row: null, line: one.line })),
    ...trial.findings.filter((one) => one.severity === 'error' || (one.severity === 'confirm' && one.confirmed === null)).map((one): Stop => ({ key: one.key, row: one.rows[0] ?? null, line: one.line })),
    ...(table?.cases ?? []).flatMap((one, i): Stop[] => (red.has(one.line) ? [{ key: `c${i}`, row: one.out.row, line: one.line }] : [])),
  ]
}

function marksOf(lab: Lab) {
  const { trial } = lab
  if (!trial || lab.trying) return []
  return [...trial.problems.map((one) => ({ line: one.line, kind: 'problem' as const })), ...trial.findings.flatMap((one) => (one.severity === 'error' && one.line !== null ? [{ line: one.line, kind: 'problem' as const }] : [])), ...trial.cases.map((one) => ({ line: one.line, kind: one.ok ? 'good' as const : 'bad' as const }))]
}

/** Rates of the version in force, to be struck through beside the new ones. */
function useLawAmounts(lab: Lab): ReadonlyMap<string, number> {
  const { item, region, newestVersion } = lab.got.version
  const versions = useSee(listVersions, { item }).value?.versions
  const law = versions?.find((one) => one.region === region && one.version === newestVersion && one.state === 'published') ?? versions?.find((one) => one.state === 'published')
  const seen = useSee(seeVersion, law && law.id !== lab.got.version.id ? { id: law.id } : null)
  return useMemo(() => {
    const table = seen.value ? readTable(seen.value.yaml, lab.facts, seen.value.upperYaml === null ? {} : { upper: seen.value.upperYaml }) : null
    return new Map((table?.rows ?? []).flatMap((row) => { const fen = amountOn(row, table!, lab.at); return fen === null ? [] : [[row.id, fen] as const] }))
  }, [seen.value, lab.facts, lab.at])
}

function Head({ lab, asText, onText, next }: { readonly lab: Lab; readonly asText: boolean; readonly onText: (on: boolean) => void; readonly next: () => void }) {
  const { t, both } = useWords()
  const { me, view } = useSession()
  const go = useGo()
  const nameOf = useVersionName()
  const { version } = lab.got
  const [comparing, setComparing] = useState(false)
  const [sending, setSending] = useState(false)
  const [typed, setTyped] = useState(lab.at)
  useEffect(() => setTyped(lab.at), [lab.at])
  const versions = useSee(listVersions, { item: version.item }).value?.versions ?? []
  const former = versions.find((one) => one.region === version.region && one.version === version.newestVersion && one.id !== version.id) ?? versions.find((one) => one.state === 'published' && one.id !== version.id)
  const missing = missingOf(lab)
  return (
    <>
      <div className="h">
        <h1>{both(lab.table?.title.zh ? lab.table.title : version.title)}</h1>
        <span className="ch a sq">{version.state === 'draft' ? t('lab.scen.draft', { n: version.version }) : nameOf(version)}</span>
        {version.state !== 'draft' && <VersionMark state={version.state} />}
        <span className="sub row">{lab.got.item.regionName} · {t('lab.tryFrom')} <input className="in day" aria-label={t('lab.tryDay')} inputMode="numeric" maxLength={10} value={typed} aria-invalid={parseDay(typed) === null} onChange={(event) => { setTyped(event.target.value); const day = parseDay(event.target.value); if (day !== null) lab.setAt(day) }} /> {t('lab.since')}</span>
        {version.sample && <Sample of="amount" />}
        <div className="act">
          {lab.write && <span className="sm muted" role="status">{lab.saved.torn ? t('pol.torn.waits') : lab.saved.waiting ? t('lab.saving') : t('lab.saved', { time: chinaTime(lab.saved.at) })}</span>}
          {lab.write && <><button type="button" className="b" disabled={!lab.can.undo} onClick={lab.undo}><Icon name="undo" />{t('lab.undo')}</button>{lab.can.redo && <button type="button" className="b" onClick={lab.redo}>{t('lab.redo')}</button>}</>}
          <button type="button" className="b" aria-pressed={asText} disabled={lab.table === null} onClick={() => onText(!asText)}>{t(asText ? 'lab.asTable' : 'lab.asText')}</button>
          {former && <button type="button" className="b" onClick={() => void lab.saved.now().then(() => setComparing(true))}>{t('lab.compareWith', { n: former.version })}</button>}
          {lab.write && <button type="button" className={missing.length === 0 ? 'b p' : 'b'} disabled={missing.length > 0 || !may(me, handOver)} title={missing.length > 0 ? t('lab.foot.missing', { what: missing.map((one) => t(one.word, { n: one.n })).join(t('lab.and')) }) : undefined} onClick={() => setSending(true)}>{t('lab.send')}</button>}
          {version.state === 'inReview' && <button type="button" className="b p" onClick={() => go(`/policies/versions/${version.id}`)}>{t('lab.toReview')}</button>}
          {version.state === 'published' && may(me, saveDraft) && !view.readOnly && <NewDraft got={lab.got} />}
        </div>
      </div>
      <div className="row between wrap">
        <Steps lab={lab} next={next} />
        <Scenarios lab={lab} />
      </div>
      {comparing && former && <Dialog title={t('lab.compareWith', { n: former.version })} onClose={() => setComparing(false)}><Compare a={former} b={version} /><div className="row"><button type="button" className="b" onClick={() => setComparing(false)}>{t('common.close')}</button></div></Dialog>}
      {sending && <Send lab={lab} onClose={() => setSending(false)} />}
    </>
  )
}

function Steps({ lab, next }: { readonly lab: Lab; readonly next: () => void }) {
  const { t } = useWords()
  const { trial } = lab
  const open = trial ? openFindings(trial.findings) : { errors: 0, toConfirm: 0 }
  const bad = open.errors + open.toConfirm + (trial?.problems.length ?? 0)
  const green = trial?.cases.filter((one) => one.ok).length ?? 0
  const to = (selector: string) => document.querySelector(selector)?.scrollIntoView({ behavior: 'smooth', block: 'nearest' })
  return (
    <div className="stp" role="navigation" aria-label={t('lab.steps')}>
      <button type="button" onClick={() => to('.lab-clauses')}>{(lab.table?.clauses.length ?? 0) > 0 && <Icon name="check" />}{t('lab.step.basis')}</button>
      <button type="button" className="on" onClick={() => to('.lab-table')}>{t('lab.step.table')}</button>
      <button type="button" onClick={() => { to('.lab-findings'); next() }}>{trial && bad === 0 && <Icon name="check" />}{t('lab.check')}{bad > 0 && <b className="hot">{bad}</b>}</button>
      <button type="button" onClick={() => to('.lab-cases')}>{t('lab.cases')} {trial && <b className={green < trial.cases.length || trial.cases.length === 0 ? 'hot' : 'good'}>{green}/{trial.cases.length}</b>}</button>
      <button type="button" onClick={() => to('.lab-impact')}>{trial?.figures && <Icon name="check" />}{t('lab.impact')}</button>
      <span>{t('lab.step.send')}</span>
    </div>
  )
}

type Missing = { readonly word: 'lab.miss.problems' | 'lab.miss.errors' | 'lab.miss.confirm' | 'lab.miss.cases' | 'lab.miss.noCases'; readonly n: number }

/** What still keeps the draft from the second person. */
function missingOf(lab: Lab): Missing[] {
  const { trial } = lab
  if (!trial) return []
  const { errors, toConfirm } = openFindings(trial.findings)
  const red = trial.cases.filter((one) => !one.ok).length
  const all: Missing[] = [{ word: 'lab.miss.problems', n: trial.problems.length }, { word: 'lab.miss.errors', n: errors }, { word: 'lab.miss.confirm', n: toConfirm }, { word: 'lab.miss.cases', n: red }]
  return [...all.filter((one) => one.n > 0), ...(trial.problems.length === 0 && trial.cases.length === 0 ? [{ word: 'lab.miss.noCases' as const, n: 1 }] : [])]
}

function Foot({ lab }: { readonly lab: Lab }) {
  const { t } = useWords()
  const { trial } = lab
  const missing = missingOf(lab)
  return (
    <div className="foot">
      {trial?.figures ? <StateMark state="yes">{t('lab.foot.all', { n: formatNumber(trial.figures.population), ms: formatNumber(trial.evaluateMs) })}</StateMark> : <StateMark state="unknown">{t(trial ? 'lab.impact.none' : 'lab.counting')}</StateMark>}
      {trial?.figures?.basis === 'month' && <span className="hide-narrow">{t('lab.foot.batch', { fen: sumText(trial.figures.beforeFen) })}</span>}
      <span className="end">{!lab.write ? t('lab.foot.readOnly') : missing.length === 0 ? t('lab.foot.ready') : t('lab.foot.missing', { what: missing.map((one) => t(one.word, { n: one.n })).join(t('lab.and')) })}</span>
      <span className="keys"><Kbd>Enter</Kbd> {t('lab.key.cell')}</span><span className="keys"><Kbd>Alt</Kbd>＋<Kbd>↑↓</Kbd> {t('lab.key.row')}</span><span className="keys"><Kbd>F8</Kbd> {t('lab.key.next')}</span>
    </div>
  )
}

function Newer({ lab }: { readonly lab: Lab }) {
  const { t } = useWords()
  const { version } = lab.got
  const queries = useQueryClient()
  const go = useGo()
  const goOn = async () => {
    // What stands above the draft changes with its base.
    if (await lab.saved.goOn(version.newestVersion ?? 0)) await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === seeVersion.name || queryKey[0] === listVersions.name })
  }
  const newest = useSee(listVersions, { item: version.item }).value?.versions.find((one) => one.region === version.region && one.version === version.newestVersion)
  return (
    <div className="bn warn" role="alert"><span>{t('lab.newer', { n: version.newestVersion ?? 0 })}</span>
        {newest && <button type="button" className="go" onClick={() => go(`/lab/${newest.id}`)}>{t('lab.newer.look')}</button>}
        <button type="button" className="go" disabled={lab.saved.busy || lab.saved.torn !== null} onClick={() => void goOn()}>{t('lab.newer.goOn')}</button></div>
  )
}

/** Sending freezes the figures with the version; what reaches back is confirmed with its amount in sight. */
function Send({ lab, onClose }: { readonly lab: Lab; readonly onClose: () => void }) {
  const { t, both } = useWords()
  const go = useGo()
  const { run, busy, no } = useDo(handOver)
  const [past, setPast] = useState(false)
  const back = lab.trial?.past ?? []
  const figures = lab.trial?.figures
  const send = async () => {
    if (!(await lab.saved.now())) return
    const answer = await run({ id: lab.got.version.id, at: lab.at, uses: lab.uses, ...(past ? { confirmPast: true } : {}) })
    if (answer.ok) go(`/policies/versions/${lab.got.version.id}`)
  }
  return (
    <Dialog title={t('lab.send')} onClose={onClose}>
      <p>{t('lab.send.what')}</p>
      {figures && <p><b>{sumText(figures.afterFen)}</b>{t('lab.aside', { text: t('lab.money.now', { fen: sumText(figures.beforeFen) }) })}</p>}
      {back.length > 0 && <div className="bn warn"><div>{back.map((one) => <p key={one.text.zh}>{both(one.text)}</p>)}<label className="row"><input type="checkbox" checked={past} onChange={(event) => setPast(event.target.checked)} />{t('lab.send.past')}</label></div></div>}
      <SayNo no={no} />
      <div className="row"><button type="button" className="b p" disabled={busy || (back.length > 0 && !past)} onClick={() => void send()}>{t(busy ? 'lab.send.busy' : 'lab.send')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
    </Dialog>
  )
}

function NewDraft({ got }: { readonly got: Version }) {
  const { t } = useWords()
  const go = useGo()
  const { me } = useSession()
  const client = useClient()
  const own = me.places.at(-1)
  const { run, busy, no } = useDo(saveDraft)
  const start = async () => {
    const read = await client.see(seeVersion, { id: got.version.id })
    const answer = read.ok ? await run({ yaml: own ? localText(read.value.yaml, got.version.region, own.region, own.name) : read.value.yaml }) : read
    if (answer.ok) go(`/lab/${answer.value.id}`)
  }
  return <><button type="button" className="b p" disabled={busy} onClick={() => void start()}><Icon name="plus" />{t('lab.newDraft')}</button><SayNo no={no} /></>
}
