import { useEffect, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { exportTrial, seeForecast, seeSamples } from '@songbai/capabilities/decide/lab/contract'
import type { Figures } from '@songbai/capabilities/decide/lab/contract'
import { seeTask } from '@songbai/platform/system'
import { useClient } from '@songbai/web-shared/api.ts'
import { To } from '@songbai/web-shared/go.tsx'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import * as z from 'zod'
import { SayNo, useDo } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Lines } from './Lines.tsx'
import { losers, signed, sumText, tilesOf, winners } from './model.ts'
import { PeopleNum } from './PeopleNum.tsx'
import { useInView } from './useInView.ts'
import { Uses } from './Uses.tsx'
import type { Lab } from './useLab.ts'

/** Money, people, places and months of the text beside the law in force. */
export function Impact({ lab }: { readonly lab: Lab }) {
  const { t } = useWords()
  const { me } = useSession()
  const [exporting, setExporting] = useState(false)
  const figures = lab.trial?.figures ?? null
  return (
    <Card className="lab-impact" title={t('lab.impact')} note={lab.trying ? t('lab.counting') : t('lab.impact.note')} right={figures && may(me, exportTrial) && <button type="button" className="lk" onClick={() => setExporting(true)}>{t('common.export')}</button>}>
      {figures === null ? <p className="pad muted">{t(lab.trial ? 'lab.impact.none' : 'lab.counting')}</p> : (
        <>
          <Money lab={lab} figures={figures} />
          <Tiles figures={figures} />
          <Months lab={lab} />
          {may(me, seeSamples) && <Samples lab={lab} />}
        </>
      )}
      {exporting && <ExportDialog lab={lab} onClose={() => setExporting(false)} />}
    </Card>
  )
}

function per(figures: Figures) {
  return figures.cycle === 'year' ? 'lab.unit.year' as const : figures.cycle === 'once' ? 'lab.unit.once' as const : 'lab.unit.month' as const
}

function Money({ lab, figures }: { readonly lab: Lab; readonly figures: Figures }) {
  const { t, both } = useWords()
  const { groups, population } = figures
  const delta = figures.afterFen - figures.beforeFen
  const [up, down] = [winners(groups), losers(groups)]
  const share = (n: number) => `${n === 0 ? 0 : Math.max(2.5, (n / Math.max(1, population)) * 100)}%`
  return (
    <div className="pad">
      <div className="row base"><span className="big">{sumText(figures.afterFen)}</span><span className="muted">{t(per(figures))}</span><b className={delta > 0 ? 'end more' : delta < 0 ? 'end less' : 'end'}>{delta === 0 ? t('lab.same') : signed(delta)}</b></div>
      <p className="sm muted">{t('lab.money.now', { fen: sumText(figures.beforeFen) })}{figures.cycle === 'month' || figures.cycle === 'use' ? ` · ${t('lab.money.year', { fen: signed(delta * 12) })}` : ''}</p>
      {figures.cycle === 'use' && <Uses uses={lab.uses} onUses={lab.setUses} />}
      <div className="wl" role="img" aria-label={t('lab.bar', { up: formatNumber(up), down: formatNumber(down), same: formatNumber(groups.unchanged) })}>
        {up > 0 && <i className="w" style={{ width: share(up) }} />}<i className="s">{t('lab.unchanged', { n: formatNumber(groups.unchanged) })}</i>{down > 0 && <i className="l" style={{ width: share(down) }} />}
      </div>
      <div className="row sm wrap between">
        <span className="row"><StateMark state={up > 0 ? 'yes' : 'no'} small>{t('lab.winners')}</StateMark><PeopleNum lab={lab} group="winners" n={up} title={t('lab.winners')} /><span className="muted">{t('lab.winners.parts', { newly: formatNumber(groups.newly), raised: formatNumber(groups.raised) })}</span></span>
        <span className="row"><StateMark state={down > 0 ? 'alarm' : 'no'} small>{t('lab.losers')}</StateMark><PeopleNum lab={lab} group="losers" n={down} title={t('lab.losers')} />{down > 0 && <span className="muted">{t('lab.losers.parts', { dropped: formatNumber(groups.dropped), lowered: formatNumber(groups.lowered) })}</span>}</span>
      </div>
      <p className="src">{t('lab.sum', { n: formatNumber(population) })}{figures.openAfter > 0 && ` · ${t('lab.open', { n: formatNumber(figures.openAfter) })}`}</p>
      {figures.others.length > 0 && <p className="src">{t('lab.others')} {figures.others.map((one) => `${both(one.title)} ${signed(one.afterFen - one.beforeFen)}`).join(t('lab.semi'))}</p>}
    </div>
  )
}

function Tiles({ figures }: { readonly figures: Figures }) {
  const { t } = useWords()
  const { tiles, limits } = tilesOf(figures.townships)
  const [open, setOpen] = useState(false)
  const thousand = (limits[0] ?? 0) >= 100_000
  const word = (fen: number) => (thousand ? formatNumber(fen / 100_000, fen % 100_000 === 0 ? 0 : 1) : sumText(fen))
  const less = tiles.some((one) => one.step < 0)
  return (
    <div className="pad part">
      <div className="row sm head"><b>{t('lab.places')}</b><button type="button" className="lk end" aria-expanded={open} onClick={() => setOpen(!open)}>{t(open ? 'lab.places.tiles' : 'lab.places.table')}</button></div>
      {open ? (
        <div className="scroll-x"><table className="tb"><thead><tr><th>{t('lab.place')}</th><th className="num">{t('lab.before')}</th><th className="num">{t('lab.after')}</th><th className="num">{t('lab.delta')}</th><th className="num">{t('lab.winners')}</th><th className="num">{t('lab.losers')}</th></tr></thead>
          <tbody>{figures.townships.map((one) => <tr key={one.code}><td>{one.name || t('lab.unplaced')}</td><td className="num">{sumText(one.beforeFen)}</td><td className="num">{sumText(one.afterFen)}</td><td className="num">{signed(one.afterFen - one.beforeFen)}</td><td className="num">{formatNumber(one.winners)}</td><td className="num">{formatNumber(one.losers)}</td></tr>)}
            <tr className="sum"><td><b>{t('lab.total')}</b></td><td className="num">{sumText(figures.beforeFen)}</td><td className="num">{sumText(figures.afterFen)}</td><td className="num"><b>{signed(figures.afterFen - figures.beforeFen)}</b></td><td className="num">{formatNumber(winners(figures.groups))}</td><td className="num">{formatNumber(losers(figures.groups))}</td></tr></tbody></table></div>
      ) : (
        <>
          <div className="tiles">{tiles.map((one) => <span key={one.code} className={one.step > 0 ? `t${one.step}` : one.step < 0 ? `m${-one.step}` : 't0'} title={`${one.name || t('lab.unplaced')} ${signed(one.deltaFen)}`}>{one.label}</span>)}</div>
          <div className="row sm muted legend">{t(thousand ? 'lab.legend.thousand' : 'lab.legend.yuan')} <i className="t0" />0 {[0, 1, 2, 3, 4].map((n) => <span key={n} className="row"><i className={`t${n + 1}`} />{n === 0 ? `<${word(limits[0] ?? 0)}` : n === 4 ? `≥${word(limits[3] ?? 0)}` : `${word(limits[n - 1] ?? 0)}–${word(limits[n] ?? 0)}`}</span>)}{less && <span className="row"><i className="m3" />{t('lab.legend.less')}</span>}</div>
        </>
      )}
    </div>
  )
}

const TAKE_UP = [100, 95, 90, 80, 70, 50, 0]

function Months({ lab }: { readonly lab: Lab }) {
  const { t, both } = useWords()
  const client = useClient()
  const [takeUp, setTakeUp] = useState(100)
  const { data: answer, isFetching } = useQuery({
    queryKey: [seeForecast.name, lab.question, takeUp, lab.trial === undefined], placeholderData: keepPreviousData, staleTime: 60_000, enabled: !lab.trying && lab.trial?.figures !== null && lab.trial !== undefined,
    queryFn: ({ signal }) => client.see(seeForecast, { ...lab.question, months: 12, takeUpPercent: takeUp }, signal),
  })
  const got = answer?.ok ? answer.value : null
  return (
    <div className="pad part">
      <div className="row sm head"><b>{t('lab.months.title')}</b><label className="end muted">{t('lab.takeUp')} <select value={takeUp} onChange={(event) => setTakeUp(Number(event.target.value))}>{TAKE_UP.map((one) => <option key={one} value={one}>{one}%</option>)}</select></label></div>
      {answer && !answer.ok && <SayNo no={answer} />}
      {got ? <Lines months={got.months} dim={isFetching || lab.trying} /> : <p className="muted sm">{t('lab.counting')}</p>}
      {got && <ul className="src assumed"><li className="muted">{t('lab.assumed')}</li>{got.assumptions.map((one) => <li key={one.zh}>{both(one)}</li>)}</ul>}
    </div>
  )
}

const SETTLED_MS = 1200

/** True once a value has not changed for a while. */
function useStill(value: unknown, ms: number): boolean {
  const [still, setStill] = useState<unknown>(value)
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return still === value
}

function Samples({ lab }: { readonly lab: Lab }) {
  const { t, both } = useWords()
  const client = useClient()
  const [seed, setSeed] = useState(17)
  const [open, setOpen] = useState<string | null>(null)
  const [ref, inView] = useInView()
  const still = useStill(lab.question, SETTLED_MS)
  // People are looked at for a text that can be read and stands still, and only by who sees them.
  const sound = !lab.trying && lab.trial !== undefined && lab.trial.problems.length === 0 && lab.trial.figures !== null
  const { data: answer, isFetching } = useQuery({
    queryKey: [seeSamples.name, lab.question, seed], placeholderData: keepPreviousData, staleTime: 60_000, enabled: sound && still && inView,
    queryFn: ({ signal }) => client.see(seeSamples, { ...lab.question, seed, n: 3 }, signal),
  })
  const rows = answer?.ok ? answer.value.rows : []
  return (
    <div ref={ref} className={isFetching || !sound || !still ? 'part samples dim' : 'part samples'}>
      <div className="row sm pad head"><b>{t('lab.samples')}</b><span className="end muted">{t('lab.seed', { n: seed })} · <button type="button" className="lk" onClick={() => setSeed(((seed * 7919 + 13) % 999_983))}>{t('lab.reseed')}</button></span></div>
      {rows.map((one) => (
        <div key={one.elderId}>
          <button type="button" className="person" aria-expanded={open === one.elderId} onClick={() => setOpen(open === one.elderId ? null : one.elderId)}>
            <span className="el">{one.name} {one.age !== null && t('lab.years.old', { n: one.age })} <span className="muted">{both(one.facts)}</span></span>
            <span className="end nowrap"><span className="muted">{both(one.before.text)} →</span> <b className={one.group === 'unchanged' ? 'muted' : one.group === 'dropped' || one.group === 'lowered' ? 'hot' : undefined}>{both(one.after.text)}</b></span>
          </button>
          {open === one.elderId && <div className="why2"><div><b>{t('lab.before')}</b>{one.why.before.map((line) => <p key={line.zh}>{both(line)}</p>)}</div><div><b>{t('lab.after')}</b>{one.why.after.map((line) => <p key={line.zh}>{both(line)}</p>)}</div><To to={`/elders/${one.elderId}`}>{t('lab.toElder')}</To></div>}
        </div>
      ))}
    </div>
  )
}

const fileOf = z.object({ fileId: z.string(), name: z.string(), rows: z.number() })

function ExportDialog({ lab, onClose }: { readonly lab: Lab; readonly onClose: () => void }) {
  const { t } = useWords()
  const client = useClient()
  const { run, busy, no } = useDo(exportTrial, [])
  const [purpose, setPurpose] = useState('')
  const [names, setNames] = useState(false)
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx')
  const [taskId, setTaskId] = useState<string | null>(null)
  const { data: answer } = useQuery({
    queryKey: ['lab.export', taskId], enabled: taskId !== null, queryFn: ({ signal }) => client.see(seeTask, { id: taskId! }, signal),
    refetchInterval: ({ state }) => (state.data?.ok && !['waiting', 'running'].includes(state.data.value.state) ? false : 500),
  })
  const task = answer?.ok ? answer.value : null
  const file = task?.state === 'done' ? fileOf.safeParse(task.result).data : undefined
  const start = async () => {
    const made = await run({ ...lab.question, names, format, purpose: purpose.trim() })
    if (made.ok) setTaskId(made.value.taskId)
  }
  return (
    <Dialog title={t('lab.export')} onClose={onClose}>
      {taskId === null ? (
        <form onSubmit={(event) => { event.preventDefault(); void start() }}>
          <div className="fld"><label htmlFor="lab-purpose">{t('lab.export.purpose')}</label><input id="lab-purpose" className="in" autoComplete="off" autoFocus required minLength={2} maxLength={100} value={purpose} onChange={(event) => setPurpose(event.target.value)} /><p className="hint">{t('lab.export.logged')}</p></div>
          <label className="row"><input type="checkbox" checked={names} onChange={(event) => setNames(event.target.checked)} />{t('lab.export.names')}</label>
          <div className="fld row" role="radiogroup" aria-label={t('lab.export.format')}>{(['xlsx', 'csv'] as const).map((one) => <label key={one} className="row"><input type="radio" name="lab-format" checked={format === one} onChange={() => setFormat(one)} />{t(one === 'xlsx' ? 'lab.export.sheet' : 'lab.export.text')}</label>)}</div>
          <SayNo no={no} />
          <div className="row"><button type="submit" className="b p" disabled={busy}>{t('common.export')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
        </form>
      ) : (
        <>
          {!file && task?.state !== 'failed' && <p role="status">{t('lab.export.making')}</p>}
          {file && <p role="status">{t('lab.export.done')} <a href={client.fileUrl(file.fileId)} download={file.name}>{file.name}</a></p>}
          {task?.state === 'failed' && <p role="alert">{t('lab.export.failed')}</p>}
          <div className="row"><button type="button" className="b" onClick={onClose}>{t('common.close')}</button></div>
        </>
      )}
    </Dialog>
  )
}
