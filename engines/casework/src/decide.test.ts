import { describe, expect, it } from 'vitest'
import { createWorkCalendar, holidaysCn, instantOf } from '@songbai/calendar'
import { allowedMoves, decide, isOwner, openCase, ownerFor } from './index.ts'
import type { Actor, Case, CaseType, Command, Decision } from './index.ts'
import { alarm, complaint } from './types.fixture.ts'

const calendar = createWorkCalendar(holidaysCn)
const at = (day: string, hour = 9): number => instantOf(day, hour * 60, 'Asia/Shanghai')
const MIN = 60_000
const village = '500229100201'
const clerk: Actor = { id: 'zhou', roles: ['clerk'] }
const manager: Actor = { id: 'luo', roles: ['manager'] }
const seat: Actor = { id: 'seat1', roles: ['responder'] }

function accepted(decision: Decision): Extract<Decision, { ok: true }> {
  if (!decision.ok) throw new Error(`${decision.code} ${JSON.stringify(decision.args)}`)
  return decision
}
const refusal = (decision: Decision): string => (decision.ok ? 'accepted' : decision.code)
const open = (type: CaseType, now: number, region = village): Case => accepted(openCase(type, { id: 'c1', region, actor: clerk }, now, calendar)).case
const go = (type: CaseType, held: Case, command: Command, now: number) => accepted(decide(type, held, command, now, calendar))
const move = (name: string, actor: Actor, more: Partial<Extract<Command, { kind: 'move' }>> = {}): Command => ({ kind: 'move', move: name, actor, ...more })
const handled = (): Case => go(complaint, open(complaint, at('2026-11-02')), move('take', clerk), at('2026-11-02', 10)).case
const letter = [{ kind: 'answerLetter', ref: 'f1' }, { kind: 'photo', ref: 'f2' }]
const reviewed = (): Case => go(complaint, handled(), move('answer', clerk, { evidence: letter }), at('2026-11-05')).case
const done = (): Case => go(complaint, reviewed(), move('accept', manager, { outcome: 'founded' }), at('2026-11-06')).case

describe('opening and owners', () => {
  it('[S1] a new case is owned by the post of its place and its clocks run', () => {
    const opened = accepted(openCase(complaint, { id: 'c1', region: village, actor: clerk }, at('2026-11-02'), calendar))
    expect(opened.case.owner).toEqual({ kind: 'post', post: 'elderCare', region: '500229100' })
    expect(opened.setClocks.map((clock) => [clock.id, clock.clock, clock.dueAt])).toEqual([
      ['c1/take/1', 'take', at('2026-11-03')],
      ['c1/whole/2', 'whole', at('2026-11-24', 0)], // 15 working days after 2 November: the end of the 23rd
    ])
    expect(opened.events).toMatchObject([{ kind: 'opened', by: 'zhou', state: 'received' }])
    expect(opened.case.revision).toBe(1)
  })

  it('[S1] a region that is none, or an empty owner, is refused', () => {
    expect(refusal(openCase(complaint, { id: 'c1', region: '5002', actor: null }, at('2026-11-02'), calendar))).toBe('accepted')
    expect(refusal(openCase(complaint, { id: 'c1', region: '50022', actor: null }, at('2026-11-02'), calendar))).toBe('casework.badRegion')
    expect(refusal(openCase(complaint, { id: 'c1', region: village, actor: null, owner: { kind: 'person', id: ' ' } }, at('2026-11-02'), calendar))).toBe('casework.ownerEmpty')
  })

  it('[S2] the post of a place known less exactly than asked is the post of what is known', () => {
    expect(ownerFor({ post: 'elderCare', level: 'village' }, '500229')).toEqual({ kind: 'post', post: 'elderCare', region: '500229' })
    expect([isOwner({ kind: 'person', id: '' }), isOwner({ kind: 'post', post: 'x', region: '' }), isOwner(null), isOwner({ kind: 'organisation', id: 'o' })]).toEqual([false, false, false, true])
  })
})

describe('moves', () => {
  it('[S3] only the roles named may, and the owner counts as person, organisation or holder of the post', () => {
    const held = open(complaint, at('2026-11-02'))
    const holder: Actor = { id: 'x', roles: [], posts: [{ post: 'elderCare', region: '500229100' }] }
    const neighbour: Actor = { id: 'y', roles: [], posts: [{ post: 'elderCare', region: '500229101' }] }
    expect([clerk, holder, neighbour, manager].map((actor) => allowedMoves(complaint, held, actor).map((m) => m.id))).toEqual([['take'], ['take'], [], []])
    expect(refusal(decide(complaint, held, move('take', neighbour), at('2026-11-02'), calendar))).toBe('casework.notAllowed')
    const atHome = go(complaint, handled(), { kind: 'reassign', to: { kind: 'organisation', id: 'home7' }, reason: '机构自查', actor: clerk }, at('2026-11-03')).case
    expect(allowedMoves(complaint, atHome, { id: 'z', roles: [], organisations: ['home7'] }).map((m) => m.id)).toEqual(['ask', 'answer'])
  })

  it('[S4] a move from another state, an unknown move and another type are refused and change nothing', () => {
    const held = open(complaint, at('2026-11-02'))
    const before = JSON.stringify(held)
    expect(refusal(decide(complaint, held, move('accept', manager, { outcome: 'founded' }), at('2026-11-02'), calendar))).toBe('casework.moveNotFromHere')
    expect(refusal(decide(complaint, held, move('fly', clerk), at('2026-11-02'), calendar))).toBe('casework.moveUnknown')
    expect(refusal(decide(alarm, held, move('take', clerk), at('2026-11-02'), calendar))).toBe('casework.typeDiffers')
    go(complaint, held, move('take', clerk), at('2026-11-02', 10))
    expect(JSON.stringify(held)).toBe(before)
  })

  it('[S4] evidence: each kind asked for, any one of a group, and an empty reference is none', () => {
    const held = handled()
    const missing = decide(complaint, held, move('answer', clerk, { evidence: [{ kind: 'answerLetter', ref: ' ' }] }), at('2026-11-05'), calendar)
    expect(missing).toEqual({ ok: false, code: 'casework.evidenceMissing', args: { kinds: 'answerLetter,photo|callRecord' } })
    expect(go(complaint, held, move('answer', clerk, { evidence: [{ kind: 'answerLetter', ref: 'f1' }, { kind: 'callRecord', ref: 'r1' }] }), at('2026-11-05')).case.state).toBe('review')
  })

  it('[S4] closing names one of the outcomes, by other eyes than those that answered', () => {
    const held = reviewed()
    expect(held.owner).toEqual({ kind: 'post', post: 'elderCare', region: '500229' })
    expect(refusal(decide(complaint, held, move('accept', manager), at('2026-11-06'), calendar))).toBe('casework.outcomeMissing')
    expect(refusal(decide(complaint, held, move('accept', manager, { outcome: 'sunny' }), at('2026-11-06'), calendar))).toBe('casework.outcomeNotAllowed')
    expect(refusal(decide(complaint, held, move('sendBack', manager, { outcome: 'founded' }), at('2026-11-06'), calendar))).toBe('casework.outcomeNotAllowed')
    expect(refusal(decide(complaint, held, move('accept', { id: 'zhou', roles: ['manager'] }, { outcome: 'founded' }), at('2026-11-06'), calendar))).toBe('casework.sameActor')
    expect(done()).toMatchObject({ state: 'done', outcome: 'founded', closedAt: at('2026-11-06'), clocks: [] })
  })

  it('[S5] a stale screen is refused, but may still take what nobody has taken', () => {
    const raised = open(alarm, at('2026-11-02'))
    const escalated = go(alarm, raised, { kind: 'fire', clockId: 'c1/ladder/1' }, at('2026-11-02') + MIN).case
    const taken = go(alarm, escalated, move('acknowledge', seat, { seen: raised.revision }), at('2026-11-02') + 70_000).case
    expect(taken.owner).toEqual({ kind: 'person', id: 'seat1' })
    expect(refusal(decide(alarm, taken, move('acknowledge', { id: 'seat2', roles: ['responder'] }, { seen: raised.revision }), at('2026-11-02') + 80_000, calendar))).toBe('casework.stale')
    expect(refusal(decide(alarm, taken, move('acknowledge', { id: 'seat2', roles: ['responder'] }), at('2026-11-02') + 80_000, calendar))).toBe('casework.moveNotFromHere')
  })
})

describe('clocks', () => {
  it('[S7] a clock goes on through its states and stops on leaving them', () => {
    const taken = go(complaint, open(complaint, at('2026-11-02')), move('take', clerk), at('2026-11-03', 8))
    expect([taken.setClocks, taken.cancelClocks]).toEqual([[], ['c1/take/1']])
    expect(taken.case.clocks.map((clock) => clock.id)).toEqual(['c1/whole/2'])
  })

  it('[S8] a pause keeps the working days left, and its own clock runs meanwhile', () => {
    const paused = go(complaint, handled(), move('ask', clerk), at('2026-11-09'))
    expect(paused.case.frozen).toEqual([{ clock: 'whole', step: 'countyTakes', elapsedMs: at('2026-11-09') - at('2026-11-02'), left: { workdays: 10 } }])
    expect(paused.case.clocks.map((clock) => [clock.clock, clock.dueAt])).toEqual([['papers', at('2026-12-10', 0)]])
    const resumed = go(complaint, paused.case, move('resume', clerk), at('2026-11-16'))
    expect(resumed.case).toMatchObject({ state: 'handling', frozen: [], pausedFrom: null })
    expect(resumed.case.clocks.map((clock) => [clock.clock, clock.dueAt])).toEqual([['whole', at('2026-12-01', 0)]]) // 10 working days after the 16th: the 30th
    expect(resumed.cancelClocks).toEqual(['c1/papers/3'])
  })

  it('[S9] a closed case has no clocks, takes no command but reopening, and a late clock row does nothing', () => {
    const closed = done()
    const late = go(complaint, closed, { kind: 'fire', clockId: 'c1/whole/2' }, at('2027-01-01'))
    expect([late.events, late.case.revision]).toEqual([[], closed.revision])
    for (const command of [move('take', clerk), { kind: 'waitFor', whom: null, actor: manager }, { kind: 'merge', into: 'c2', reason: 'x', actor: manager }] satisfies Command[]) expect(refusal(decide(complaint, closed, command, at('2026-11-07'), calendar))).toBe('casework.closed')
  })

  it('[S10] a clock fires once: early is refused, a repeat does nothing', () => {
    const held = open(complaint, at('2026-11-02'))
    expect(refusal(decide(complaint, held, { kind: 'fire', clockId: 'c1/take/1' }, at('2026-11-03') - 1, calendar))).toBe('casework.clockNotDue')
    const fired = go(complaint, held, { kind: 'fire', clockId: 'c1/take/1' }, at('2026-11-03') + 5000)
    expect(fired.events).toEqual([{ caseId: 'c1', at: at('2026-11-03') + 5000, by: null, kind: 'escalated', step: 'tellCounty', to: { kind: 'post', post: 'elderCare', region: '500229' }, mode: 'inform', clockId: 'c1/take/1', lateMs: 5000 }])
    expect([fired.cancelClocks, fired.case.owner, fired.case.lateSince]).toEqual([['c1/take/1'], held.owner, at('2026-11-03')])
    const again = go(complaint, fired.case, { kind: 'fire', clockId: 'c1/take/1' }, at('2026-11-03') + 6000)
    expect([again.events, again.setClocks, again.cancelClocks]).toEqual([[], [], []])
    expect(again.case).toEqual(fired.case)
  })

  it('[S11] the ladder keeps its schedule of 60, 120, 240 and 360 s even when the server was down', () => {
    let held = open(alarm, at('2026-11-02'))
    const steps: [string, number][] = []
    while (held.clocks.length > 0) {
      const clock = held.clocks[0] as Case['clocks'][number]
      steps.push([clock.step, (clock.dueAt - at('2026-11-02')) / 1000])
      held = go(alarm, held, { kind: 'fire', clockId: clock.id }, at('2026-11-02') + 600_000).case
    }
    expect(steps).toEqual([['neighbour', 60], ['assistant', 120], ['township', 240], ['dutyManager', 360]])
    expect(held.owner).toEqual({ kind: 'post', post: 'duty', region: '500229' })
  })

  it('[S11] a working-day ladder goes on into a year without data, marked provisional; opening refuses', () => {
    const held = open(complaint, at('2026-12-09'))
    expect(held.clocks.map((clock) => clock.provisional)).toEqual([false, true]) // the 15th working day is 30 December
    const fired = go(complaint, held, { kind: 'fire', clockId: 'c1/whole/2' }, at('2026-12-31', 1))
    expect(fired.case.owner).toEqual({ kind: 'post', post: 'elderCare', region: '500229' })
    expect(fired.setClocks).toMatchObject([{ step: 'prefecture', provisional: true, dueAt: at('2027-01-05', 0) }])
    expect(decide(complaint, handled(), { kind: 'fire', clockId: 'none' }, at('2026-12-31'), calendar).ok).toBe(true)
    expect(openCase(complaint, { id: 'c2', region: village, actor: null }, at('2026-12-20'), calendar)).toEqual({ ok: false, code: 'casework.noHolidayData', args: { year: 2027 } })
  })
})

describe('hand-over, waiting, merging, reopening', () => {
  it('[S2] handing over needs a reason and somebody; the same owner again is nothing', () => {
    const held = handled()
    const to = { kind: 'person', id: 'he' } as const
    const given = go(complaint, held, { kind: 'reassign', to, reason: '休假', actor: manager }, at('2026-11-03'))
    expect(given.events).toMatchObject([{ kind: 'ownerChanged', from: { id: 'zhou' }, to, reason: '休假' }])
    expect(go(complaint, given.case, { kind: 'reassign', to, reason: '再', actor: manager }, at('2026-11-03')).events).toEqual([])
    expect(refusal(decide(complaint, held, { kind: 'reassign', to: { kind: 'person', id: '' }, reason: 'x', actor: manager }, at('2026-11-03'), calendar))).toBe('casework.ownerEmpty')
    expect(refusal(decide(complaint, held, { kind: 'reassign', to, reason: ' ', actor: manager }, at('2026-11-03'), calendar))).toBe('casework.reasonMissing')
    expect(refusal(decide(complaint, held, { kind: 'reassign', to, reason: 'x', actor: { id: 'other', roles: ['clerk'] } }, at('2026-11-03'), calendar))).toBe('casework.notAllowed')
    expect(refusal(decide(complaint, given.case, { kind: 'reassign', to, reason: 'x', actor: manager, seen: held.revision }, at('2026-11-03'), calendar))).toBe('casework.stale')
  })

  it('[S2] waiting for somebody leaves the owner responsible, and ends with the next move', () => {
    const waiting = go(complaint, handled(), { kind: 'waitFor', whom: { kind: 'organisation', id: 'home7' }, actor: clerk }, at('2026-11-03')).case
    expect([waiting.owner, waiting.waitingFor]).toEqual([{ kind: 'person', id: 'zhou' }, { kind: 'organisation', id: 'home7' }])
    expect(go(complaint, waiting, move('ask', clerk), at('2026-11-04')).case.waitingFor).toBeNull()
  })

  it('[S9] a merged duplicate is closed and points to the case that goes on, which lists it once', () => {
    const merged = go(complaint, handled(), { kind: 'merge', into: 'c2', reason: '同一件事', actor: clerk }, at('2026-11-03'))
    expect(merged.case).toMatchObject({ state: 'double', mergedInto: 'c2', clocks: [], closedAt: at('2026-11-03') })
    expect(merged.cancelClocks).toEqual(['c1/whole/2'])
    const goesOn = { ...handled(), id: 'c2' }
    const once = go(complaint, goesOn, { kind: 'absorb', from: 'c1', actor: clerk }, at('2026-11-03')).case
    const twice = go(complaint, once, { kind: 'absorb', from: 'c1', actor: clerk }, at('2026-11-03'))
    expect([twice.case.absorbed, twice.events]).toEqual([['c1'], []])
    expect(refusal(decide(complaint, handled(), { kind: 'merge', into: 'c1', reason: 'x', actor: clerk }, at('2026-11-03'), calendar))).toBe('casework.mergeSelf')
    expect(refusal(decide(alarm, open(alarm, at('2026-11-02')), { kind: 'merge', into: 'c2', reason: 'x', actor: seat }, at('2026-11-02'), calendar))).toBe('casework.notMergeable')
  })

  it('[S9] reopening starts the clocks anew, within the days allowed', () => {
    const reopened = go(complaint, done(), { kind: 'reopen', reason: '又发生', actor: manager }, at('2026-11-20'))
    expect(reopened.case).toMatchObject({ state: 'handling', closedAt: null, outcome: null, reopenedTimes: 1 })
    expect(reopened.case.clocks.map((clock) => [clock.id, clock.dueAt])).toEqual([['c1/whole/3', at('2026-12-12', 0)]])
    expect(refusal(decide(complaint, done(), { kind: 'reopen', reason: 'x', actor: manager }, at('2027-02-05'), calendar))).toBe('casework.reopenTooLate')
    expect(refusal(decide(complaint, handled(), { kind: 'reopen', reason: 'x', actor: manager }, at('2026-11-20'), calendar))).toBe('casework.notClosed')
    const merged = go(complaint, handled(), { kind: 'merge', into: 'c2', reason: '误判', actor: clerk }, at('2026-11-03')).case
    expect(go(complaint, merged, { kind: 'reopen', reason: '不是一件事', actor: manager }, at('2026-11-04')).events).toMatchObject([{ kind: 'reopened', wasMergedInto: 'c2' }])
  })
})
