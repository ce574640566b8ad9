import { BACK } from './types.ts'
import type { CaseType, Length } from './types.ts'

export type FindingCode =
  | 'startUnknown' | 'startNotOpen' | 'doubleId' | 'moveFromUnknown' | 'moveFromClosed' | 'moveToUnknown' | 'backOnlyFromPaused' | 'nobodyMay' | 'sameAsUnknown'
  | 'closesWithoutOutcome' | 'outcomeUnknown' | 'outcomeUnused' | 'stateUnreachable' | 'stateDeadEnd' | 'neverCloses'
  | 'clockInUnknown' | 'clockInClosed' | 'clockNowhere' | 'clockWithoutEffect' | 'lengthNotPositive' | 'stepUnknown' | 'stepUnused' | 'ladderLoops' | 'stepFollowsTwo' | 'stateWithoutClock'
  | 'mergeStateNotClosed' | 'reopenStateNotOpen' | 'wordsMissing'

/** `error`: the type must not be used. `warning`: it works, but somebody should look. */
export type Finding = { code: FindingCode; severity: 'error' | 'warning'; at: string }

const lengthValue = (length: Length): number => Object.values(length).find((v) => typeof v === 'number') ?? 0

function reachable(type: CaseType): Set<string> {
  const seen = new Set([type.start])
  const queue = [type.start]
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const here = at
    for (const move of type.moves) {
      // BACK leads to a state the case has been in, so it opens no new one.
      if (!move.from.includes(here) || move.to === BACK || seen.has(move.to)) continue
      seen.add(move.to)
      queue.push(move.to)
    }
  }
  if (type.merge !== undefined) seen.add(type.merge.state)
  return seen
}

/** [S13] What is wrong with a case type: unreachable states, moves to nowhere, clocks without effect, and the rest of the list in SPEC.md. */
export function checkCaseType(type: CaseType): Finding[] {
  const findings: Finding[] = []
  const add = (code: FindingCode, at: string, severity: Finding['severity'] = 'error'): void => { findings.push({ code, severity, at }) }
  checkWords(type, add)
  checkStates(type, add)
  checkMoves(type, add)
  checkClocks(type, add)
  checkLadder(type, add)
  return findings
}

type Add = (code: FindingCode, at: string, severity?: Finding['severity']) => void

function checkWords(type: CaseType, add: Add): void {
  const named = { [`type:${type.id}`]: type.title } as Record<string, { zh: string; en: string }>
  for (const state of type.states) named[`state:${state.id}`] = state.title
  for (const move of type.moves) named[`move:${move.id}`] = move.verb
  for (const clock of type.clocks) named[`clock:${clock.id}`] = clock.title
  for (const step of type.ladder) named[`step:${step.id}`] = step.title
  for (const outcome of type.outcomes) named[`outcome:${outcome.id}`] = outcome.title
  for (const [at, words] of Object.entries(named)) if (words.zh.trim() === '' || words.en.trim() === '') add('wordsMissing', at)
  for (const [kind, list] of [['state', type.states], ['move', type.moves], ['clock', type.clocks], ['step', type.ladder], ['outcome', type.outcomes]] as const) {
    const ids = list.map((item) => item.id)
    for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) add('doubleId', `${kind}:${id}`)
  }
}

function checkStates(type: CaseType, add: Add): void {
  const kindOf = new Map(type.states.map((state) => [state.id, state.kind]))
  if (!kindOf.has(type.start)) add('startUnknown', type.start)
  else if (kindOf.get(type.start) !== 'open') add('startNotOpen', type.start)
  const seen = reachable(type)
  for (const state of type.states) {
    if (!seen.has(state.id)) add('stateUnreachable', state.id)
    if (state.kind !== 'closed' && !type.moves.some((move) => move.from.includes(state.id))) add('stateDeadEnd', state.id)
    if (state.kind === 'open' && !type.clocks.some((clock) => clock.runsIn.includes(state.id))) add('stateWithoutClock', state.id, 'warning')
  }
  if (!type.moves.some((move) => kindOf.get(move.to) === 'closed' && move.from.some((from) => seen.has(from)))) add('neverCloses', type.id)
  if (type.merge !== undefined && kindOf.get(type.merge.state) !== 'closed') add('mergeStateNotClosed', type.merge.state)
  if (type.reopen !== undefined && kindOf.get(type.reopen.to) !== 'open') add('reopenStateNotOpen', type.reopen.to)
}

function checkMoves(type: CaseType, add: Add): void {
  const kindOf = new Map(type.states.map((state) => [state.id, state.kind]))
  const outcomes = new Set(type.outcomes.map((outcome) => outcome.id))
  for (const move of type.moves) {
    if (move.from.length === 0) add('moveFromUnknown', move.id)
    for (const from of move.from) {
      if (!kindOf.has(from)) add('moveFromUnknown', `${move.id}:${from}`)
      if (kindOf.get(from) === 'closed') add('moveFromClosed', `${move.id}:${from}`)
      if (move.to === BACK && kindOf.get(from) !== 'paused') add('backOnlyFromPaused', `${move.id}:${from}`)
    }
    if (move.to !== BACK && !kindOf.has(move.to)) add('moveToUnknown', `${move.id}:${move.to}`)
    if (move.who.length === 0) add('nobodyMay', move.id)
    if (move.notSameAs !== undefined && !type.moves.some((other) => other.id === move.notSameAs)) add('sameAsUnknown', `${move.id}:${move.notSameAs}`)
    if (kindOf.get(move.to) === 'closed' && (move.outcomes ?? []).length === 0) add('closesWithoutOutcome', move.id)
    for (const outcome of move.outcomes ?? []) if (!outcomes.has(outcome)) add('outcomeUnknown', `${move.id}:${outcome}`)
  }
  for (const outcome of outcomes) if (!type.moves.some((move) => move.outcomes?.includes(outcome))) add('outcomeUnused', outcome, 'warning')
}

function checkClocks(type: CaseType, add: Add): void {
  const kindOf = new Map(type.states.map((state) => [state.id, state.kind]))
  const seen = reachable(type)
  const steps = new Set(type.ladder.map((step) => step.id))
  for (const clock of type.clocks) {
    for (const state of clock.runsIn) {
      if (!kindOf.has(state)) add('clockInUnknown', `${clock.id}:${state}`)
      if (kindOf.get(state) === 'closed') add('clockInClosed', `${clock.id}:${state}`)
    }
    if (!clock.runsIn.some((state) => seen.has(state))) add('clockNowhere', clock.id)
    if (!steps.has(clock.onFire)) add('clockWithoutEffect', clock.id)
    if (!(lengthValue(clock.length) > 0) || !Number.isInteger(lengthValue(clock.length))) add('lengthNotPositive', clock.id)
  }
}

function checkLadder(type: CaseType, add: Add): void {
  const byId = new Map(type.ladder.map((step) => [step.id, step]))
  const used = new Set<string>()
  for (const clock of type.clocks) {
    const walked = new Set<string>()
    for (let step = byId.get(clock.onFire); step !== undefined; step = step.next === undefined ? undefined : byId.get(step.next.step)) {
      if (walked.has(step.id)) {
        add('ladderLoops', clock.id)
        break
      }
      walked.add(step.id)
      used.add(step.id)
    }
  }
  for (const step of type.ladder) {
    if (!used.has(step.id)) add('stepUnused', step.id, 'warning')
    // A clock row remembers its step only; two ways in with two lengths could not be told apart when it is paused.
    if (type.ladder.filter((other) => other.next?.step === step.id).length > 1) add('stepFollowsTwo', step.id)
    if (step.next === undefined) continue
    if (!byId.has(step.next.step)) add('stepUnknown', `${step.id}:${step.next.step}`)
    if (!(lengthValue(step.next.after) > 0) || !Number.isInteger(lengthValue(step.next.after))) add('lengthNotPositive', `${step.id}:next`)
  }
}
