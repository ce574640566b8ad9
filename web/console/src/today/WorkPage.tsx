import { useEffect, useMemo, useState } from 'react'
import type { FormEvent } from 'react'
import { useQueries } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { listCases, openManualCase, seeCase } from '@songbai/capabilities/know/work/contract'
import type { CaseRow } from '@songbai/capabilities/know/work/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { FilteredEmpty } from '@songbai/web-shared/widgets/Deeds.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing, Card, ClockBar } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay, formatNumber, readClock } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { Choice, TextField } from '../parts/Fields.tsx'
import { usePages } from '../parts/usePages.ts'
import { SayNo, useDo } from '../query.tsx'
import { may, useSession, useView } from '../session.ts'
import { titleParts } from './caseItem.ts'
import { ownerInLine, ownerSaid } from './owner.ts'
import { DUE_WORD, DONE_WORD, KIND_WORD, dueFits, readFilter } from './workFilter.ts'
import type { WorkFilter } from './workFilter.ts'
import './today.css'

const PAGE = 200

function useFilter() {
  const [params, setParams] = useSearchParams()
  const put = (key: keyof WorkFilter, value: string) => setParams((before) => {
    const after = new URLSearchParams(before)
    if (value) after.set(key, value)
    else after.delete(key)
    return after
  }, { replace: true })
  return { filter: useMemo(() => readFilter(params), [params]), put, clear: () => setParams({}) }
}

/** Rows come soonest first (done ones newest first), so once a row lies past the day asked for, all of it is here. */
function useRows(filter: WorkFilter): { readonly rows: readonly CaseRow[] | null; readonly total: number; readonly more: (() => void) | null; readonly pages: ReturnType<typeof usePages<typeof listCases, CaseRow>> } {
  const { region } = useView()
  const { me } = useSession()
  const client = useClient()
  const { today } = useWords()
  const byDay = filter.due === 'today' || filter.due === 'tomorrow' || filter.done === 'today'
  const pages = usePages(listCases, { place: region, mine: filter.who === 'mine', open: filter.done === '', overdueOnly: filter.due === 'over' && filter.done === '', limit: PAGE, ...(filter.kind ? { type: filter.kind } : {}) }, (value) => value.rows)
  const last = pages.rows?.at(-1)
  const past = last !== undefined && (filter.done === 'today' ? chinaDay(last.closedAt ?? 0) < today : last.clock.dueAt === null || (filter.due === 'today' || filter.due === 'tomorrow') && chinaDay(last.clock.dueAt) > today && !dueFits(last, filter.due, today))
  const { more } = pages
  useEffect(() => {
    if (byDay && !past && more) more()
  }, [byDay, past, pages.rows?.length])
  const today0 = filter.done === 'today' ? (pages.rows ?? []).filter((row) => row.closedAt !== null && chinaDay(row.closedAt) === today) : []
  // Who closed a case stands in its history.
  const histories = useQueries({ queries: today0.map((row) => ({ queryKey: [seeCase.name, { id: row.id }], queryFn: ({ signal }: { signal: AbortSignal }) => client.see(seeCase, { id: row.id }, signal) })) })
  const closedByMe = new Set(histories.flatMap(({ data }) => (data?.ok && data.value.history.some((line) => line.by === me.name && line.at === data.value.case.closedAt) ? [data.value.case.id] : [])))
  const waiting = histories.some((one) => one.isPending)
  const rows = pages.rows === null || waiting ? null : filter.done === 'today' ? today0.filter((row) => closedByMe.has(row.id)) : pages.rows.filter((row) => dueFits(row, filter.due, today))
  return { rows, total: byDay ? (rows?.length ?? 0) : pages.total, more: byDay ? null : more, pages }
}

/** Every case of the place, by sentence: whose, which kind, due when, how far. */
export default function WorkPage() {
  const { t } = useWords()
  const { me } = useSession()
  const go = useGo()
  const { filter, put, clear } = useFilter()
  const { rows, total, more, pages } = useRows(filter)
  const [adding, setAdding] = useState(false)
  return (
    <div className="page">
      <Briefing title={t('work.title')} actions={<><button type="button" className="b" onClick={() => go('/today')}><Icon name="left" />{t('work.today')}</button>{may(me, openManualCase) && !adding && <button type="button" className="b p" onClick={() => setAdding(true)}><Icon name="plus" />{t('work.new')}</button>}</>}>{rows && t('work.brief', { n: t('common.items', { n: formatNumber(total) }) })}</Briefing>
      {adding && <NewCase onDone={() => setAdding(false)} />}
      <SayNo no={pages.no} onRetry={pages.again} />
      <Cases rows={rows} filter={filter} put={put} clear={clear} more={more} total={total} />
    </div>
  )
}

interface CasesProps {
  readonly rows: readonly CaseRow[] | null
  readonly filter: WorkFilter
  readonly put: (key: keyof WorkFilter, value: string) => void
  readonly clear: () => void
  readonly more: (() => void) | null
  readonly total: number
}

function Owner({ row }: { readonly row: CaseRow }) {
  const { who, note } = ownerSaid(row, useWords())
  return <span title={note ?? undefined}>{who}{note && <small className="muted el" style={{ display: 'block' }}>{note}</small>}</span>
}

function Cases({ rows, filter, put, clear, more, total }: CasesProps) {
  const words = useWords()
  const { t, both } = words
  const go = useGo()
  const conditions = [
    ...(filter.who === 'mine' ? [{ id: 'who', name: t('work.mine') }] : []), ...(filter.kind ? [{ id: 'kind', name: t(KIND_WORD[filter.kind]) }] : []),
    ...(filter.due ? [{ id: 'due', name: t(DUE_WORD[filter.due]) }] : []), ...(filter.done ? [{ id: 'done', name: t(DONE_WORD[filter.done]) }] : []),
  ]
  return (
    <DenseList
      id="work" label={t('work.title')} rows={rows} rowKey={(row) => row.id} onPage={(row) => go(`/work/${row.id}`)} toolbar={<Sentence filter={filter} put={put} />} cardHeight={94}
      columns={[
        { id: 'what', title: t('work.what'), width: 'minmax(0,3fr)', cell: (row) => <Title row={row} /> },
        { id: 'place', title: t('work.place'), width: 'minmax(130px,1fr)', cell: (row) => placeSaid(row.place) },
        { id: 'owner', title: t('work.owner'), width: '160px', cell: (row) => <Owner row={row} /> },
        { id: 'state', title: t('work.state'), width: '120px', cell: (row) => <Stage row={row} /> },
        { id: 'clock', title: t('work.clock'), width: '120px', cell: (row) => <Clock row={row} /> },
      ]}
      card={(row) => <><div><Title row={row} /></div><div className="sm muted">{placeSaid(row.place)} · {ownerInLine(row, words)}</div><div className="row"><Stage row={row} /><span className="end"><Clock row={row} /></span></div></>}
      opened={(row) => <><p className="sm">{row.evidence ? both(row.evidence) : both(row.stateTitle)}{row.waitingFor && ` · ${t('work.waits')} ${both(row.waitingFor.name)}`}</p><button type="button" className="b s p" style={{ marginTop: 6 }} onClick={() => go(`/work/${row.id}`)}>{row.moves[0] ? both(row.moves[0].verb) : t('work.see')}</button></>}
      empty={conditions.length > 0 ? <FilteredEmpty conditions={conditions} onDrop={(id) => put(id as keyof WorkFilter, '')} onClear={clear} /> : <EmptyState icon="check" tone="good" title={t('work.none')} actions={<button type="button" className="b p" onClick={() => go('/today')}>{t('work.today')}</button>}>{t('work.none.body')}</EmptyState>}
      {...(more && rows ? { more: { left: total - rows.length, load: more } } : {})}
    />
  )
}

function Sentence({ filter, put }: { readonly filter: WorkFilter; readonly put: CasesProps['put'] }) {
  const { t } = useWords()
  const options = <K extends string>(words: Readonly<Record<K, Parameters<typeof t>[0]>>) => Object.entries(words).map(([id, word]) => ({ id, name: t(word as 'work.mine') }))
  return (
    <div className="sentence">
      <Choice label={t('work.who')} value={filter.who} options={[{ id: '', name: t('work.all') }, { id: 'mine', name: t('work.mine') }]} onPick={(id) => put('who', id)} />
      <Choice label={t('work.kind')} value={filter.kind} options={[{ id: '', name: t('work.anyKind') }, ...options(KIND_WORD)]} onPick={(id) => put('kind', id)} />
      {filter.done === '' && <Choice label={t('work.due')} value={filter.due} options={[{ id: '', name: t('work.due.any') }, ...options(DUE_WORD)]} onPick={(id) => put('due', id)} />}
      <Choice label={t('work.stage')} value={filter.done} options={[{ id: '', name: t('work.done.not') }, ...options(DONE_WORD)]} onPick={(id) => put('done', id)} />
    </div>
  )
}

function Title({ row }: { readonly row: CaseRow }) {
  const { both } = useWords()
  return titleParts(row, both).map((part, i) => (i % 2 === 1 ? <b key={i}>{part}</b> : part))
}

function Stage({ row }: { readonly row: CaseRow }) {
  const { both } = useWords()
  return <StateMark small state={row.closedAt !== null ? 'yes' : row.clock.tone === 'red' ? 'alarm' : 'notYet'}>{both(row.outcome ?? row.stateTitle)}</StateMark>
}

function Clock({ row }: { readonly row: CaseRow }) {
  const { t, lang, day } = useWords()
  if (row.closedAt !== null) return <span className="sm muted">{t('work.closedOn', { day: day(chinaDay(row.closedAt)) })}</span>
  return <ClockBar reading={readClock(row.clock.startedAt ?? row.openedAt, row.clock.dueAt, Date.now(), lang, row.clock.tone === 'paused')} />
}

function NewCase({ onDone }: { readonly onDone: () => void }) {
  const { t } = useWords()
  const { region } = useView()
  const { run, busy, no } = useDo(openManualCase)
  const [text, setText] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || text.trim().length < 2) return
    const answer = await run({ text: text.trim(), region })
    if (answer.ok) onDone()
  }
  return (
    <Card title={t('work.new')} className="form">
      <form className="pad" onSubmit={(event) => void submit(event)}>
        <TextField label={t('work.new.text')} value={text} onText={setText} hint={t('work.new.hint')} />
        <SayNo no={no} />
        <div className="row"><button type="submit" className="b p" aria-disabled={busy || text.trim().length < 2}>{t('work.new.go')}</button><button type="button" className="b" onClick={onDone}>{t('common.cancel')}</button></div>
      </form>
    </Card>
  )
}
