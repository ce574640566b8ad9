import { useState } from 'react'
import type { FormEvent } from 'react'
import { useParams } from 'react-router'
import { listUsers } from '@songbai/capabilities/know/users/contract'
import { moveCase, reassignCase, seeCase } from '@songbai/capabilities/know/work/contract'
import type { CaseRow } from '@songbai/capabilities/know/work/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { To } from '@songbai/web-shared/go.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Briefing, Card, ClockBar } from '@songbai/web-shared/widgets/Work.tsx'
import { readClock } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { SelectField, TextField } from '../parts/Fields.tsx'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { ROLE_WORD } from '../users/roles.ts'
import { ownerInLine } from './owner.ts'
import './today.css'

type Case = OutputOf<typeof seeCase>

/** One case: state, owner, clock, what can be done now, what was done, and what happens if nobody acts. */
export default function CasePage() {
  const { id = '' } = useParams()
  const { both } = useWords()
  const seen = useSee(seeCase, { id })
  return (
    <div className="page">
      <Show page seen={seen} rows={6}>
        {(got) => (
          <>
            <Briefing title={got.case.subjectName ?? both(got.case.title)}>{got.case.subjectName === null ? null : both(got.case.title)}</Briefing>
            <div className="case">
              <div><Facts row={got.case} /><Moves key={got.case.revision} row={got.case} /><HandOver key={`over${got.case.revision}`} row={got.case} /></div>
              <div><History history={got.history} /><Ladder ladder={got.ladder} /></div>
            </div>
          </>
        )}
      </Show>
    </div>
  )
}

function Facts({ row }: { readonly row: CaseRow }) {
  const words = useWords()
  const { t, both, lang, ago } = words
  const now = Date.now()
  const reading = readClock(row.clock.startedAt ?? row.openedAt, row.clock.dueAt, now, lang, row.clock.tone === 'paused')
  return (
    <Card className="pad">
      <dl>
        <dt>{t('work.state')}</dt><dd><b>{both(row.stateTitle)}</b>{row.outcome && <> <StateMark state="yes">{t('work.done', { outcome: both(row.outcome) })}</StateMark></>}</dd>
        <dt>{t('work.owner')}</dt><dd>{ownerInLine(row, words)}{row.waitingFor && <span className="muted"> · {t('work.waits')} {both(row.waitingFor.name)}</span>}</dd>
        {row.closedAt === null && <><dt /><dd style={{ maxWidth: 220 }}><ClockBar reading={reading} /></dd></>}
        <dt>{t('work.place')}</dt><dd>{placeSaid(row.place)}</dd>
        {row.subjectName !== null && <><dt>{t('work.about')}</dt><dd>{row.link ? <To to={row.link}>{row.subjectName}</To> : row.subjectName}</dd></>}
        {row.evidence && <><dt>{t('work.evidence')}</dt><dd>{both(row.evidence)}</dd></>}
        <dt>{t('work.opened')}</dt><dd>{ago(row.openedAt, now)}</dd>
      </dl>
    </Card>
  )
}

function Moves({ row }: { readonly row: CaseRow }) {
  const words = useWords()
  const { t, both } = words
  const { run, busy, no } = useDo(moveCase)
  const [outcome, setOutcome] = useState('')
  const [note, setNote] = useState('')
  if (row.closedAt !== null) return null
  if (row.moves.length === 0) return <Card title={t('work.now')}><p className="pad muted">{t('work.nothing', { who: ownerInLine(row, words) })}</p></Card>
  const outcomes = row.moves.flatMap((move) => move.outcomes)
  const take = (move: string) => (event?: FormEvent) => {
    event?.preventDefault()
    const fits = row.moves.find((one) => one.id === move)?.outcomes.some((one) => one.id === outcome)
    if (!busy) void run({ id: row.id, move, seen: row.revision, ...(fits ? { outcome } : {}), ...(note.trim() ? { note: note.trim() } : {}) })
  }
  return (
    <Card title={t('work.now')}>
      <form className="pad" onSubmit={take(row.moves[0]!.id)}>
        <SayNo no={no} />
        {outcomes.length > 0 && (
          <fieldset style={{ border: 0, padding: 0, margin: '0 0 12px' }}>
            <legend><b>{t('work.outcome')}</b></legend>
            {outcomes.map((one) => <label key={one.id} className="row" style={{ minHeight: 32 }}><input type="radio" name="outcome" checked={outcome === one.id} onChange={() => setOutcome(one.id)} />{both(one.title)}</label>)}
          </fieldset>
        )}
        <div className="fld"><label htmlFor="note">{t('work.note')}</label><textarea id="note" maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} /></div>
        <div className="row wrap">{row.moves.map((move, at) => <button key={move.id} type={at === 0 ? 'submit' : 'button'} className={at === 0 ? 'b p' : 'b'} aria-disabled={busy} onClick={at === 0 ? undefined : () => take(move.id)()}>{both(move.verb)}</button>)}</div>
      </form>
    </Card>
  )
}

function HandOver({ row }: { readonly row: CaseRow }) {
  const { t } = useWords()
  const { me } = useSession()
  const { run, busy, no } = useDo(reassignCase)
  const [open, setOpen] = useState(false)
  const [to, setTo] = useState('')
  const [why, setWhy] = useState('')
  const [wrong, setWrong] = useState(false)
  const people = useSee(listUsers, open ? {} : null)
  if (row.closedAt !== null || !may(me, reassignCase) || !may(me, listUsers)) return null
  if (!open) return <div><button type="button" className="b" onClick={() => setOpen(true)}>{t('work.reassign')}</button></div>
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const ready = to !== '' && why.trim().length >= 2
    setWrong(!ready)
    if (ready && !busy) void run({ id: row.id, userId: to, reason: why.trim(), seen: row.revision })
  }
  const others = (people.value?.users ?? []).filter((user) => user.id !== row.owner.id)
  return (
    <Card title={t('work.reassign')}>
      <form className="pad" onSubmit={submit}>
        <SelectField label={t('work.reassign.to')} value={to} options={[{ id: '', name: t('work.reassign.pick') }, ...others.map((user) => ({ id: user.id, name: t('common.noted', { text: user.name, note: [...user.roles.map((role) => t(ROLE_WORD[role])), user.place].join(t('elder.and')) }) }))]} onPick={setTo} />
        <TextField label={t('work.reassign.why')} value={why} onText={setWhy} />
        {wrong && <p className="sm" role="alert" style={{ color: 'var(--cin-6)', marginBottom: 8 }}>{t('work.reassign.wrong')}</p>}
        <SayNo no={people.no ?? no} />
        <div className="row"><button type="submit" className="b p" aria-disabled={busy}>{t('work.reassign.go')}</button><button type="button" className="b" onClick={() => setOpen(false)}>{t('common.cancel')}</button></div>
      </form>
    </Card>
  )
}

function History({ history }: { readonly history: Case['history'] }) {
  const { t, both, ago } = useWords()
  return (
    <Card title={t('work.history')}>
      <table className="tb"><tbody>{history.map((one, at) => <tr key={at}><td className="nowrap muted">{ago(one.at, Date.now())}</td><td>{both(one.text)}{one.note && <div className="src">{one.note}</div>}</td><td className="src">{one.by}</td></tr>)}</tbody></table>
    </Card>
  )
}

const RUNG = { fired: ['yes', 'work.ladder.fired'], running: ['notYet', 'work.ladder.running'], later: ['no', 'work.ladder.later'] } as const

function Ladder({ ladder }: { readonly ladder: Case['ladder'] }) {
  const { t, both, ago } = useWords()
  if (ladder.length === 0) return null
  return (
    <Card title={t('work.ladder')}>
      <ol className="ladder">
        {ladder.map((step) => <li key={step.id} className={step.state}><StateMark small state={RUNG[step.state][0]}>{t(RUNG[step.state][1])}</StateMark><span className="grow">{both(step.title)}</span>{step.at !== null && <span className="src">{ago(step.at, Date.now())}</span>}</li>)}
      </ol>
      <p className="pad sm muted">{t('work.ladder.goes')}</p>
    </Card>
  )
}
