import { useState } from 'react'
import { startRun } from '@songbai/capabilities/know/matching/contract'
import type { listSources, Setup } from '@songbai/capabilities/know/matching/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import type { Place } from '@songbai/web-shared/widgets/Pickers.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { DayField, PlaceField, SelectField } from '../parts/Fields.tsx'
import { SayNo, useDo } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { choicesOf, SKIP } from './model.ts'
import type { Run } from './model.ts'

type Source = OutputOf<typeof listSources>['sources'][number]

/** What each column is taken for, whose people are compared, and which day the list speaks of. */
export function Headings({ run, source }: { readonly run: Run; readonly source: Source }) {
  const { t, today } = useWords()
  const { me, view, path } = useSession()
  const first = run.sheets.find((one) => one.table !== null) ?? run.sheets[0]
  const [setup, setSetup] = useState<Setup>(() => ({ ...(run.setup ?? run.suggested ?? { sheet: first?.index ?? 0, headingRows: first?.table?.headingRows ?? [1], choices: first ? choicesOf(first) : [], listDay: today }), place: run.setup?.place ?? view.region.padEnd(12, '0') }))
  const [place, setPlace] = useState<readonly Place[]>(path)
  const { run: start, busy, no } = useDo(startRun)
  const sheet = run.sheets.find((one) => one.index === setup.sheet)
  const toSheet = (index: string) => {
    const next = run.sheets.find((one) => String(one.index) === index)
    if (next) setSetup({ ...setup, sheet: next.index, headingRows: next.table?.headingRows ?? [1], choices: choicesOf(next) })
  }
  const choose = (column: number, choice: string | null) => setSetup({ ...setup, choices: setup.choices.map((one, at) => (at === column ? choice : one)) })
  return (
    <div className="match-two">
      <Card title={t('match.hd.title')}>
        {sheet?.table ? <Columns sheet={sheet} source={source} setup={setup} onChoose={choose} /> : <p className="pad">{t('match.state.unreadable')}</p>}
      </Card>
      <div className="match-side">
        <section className="card pad">
          {run.sheets.length > 1 && <SelectField label={t('match.hd.sheet')} value={String(setup.sheet)} options={run.sheets.map((one) => ({ id: String(one.index), name: `${one.name} · ${one.rows}` }))} onPick={toSheet} />}
          <PlaceField label={t('match.hd.place')} path={place} onPick={(trail) => { setPlace(trail); setSetup({ ...setup, place: trail.at(-1)?.region.padEnd(12, '0') ?? setup.place }) }} />
          <DayField label={t('match.hd.day')} value={setup.listDay} hint={t('match.hd.day.hint')} onDay={(day) => setSetup({ ...setup, listDay: day })} />
          <SayNo no={no} />
          {may(me, startRun) && !view.readOnly && <button type="button" className="b p big" disabled={busy || setup.listDay === ''} onClick={() => void start({ runId: run.id, setup })}>{t('match.hd.start')}</button>}
        </section>
        <Card title={t('match.hd.means')}><Means source={source} /></Card>
      </div>
    </div>
  )
}

function Columns({ sheet, source, setup, onChoose }: { readonly sheet: Run['sheets'][number]; readonly source: Source; readonly setup: Setup; readonly onChoose: (column: number, choice: string | null) => void }) {
  const { t, both } = useWords()
  return (
    <table className="tb match-columns">
      <thead><tr><th>{t('match.hd.col')}</th><th>{t('match.hd.written')}</th><th>{t('match.hd.as')}</th></tr></thead>
      <tbody>
        {sheet.columns.map((one) => {
          const choice = setup.choices[one.column] ?? null
          return (
            <tr key={one.column}>
              <td className="muted">{one.letter}</td>
              <td><b>{one.heading || '—'}</b><div className="sm muted el">{one.samples.slice(0, 2).join('、')}</div></td>
              <td>
                <select aria-label={`${one.letter} ${t('match.hd.as')}`} className={choice === null ? 'in ask' : 'in'} value={choice ?? ''} onChange={(event) => onChoose(one.column, event.target.value === '' ? null : event.target.value)}>
                  <option value="">{t('match.hd.choose')}</option><option value={SKIP}>{t('match.hd.skip')}</option>
                  {source.columns.map((field) => <option key={field.id} value={field.id}>{both(field.label)}</option>)}
                </select>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Means({ source }: { readonly source: Source }) {
  const { t, both } = useWords()
  return (
    <ul className="pad match-means">
      {source.columns.flatMap((one) => (one.means ? [<li key={one.id}><b>{both(one.label)}</b><span className="sm muted">{both(one.means)}</span></li>] : []))}
      <li className="sm">{t(source.complete ? 'match.hd.complete' : 'match.hd.partial')}</li>
    </ul>
  )
}
