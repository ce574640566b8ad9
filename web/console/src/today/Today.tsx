import { useMemo, useRef, useState } from 'react'
import { Kbd, useKeys } from '@songbai/web-shared/Keys.tsx'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Chip, Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import type { NumTone } from '@songbai/web-shared/widgets/Num.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing, Card, WorkRow } from '@songbai/web-shared/widgets/Work.tsx'
import { dayNumber, formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useView } from '../session.ts'
import { Behind, Newly } from './TodaySide.tsx'
import { groupByClock } from './model.ts'
import type { Counted, TodayGroup, TodayItem, TodayModel } from './model.ts'
import './today.css'

/** Today's work first, what is new and what falls behind beside it. */
export function Today({ model, onAct }: { readonly model: TodayModel; readonly onAct: (item: TodayItem) => void }) {
  const { t, rich, day, weekday } = useWords()
  const { at } = useView()
  return (
    <div className="page">
      <Briefing title={t('today.title')}>
        {t('today.date', { day: day(at), weekday: weekday(at) })}
        {rich('today.yours', { n: <Count of={model.mine} word="common.items" /> })}
        {model.overdue.n > 0 && <>{t('list.comma')}{rich('today.over', { n: <Count of={model.overdue} word="common.items" tone="hot" /> })}</>}
        {model.newly && <>{t('list.semicolon')}{rich('today.fresh', { n: <Count of={model.newly.all} word="common.people" /> })}</>}{t('list.stop')}
      </Briefing>
      <div className={model.newly || model.behind ? 'today-grid' : 'today-grid alone'}>
        <div><WorkList model={model} onAct={onAct} /></div>
        {(model.newly || model.behind) && <div>{model.newly && <Newly newly={model.newly} />}{model.behind && <Behind behind={model.behind} />}</div>}
      </div>
    </div>
  )
}

export function Count({ of, word, tone }: { readonly of: Counted; readonly word?: 'common.items' | 'common.people'; readonly tone?: NumTone }) {
  const { t } = useWords()
  const n = formatNumber(of.n)
  return <Num {...(tone ? { tone } : {})} {...(of.to ? { to: of.to } : {})} {...(of.detail ? { detail: of.detail } : {})}>{word ? t(word, { n }) : n}</Num>
}

/** Midnight at the end of today, China time. */
function endOf(today: string): number {
  return (dayNumber(today) + 1) * 86_400_000 - 8 * 3_600_000
}

function WorkList({ model, onAct }: { readonly model: TodayModel; readonly onAct: (item: TodayItem) => void }) {
  const { t, dayLong } = useWords()
  const view = useView()
  const go = useGo()
  const box = useRef<HTMLDivElement>(null)
  const groups = useMemo(() => groupByClock(model.items, model.nowMs, endOf(view.at)), [model, view.at])
  const resting = view.readOnly ? t('day.past', { day: dayLong(view.at) }) : undefined
  const order = groups.flatMap((group) => group.items)
  const [at, setAt] = useState(0)
  const move = (by: number) => {
    const next = Math.min(order.length - 1, Math.max(0, at + by))
    setAt(next)
    box.current?.querySelector(`#work-${order[next]?.id}`)?.scrollIntoView({ block: 'nearest' })
  }
  const here = order[at]
  useKeys({
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
    Enter: (event) => (event.target === document.body || box.current?.contains(event.target as Node) === false ? here && go(here.to) : false),
    a: () => here && resting === undefined && onAct(here),
  }, box)
  if (order.length === 0) return <Card title={t('today.list')}><AllDone model={model} /></Card>
  return (
    <Card title={t('today.list')} note={<Chip square>{t('today.byClock')}</Chip>} right={<KeyHints />}>
      <div ref={box} role="list">
        {groups.map((group) => <Group key={group.kind} group={group} current={here} onAct={onAct} nowMs={model.nowMs} resting={resting} onPoint={(item) => { setAt(order.indexOf(item)); go(item.to) }} />)}
      </div>
    </Card>
  )
}

const GROUP_WORD = { over: 'today.group.over', today: 'today.group.today', week: 'today.group.week', later: 'today.group.later' } as const

function Group({ group, current, nowMs, resting, onAct, onPoint }: { readonly resting: string | undefined; readonly group: TodayGroup; readonly current: TodayItem | undefined; readonly nowMs: number; readonly onAct: (item: TodayItem) => void; readonly onPoint: (item: TodayItem) => void }) {
  const { t } = useWords()
  return (
    <>
      <div className={`wg ${group.kind}`} role="presentation"><b>{t(GROUP_WORD[group.kind], { n: group.items.length })}</b>{group.kind === 'over' && t('today.group.over.hint')}</div>
      {group.items.map((item) => (
        <WorkRow
          key={item.id} id={`work-${item.id}`} icon={item.icon} owner={item.owner} startMs={item.startMs} dueMs={item.dueMs} paused={item.paused === true} nowMs={nowMs} verb={item.verb} current={item === current}
          {...(resting === undefined ? {} : { resting })}
          {...(item.ownerNote ? { ownerNote: item.ownerNote } : {})}
          {...(item.waitingFor ? { waitingFor: item.waitingFor } : {})}
          title={item.title.map((part, i) => (i % 2 === 1 ? <b key={i}>{part}</b> : part))}
          evidence={<>{item.evidence}{item.sample && <> <Sample of="amount" /></>}</>}
          onAct={() => onAct(item)} onOpen={() => onPoint(item)}
        />
      ))}
    </>
  )
}

function KeyHints() {
  const { t } = useWords()
  return <span className="keys"><span><Kbd>J</Kbd> <Kbd>K</Kbd> {t('today.key.move')}</span><span><Kbd>↵</Kbd> {t('today.key.open')}</span><span><Kbd>A</Kbd> {t('today.key.act')}</span></span>
}

function AllDone({ model }: { readonly model: TodayModel }) {
  const { t, rich } = useWords()
  return (
    <EmptyState icon="check" tone="good" title={t('today.done.title')}>
      {rich('today.done.body', { done: <Count of={model.doneToday} word="common.items" />, next: <Count of={model.dueTomorrow} word="common.items" /> })}
    </EmptyState>
  )
}
