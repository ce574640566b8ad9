import { describe, expect, it } from 'vitest'
import { checkCaseType } from './index.ts'
import type { CaseType, FindingCode } from './index.ts'
import { alarm, complaint } from './types.fixture.ts'

const codes = (type: CaseType): FindingCode[] => checkCaseType(type).map((finding) => finding.code)

describe('checking a case type', () => {
  it('[S13] the sample types are clean', () => {
    expect(checkCaseType(complaint)).toEqual([])
    expect(checkCaseType(alarm)).toEqual([])
  })

  const state = { id: 'limbo', title: { zh: '悬', en: 'Limbo' }, kind: 'open' } as const
  const [takeMove, , , answerMove, acceptMove] = complaint.moves as [CaseType['moves'][number], ...CaseType['moves'][number][]]
  const moves = complaint.moves
  const cases: [FindingCode, CaseType][] = [
    ['stateUnreachable', { ...complaint, states: [...complaint.states, state] }],
    ['stateDeadEnd', { ...complaint, states: [...complaint.states, state] }],
    ['stateWithoutClock', { ...complaint, states: [...complaint.states, state] }],
    ['moveToUnknown', { ...complaint, moves: [...moves, { ...takeMove, id: 'm', to: 'nowhere' }] }],
    ['moveFromUnknown', { ...complaint, moves: [...moves, { ...takeMove, id: 'm', from: ['nowhere'] }] }],
    ['moveFromUnknown', { ...complaint, moves: [...moves, { ...takeMove, id: 'm', from: [] }] }],
    ['moveFromClosed', { ...complaint, moves: [...moves, { ...takeMove, id: 'm', from: ['done'] }] }],
    ['backOnlyFromPaused', { ...complaint, moves: [...moves, { ...takeMove, id: 'm', to: '@back' }] }],
    ['nobodyMay', { ...complaint, moves: [...moves, { ...takeMove, id: 'm', who: [] }] }],
    ['sameAsUnknown', { ...complaint, moves: [...moves, { ...takeMove, id: 'm', notSameAs: 'ghost' }] }],
    ['closesWithoutOutcome', { ...complaint, moves: [...moves, { ...(answerMove as typeof takeMove), id: 'm', to: 'done' }] }],
    ['outcomeUnknown', { ...complaint, moves: [...moves, { ...(acceptMove as typeof takeMove), id: 'm', outcomes: ['sunny'] }] }],
    ['outcomeUnused', { ...complaint, outcomes: [...complaint.outcomes, { id: 'idle', title: state.title }] }],
    ['neverCloses', { ...complaint, moves: moves.filter((move) => move.to !== 'done') }],
    ['startUnknown', { ...complaint, start: 'nowhere' }],
    ['startNotOpen', { ...complaint, start: 'waiting' }],
    ['doubleId', { ...complaint, moves: [...moves, takeMove] }],
    ['wordsMissing', { ...complaint, title: { zh: '投诉', en: ' ' } }],
    ['clockInUnknown', { ...complaint, clocks: [{ ...(complaint.clocks[0] as CaseType['clocks'][number]), runsIn: ['received', 'nowhere'] }] }],
    ['clockInClosed', { ...complaint, clocks: [{ ...(complaint.clocks[0] as CaseType['clocks'][number]), runsIn: ['received', 'done'] }] }],
    ['clockNowhere', { ...complaint, clocks: [...complaint.clocks, { ...(complaint.clocks[0] as CaseType['clocks'][number]), id: 'k', runsIn: [] }] }],
    ['clockWithoutEffect', { ...complaint, clocks: [{ ...(complaint.clocks[0] as CaseType['clocks'][number]), onFire: 'nothing' }] }],
    ['lengthNotPositive', { ...complaint, clocks: [{ ...(complaint.clocks[0] as CaseType['clocks'][number]), length: { hours: 0 } }] }],
    ['lengthNotPositive', { ...complaint, clocks: [{ ...(complaint.clocks[0] as CaseType['clocks'][number]), length: { days: 1.5 } }] }],
    ['stepUnknown', { ...alarm, ladder: alarm.ladder.filter((step) => step.id !== 'township') }],
    ['stepUnused', { ...alarm, ladder: [...alarm.ladder, { ...(alarm.ladder[3] as CaseType['ladder'][number]), id: 'spare' }] }],
    ['ladderLoops', { ...alarm, ladder: alarm.ladder.map((step) => (step.id === 'dutyManager' ? { ...step, next: { step: 'neighbour', after: { minutes: 1 } } } : step)) }],
    ['stepFollowsTwo', { ...alarm, ladder: alarm.ladder.map((step) => (step.id === 'assistant' ? { ...step, next: { step: 'dutyManager', after: { minutes: 1 } } } : step)) }],
    ['mergeStateNotClosed', { ...complaint, merge: { who: ['clerk'], state: 'review' } }],
    ['reopenStateNotOpen', { ...complaint, reopen: { who: ['manager'], to: 'done' } }],
  ]
  it.each(cases)('[S13] %s is found', (code, type) => {
    expect(codes(type)).toContain(code)
  })

  it('[S13] warnings do not forbid the type', () => {
    const found = checkCaseType({ ...complaint, outcomes: [...complaint.outcomes, { id: 'idle', title: state.title }] })
    expect(found).toEqual([{ code: 'outcomeUnused', severity: 'warning', at: 'idle' }])
  })
})
