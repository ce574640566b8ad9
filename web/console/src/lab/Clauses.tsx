import { useState } from 'react'
import { listDocuments, seeDocument } from '@songbai/capabilities/decide/policies/contract'
import type { SourceText } from '@songbai/capabilities/decide/policies/contract'
import type { PolicyTable } from '@songbai/policy'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Choice } from '../parts/Fields.tsx'
import { useSee } from '../query.tsx'
import { rowsCiting } from './model.ts'
import { SourceDialog } from './SourceDialog.tsx'
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
