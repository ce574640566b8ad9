import type { ReactNode } from 'react'
import { Icon } from '../icons.tsx'
import type { IconName } from '../icons.tsx'
import { readClock } from '../words/format.ts'
import type { ClockReading } from '../words/format.ts'
import { useWords } from '../words/WordsProvider.tsx'

/** Words and a 4 px bar: grey, amber from 70 %, cinnabar when over. */
export function ClockBar({ reading, children }: { readonly reading: ClockReading; readonly children?: ReactNode }) {
  return (
    <div className={`clk ${reading.state}`}>
      <span>{children}{reading.words}</span>
      <svg className="bar" aria-hidden preserveAspectRatio="none" viewBox="0 0 100 4"><rect width={reading.share === 0 ? 0 : Math.max(2, reading.share * 100)} height="4" /></svg>
    </div>
  )
}

export interface WorkRowProps {
  readonly icon: IconName
  /** Who and what; put the reason in `<b>`. */
  readonly title: ReactNode
  readonly evidence: ReactNode
  /** Never a row without an owner. */
  readonly owner: string
  /** Who does it while nobody holds the post. */
  readonly ownerNote?: string
  readonly waitingFor?: string
  readonly startMs: number
  /** Null: no limit. */
  readonly dueMs: number | null
  readonly paused?: boolean
  readonly nowMs: number
  /** One verb: 改派, 核对, 审批. */
  readonly verb: string
  readonly onAct: () => void
  /** Why the verb rests now: a past day is only looked at. */
  readonly resting?: string
  readonly onOpen?: () => void
  readonly current?: boolean
  readonly id?: string
}

/** Kind · who and what, evidence · owner · clock · one verb. */
export function WorkRow(props: WorkRowProps) {
  const { lang } = useWords()
  const reading = readClock(props.startMs, props.dueMs, props.nowMs, lang, props.paused)
  return (
    <div className={props.current ? 'wr on' : 'wr'} id={props.id} role="listitem" aria-current={props.current ? 'true' : undefined} onClick={props.onOpen}>
      <Icon name={props.icon} />
      <div><h3>{props.title}</h3><p>{props.evidence}</p></div>
      <div className="ow">{props.owner}{props.ownerNote && <small>{props.ownerNote}</small>}{props.waitingFor && <small>{props.waitingFor}</small>}</div>
      <ClockBar reading={reading} />
      <button type="button" className={props.current ? 'b s p' : 'b s'} disabled={props.resting !== undefined} title={props.resting} onClick={(event) => { event.stopPropagation(); props.onAct() }}>{props.verb}</button>
    </div>
  )
}

/** The page heading with one line of counted facts in place of figure cards. */
export function Briefing({ title, children, actions }: { readonly title: ReactNode; readonly children?: ReactNode; readonly actions?: ReactNode }) {
  return (
    <div className="h">
      <h1>{title}</h1>
      {children !== undefined && <p className="brief">{children}</p>}
      {actions && <div className="act">{actions}</div>}
    </div>
  )
}

export function Card({ title, note, right, alarm, children, className }: { readonly title?: ReactNode; readonly note?: ReactNode; readonly right?: ReactNode; readonly alarm?: boolean; readonly children: ReactNode; readonly className?: string }) {
  return (
    <section className={`card${alarm ? ' alarm' : ''}${className ? ` ${className}` : ''}`}>
      {title !== undefined && <header><h2>{title}</h2>{note !== undefined && <span className="sm muted">{note}</span>}{right !== undefined && <div className="r">{right}</div>}</header>}
      {children}
    </section>
  )
}
