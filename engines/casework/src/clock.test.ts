import { describe, expect, it } from 'vitest'
import { createWorkCalendar, holidaysCn, instantOf } from '@songbai/calendar'
import { BACK, decide, dueOf, dueShare, openCase, overdue } from './index.ts'
import type { Case, CaseType, Length } from './index.ts'
import { alarm, complaint } from './types.fixture.ts'

const calendar = createWorkCalendar(holidaysCn)
const at = (day: string, hour = 9): number => instantOf(day, hour * 60, 'Asia/Shanghai')

describe('lengths', () => {
  it('[S6] minutes and hours are exact; days and working days end with the local day', () => {
    const due = (length: Length, from: number) => dueOf(length, from, calendar).dueAt
    expect(due({ minutes: 5 }, at('2026-11-06'))).toBe(at('2026-11-06') + 300_000)
    expect(due({ hours: 24 }, at('2026-11-06'))).toBe(at('2026-11-07'))
    expect(due({ days: 1 }, at('2026-11-06', 0))).toBe(at('2026-11-08', 0))
    expect(due({ days: 1, endsOnWorkday: true }, at('2026-11-06', 23))).toBe(at('2026-11-10', 0)) // ends on Saturday, moves to Monday
    expect(due({ workdays: 1 }, at('2026-09-30'))).toBe(at('2026-10-09', 0)) // over the National Day break
    expect(due({ workdays: 1 }, at('2026-02-13'))).toBe(at('2026-02-15', 0)) // Saturday the 14th is worked
  })
})

describe('pausing', () => {
  const actor = { id: 'x', roles: ['clerk', 'responder'] }
  const pausable: CaseType = {
    ...alarm, states: [...alarm.states, { id: 'held', title: { zh: '暂停', en: 'Held' }, kind: 'paused' }],
    moves: [...alarm.moves, { id: 'hold', from: ['raised'], to: 'held', verb: { zh: '暂停', en: 'Hold' }, who: ['anyone'] }, { id: 'goOn', from: ['held'], to: BACK, verb: { zh: '继续', en: 'Go on' }, who: ['anyone'] }],
  }
  const start = at('2026-11-02')
  const opened = (type: CaseType): Case => (openCase(type, { id: 'c', region: '500229100', actor: null }, start, calendar) as { case: Case }).case
  const step = (type: CaseType, from: Case, move: string, now: number): Case => (decide(type, from, { kind: 'move', move, actor }, now, calendar) as { case: Case }).case
  const fire = (type: CaseType, from: Case, clockId: string, now: number): Case => (decide(type, from, { kind: 'fire', clockId }, now, calendar) as { case: Case }).case

  it('[S8] a minute clock keeps its rest to the millisecond, at its ladder step', () => {
    const second = fire(pausable, opened(pausable), 'c/ladder/1', start + 60_000)
    const held = step(pausable, second, 'hold', start + 75_250)
    expect(held.frozen).toEqual([{ clock: 'ladder', step: 'assistant', elapsedMs: 15_250, left: { ms: 44_750 } }])
    const back = step(pausable, held, 'goOn', start + 3_600_000)
    expect(back.clocks).toEqual([{ id: 'c/ladder/3', clock: 'ladder', step: 'assistant', startedAt: start + 3_600_000 - 15_250, dueAt: start + 3_600_000 + 44_750, provisional: false }])
  })

  it('[S8] a clock already out when paused is out again as soon as the case goes on', () => {
    const held = step(pausable, opened(pausable), 'hold', start + 90_000)
    expect(held.frozen[0]?.left).toEqual({ ms: 0 })
    expect(step(pausable, held, 'goOn', start + 3_600_000).clocks[0]?.dueAt).toBe(start + 3_600_000)
  })

  it('[S8] a later ladder step is kept in the unit of its own gap, not of the clock it began with', () => {
    const mixed: CaseType = { ...complaint, clocks: complaint.clocks.map((clock) => (clock.id === 'whole' ? { ...clock, length: { hours: 30 } } : clock)) }
    const taken = step(mixed, opened(mixed), 'take', start + 1)
    const late = fire(mixed, taken, 'c/whole/2', start + 30 * 3_600_000) // due on the 3rd, then two working days: the 5th
    const held = step(mixed, { ...late, owner: { kind: 'person', id: 'x' } }, 'ask', at('2026-11-04'))
    expect(held.frozen).toMatchObject([{ step: 'prefecture', left: { workdays: 1 } }])
    expect(step(mixed, held, 'resume', at('2026-11-06')).clocks[0]?.dueAt).toBe(at('2026-11-10', 0)) // one working day after Friday
  })

  it('[S8] a day clock keeps whole days; stopped on its last day it ends with the day it goes on', () => {
    const daily: CaseType = { ...pausable, clocks: pausable.clocks.map((clock) => (clock.id === 'ladder' ? { ...clock, length: { days: 3 } } : clock)) }
    const held = step(daily, opened(daily), 'hold', at('2026-11-04'))
    expect(held.frozen[0]?.left).toEqual({ days: 1, endsOnWorkday: false })
    expect(step(daily, held, 'goOn', at('2026-11-13')).clocks[0]?.dueAt).toBe(at('2026-11-15', 0))
    const last = step(daily, opened(daily), 'hold', at('2026-11-05'))
    expect(step(daily, last, 'goOn', at('2026-11-20')).clocks[0]?.dueAt).toBe(at('2026-11-21', 0))
  })
})

describe('the bar of a work row', () => {
  const opened = openCase(complaint, { id: 'c', region: '500229100', actor: null }, at('2026-11-02'), calendar)
  const held = (opened as Extract<typeof opened, { ok: true }>).case

  it('[S12] grey, amber from 70 %, red when it has run out', () => {
    const share = (hours: number) => dueShare(held, at('2026-11-02') + hours * 3_600_000)
    expect([share(0), share(6)]).toMatchObject([{ tone: 'grey', share: 0, clock: 'take' }, { tone: 'grey', share: 0.25 }])
    expect([share(16.79).tone, share(16.81).tone, share(23.9).tone]).toEqual(['grey', 'amber', 'amber'])
    expect(share(24)).toEqual({ tone: 'red', share: 1, leftMs: 0, clock: 'take' })
    expect([overdue(held, at('2026-11-03') - 1), overdue(held, at('2026-11-03'))]).toEqual([false, true])
  })

  it('[S12] it stays red after firing until the case moves on, although another clock still has time', () => {
    const fired = decide(complaint, held, { kind: 'fire', clockId: 'c/take/1' }, at('2026-11-03'), calendar) as { case: Case }
    expect(dueShare(fired.case, at('2026-11-03', 10))).toEqual({ tone: 'red', share: 1, leftMs: -3_600_000, clock: 'whole' })
    const moved = decide(complaint, fired.case, { kind: 'move', move: 'take', actor: { id: 'x', roles: ['clerk'] } }, at('2026-11-03', 11), calendar) as { case: Case }
    expect(dueShare(moved.case, at('2026-11-03', 11)).tone).toBe('grey')
  })

  it('[S12] a paused case says paused, a closed one none', () => {
    const noPauseClock = { ...complaint, clocks: complaint.clocks.filter((clock) => clock.id !== 'papers') }
    const actor = { id: 'x', roles: ['clerk'] }
    const taken = decide(noPauseClock, held, { kind: 'move', move: 'take', actor }, at('2026-11-02'), calendar) as { case: Case }
    const paused = decide(noPauseClock, taken.case, { kind: 'move', move: 'ask', actor }, at('2026-11-02'), calendar) as { case: Case }
    expect(dueShare(paused.case, at('2026-12-31'))).toMatchObject({ tone: 'paused', clock: 'whole' })
    expect(dueShare({ ...held, clocks: [] }, at('2026-11-02'))).toEqual({ tone: 'none', share: 0, leftMs: null, clock: null })
  })

  it('[S12] the share counts only the time used: a pause adds none', () => {
    const actor = { id: 'x', roles: ['clerk'] }
    const step = (from: Case, move: string, now: number): Case => (decide(complaint, from, { kind: 'move', move, actor }, now, calendar) as { case: Case }).case
    const paused = step(step(held, 'take', at('2026-11-02', 10)), 'ask', at('2026-11-04'))
    const resumed = step(paused, 'resume', at('2026-11-18'))
    const clock = resumed.clocks.find((c) => c.clock === 'whole')
    expect(at('2026-11-18') - (clock?.startedAt ?? 0)).toBe(2 * 86_400_000)
    expect(dueShare(resumed, at('2026-11-18')).share).toBeCloseTo(2 / (2 + (at('2026-12-08', 0) - at('2026-11-18')) / 86_400_000), 10)
  })

  it('[S12] an alarm is amber after 45 of its 60 seconds', () => {
    const raised = openCase(alarm, { id: 'a', region: '500229100', actor: null }, at('2026-11-02'), calendar) as { case: Case }
    expect(dueShare(raised.case, at('2026-11-02') + 45_000)).toMatchObject({ tone: 'amber', share: 0.75, leftMs: 15_000 })
  })
})
