import { useState } from 'react'
import { listDocuments, seeDocument, keepSource } from '@songbai/capabilities/decide/policies/contract'
import type { SourceText } from '@songbai/capabilities/decide/policies/contract'
import type { PolicyTable } from '@songbai/policy'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber, parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Choice, Field, TextField } from '../parts/Fields.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'
import { rowsCiting, splitArticles } from './model.ts'
import type { Lab } from './useLab.ts'

interface Props {
  readonly lab: Lab
  readonly table: PolicyTable
  /** Row under the hand: what is picked is cited by it. */
  readonly row: string | null
  readonly onRow: (row: string) => void
}

/** What the rules rest on: clauses cited already, the text put in with the draft, and the library to pick more from. */
export function Clauses({ lab, table, row, onRow }: Props) {
  const { t } = useWords()
  const [paste, setPaste] = useState(false)
  const { source } = lab.got
  const cited = row === null ? [] : (table.rows.find((one) => one.id === row)?.basis ?? [])
  return (
    <Card className="lab-clauses" title={t('lab.clauses')} right={lab.write && <button type="button" className="lk" onClick={() => setPaste(true)}>{t(source ? 'lab.source.change' : 'lab.source.paste')}</button>}>
      {table.clauses.map((one) => (
        <div key={one.id} className={cited.includes(one.id) ? 'cl on' : 'cl'}>
          <b>{one.article ?? one.id} <span className="muted">{one.title ?? table.clauses.find((each) => each.doc === one.doc && each.title !== null)?.title ?? one.doc}</span></b>
          {one.quote ? <p>{one.quote}</p> : one.clause !== null && <Summary clause={one.clause} />}
          <Uses clause={one.id} table={table} onRow={onRow} />
        </div>
      ))}
      {source && <Source source={source} lab={lab} table={table} row={row} />}
      {lab.write && <Library lab={lab} table={table} row={row} />}
      {table.rows.some((one) => one.floor) && <div className="foot-note"><StateMark state={lab.trial?.problems.length === 0 ? 'yes' : 'unknown'} small>{t('lab.floor')}</StateMark></div>}
      {paste && <SourceDialog lab={lab} onClose={() => setPaste(false)} />}
    </Card>
  )
}

/** What the clause says, in the words of the library, where no words of the text itself were kept. */
function Summary({ clause }: { readonly clause: string }) {
  const { both } = useWords()
  const [doc = '', ...rest] = clause.split('/')
  const seen = useSee(listDocuments, {}).value?.documents.some((one) => one.id === doc)
  const found = useSee(seeDocument, seen ? { id: doc } : null).value
  const own = found?.id === doc ? found.clauses.find((one) => one.id === rest.join('/')) : undefined
  return own ? <p>{both(own.summary)}</p> : null
}

function Uses({ clause, table, onRow }: { readonly clause: string; readonly table: PolicyTable; readonly onRow: (row: string) => void }) {
  const { t } = useWords()
  const rows = rowsCiting(table, clause)
  const stacking = table.stacking.some((one) => one.basis.includes(clause))
  return (
    <div className="u">
      {rows.map((n) => <button key={n} type="button" className="ch sq b" onClick={() => onRow(table.rows[n - 1]!.id)}>{t('lab.row', { n })}</button>)}
      {stacking && <span className="ch sq b">{t('lab.stacking')}</span>}
      {rows.length === 0 && !stacking && <span className="muted sm">{t('lab.clause.unused')}</span>}
    </div>
  )
}

/** A sentence marked with the mouse becomes a clause with its words; the row under the hand cites it. */
function useCite(lab: Lab, table: PolicyTable, row: string | null) {
  return (clause: { readonly doc: string; readonly title: string; readonly article: string; readonly quote: string; readonly clause?: string; readonly issued?: string | null }) => {
    const known = table.clauses.find((one) => one.doc === clause.doc && one.article === clause.article && (one.quote ?? '') === clause.quote)
    let n = table.clauses.length + 1
    while (table.clauses.some((one) => one.id === `c${n}`)) n++
    const id = known?.id ?? `c${n}`
    const owner = row === null ? undefined : table.rows.find((one) => one.id === row)
    lab.cite(known ? null : { do: 'clause', id, clause: { doc: clause.doc, title: clause.title, article: clause.article, quote: clause.quote, ...(clause.clause ? { clause: clause.clause } : {}), ...(clause.issued ? { issued: clause.issued } : {}) } }, owner && !owner.basis.includes(id) ? { do: 'basis', row: owner.id, clauses: [...owner.basis, id] } : null)
  }
}

function Source({ source, lab, table, row }: { readonly source: SourceText; readonly lab: Lab; readonly table: PolicyTable; readonly row: string | null }) {
  const { t } = useWords()
  const cite = useCite(lab, table, row)
  const quoteOf = (text: string): string => {
    const marked = window.getSelection()?.toString().trim() ?? ''
    return marked.length > 1 && text.includes(marked) ? marked : text
  }
  return (
    <>
      <div className="doc"><b>{source.number || source.title}</b><span className="muted">{source.title} · {t('lab.source.n', { n: formatNumber(source.articles.length) })}</span></div>
      {lab.write && <p className="hint">{t('lab.source.how')}</p>}
      {source.articles.map((one) => (
        <div key={one.id} className="cl">
          <b>{one.label || t('lab.source.head')}</b>
          <p>{one.text}</p>
          {lab.write && <button type="button" className="lk sm" onMouseDown={(event) => event.preventDefault()} onClick={() => cite({ doc: source.number || source.title, title: source.title, article: one.label, quote: quoteOf(one.text), issued: source.issuedOn })}>{row === null ? t('lab.cite') : t('lab.citeRow', { n: table.rows.findIndex((each) => each.id === row) + 1 })}</button>}
        </div>
      ))}
    </>
  )
}

/** Documents of the packs, in our own words. */
function Library({ lab, table, row }: { readonly lab: Lab; readonly table: PolicyTable; readonly row: string | null }) {
  const { t, both } = useWords()
  const cite = useCite(lab, table, row)
  const [doc, setDoc] = useState('')
  const documents = useSee(listDocuments, {}).value?.documents ?? []
  const seen = useSee(seeDocument, doc === '' ? null : { id: doc })
  return (
    <div className="library">
      <div className="pad sentence"><Choice label={t('lab.library')} value={doc} options={[{ id: '', name: t('lab.library') }, ...documents.map((one) => ({ id: one.id, name: both(one.title) }))]} onPick={setDoc} /></div>
      {doc !== '' && seen.value?.id === doc && seen.value.clauses.map((one) => (
        <div key={one.id} className="cl">
          <b>{one.number} {both(one.heading)}</b>
          <p>{both(one.summary)}</p>
          <button type="button" className="lk sm" onClick={() => cite({ doc, title: seen.value!.title.zh, article: one.number, quote: one.summary.zh, clause: `${doc}/${one.id}`, issued: seen.value!.issuedOn })}>{row === null ? t('lab.cite') : t('lab.citeRow', { n: table.rows.findIndex((each) => each.id === row) + 1 })}</button>
        </div>
      ))}
    </div>
  )
}

const MOST_BYTES = 200_000

/** A policy text pasted or read from a text file, cut into articles as it is typed. */
function SourceDialog({ lab, onClose }: { readonly lab: Lab; readonly onClose: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(keepSource)
  const before = lab.got.source
  const [title, setTitle] = useState(before?.title ?? '')
  const [number, setNumber] = useState(before?.number ?? '')
  const [issued, setIssued] = useState(before?.issuedOn ?? '')
  const [text, setText] = useState(before?.articles.map((one) => `${one.label} ${one.text}`.trim()).join('\n') ?? '')
  const [tooLong, setTooLong] = useState(false)
  const articles = splitArticles(text).map((one) => ({ ...one, text: one.text.slice(0, 4000) })).slice(0, 400)
  const file = async (chosen: File | undefined) => {
    if (!chosen) return
    setTooLong(chosen.size > MOST_BYTES)
    if (chosen.size <= MOST_BYTES) {
      setText(await chosen.text())
      if (title === '') setTitle(chosen.name.replace(/\.[a-z]+$/i, ''))
    }
  }
  const keep = async () => { if ((await run({ id: lab.got.version.id, source: { title: title.trim(), number: number.trim(), issuedOn: parseDay(issued), articles } })).ok) onClose() }
  return (
    <Dialog title={t('lab.source.paste')} onClose={onClose}>
      <div className="lab-source">
        <TextField label={t('lab.source.title')} value={title} onText={setTitle} />
        <div className="two"><TextField label={t('lab.source.number')} value={number} onText={setNumber} maxLength={80} /><TextField label={t('lab.source.issued')} value={issued} onText={setIssued} maxLength={14} placeholder={t('day.type')} /></div>
        <Field label={t('lab.source.text')} hint={t('lab.source.found', { n: formatNumber(articles.length) })}>{(id) => <textarea id={id} className="in" rows={10} value={text} onChange={(event) => setText(event.target.value)} />}</Field>
        <Field label={t('lab.source.file')} hint={tooLong ? t('lab.source.tooLong') : undefined}>{(id) => <input id={id} type="file" accept=".txt,.md,text/plain" onChange={(event) => void file(event.target.files?.[0])} />}</Field>
        <SayNo no={no} />
        <div className="row"><button type="button" className="b p" disabled={busy || title.trim().length < 2 || articles.length === 0} onClick={() => void keep()}>{t('lab.source.keep')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
      </div>
    </Dialog>
  )
}
