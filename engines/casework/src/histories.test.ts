import { describe, expect, it } from 'vitest'
import { createWorkCalendar, holidaysCn, instantOf, withProvisionalYear } from '@songbai/calendar'
import { checkCaseType, decide, dueShare, isOwner, openCase } from './index.ts'
import type { Actor, Case, CaseType, Clock, Command, Owner } from './index.ts'
import { alarm, complaint } from './types.fixture.ts'

const calendar = createWorkCalendar([2027, 2028].reduce(withProvisionalYear, holidaysCn))

function createRandom(seed: number): (n: number) => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  return (n) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % n
  }
}

const actors: Actor[] = [
  { id: 'zhou', roles: ['clerk'] }, { id: 'luo', roles: ['manager'] }, { id: 'seat1', roles: ['responder'] }, { id: 'all', roles: ['clerk', 'manager', 'responder'] },
  { id: 'post', roles: [], posts: [{ post: 'elderCare', region: '500229' }] }, { id: 'stranger', roles: [] },
]
const owners: Owner[] = [{ kind: 'person', id: 'zhou' }, { kind: 'organisation', id: 'home' }, { kind: 'post', post: 'duty', region: '500229' }, { kind: 'person', id: '' }]

function randomCommand(type: CaseType, held: Case, random: (n: number) => number): Command {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T
  const actor = pick(actors)
  const kind = random(10)
  if (kind < 5) {
    const move = pick(type.moves)
    const evidence = random(4) === 0 ? [] : (move.needs ?? []).map((need) => ({ kind: typeof need === 'string' ? need : (need[0] as string), ref: 'f' }))
    const outcome = move.outcomes !== undefined && random(5) > 0 ? pick(move.outcomes) : undefined
    return { kind: 'move', move: move.id, actor, evidence, ...(outcome === undefined ? {} : { outcome }), ...(random(8) === 0 ? { seen: held.revision - 1 } : {}) }
  }
  if (kind === 5) return { kind: 'reassign', to: pick(owners), reason: random(4) === 0 ? '' : '换人', actor }
  if (kind === 6) return { kind: 'waitFor', whom: random(2) === 0 ? null : pick(owners), actor }
  if (kind === 7) return random(4) === 0 ? { kind: 'merge', into: 'other', reason: '重复', actor } : { kind: 'absorb', from: 'older', actor }
  if (kind === 8) return { kind: 'reopen', reason: '再办', actor }
  const rows = held.clocks.map((clock) => clock.id)
  return { kind: 'fire', clockId: rows.length > 0 && random(5) > 0 ? pick(rows) : `${held.id}/whole/${random(9)}` }
}

function checkInvariants(type: CaseType, held: Case, rows: ReadonlyMap<string, Clock>): void {
  expect(isOwner(held.owner)).toBe(true)
  const running = [...held.clocks.map((clock) => clock.clock), ...held.frozen.map((clock) => clock.clock)]
  expect(new Set(running).size, `two clocks of one kind: ${running.join()}`).toBe(running.length)
  const kind = type.states.find((state) => state.id === held.state)?.kind
  expect(held.closedAt !== null).toBe(kind === 'closed')
  if (kind === 'closed') expect([held.clocks, held.frozen]).toEqual([[], []])
  if (kind !== 'paused') expect([held.frozen, held.pausedFrom]).toEqual([[], null])
  expect([...rows.keys()].sort()).toEqual(held.clocks.map((clock) => clock.id).sort())
}

function play(type: CaseType, seed: number): { accepted: number; fired: number; closed: number } {
  const random = createRandom(seed)
  let now = instantOf('2026-10-08', 600, 'Asia/Shanghai')
  const opened = openCase(type, { id: 'c', region: '500229100201', actor: null }, now, calendar)
  if (!opened.ok) throw new Error(opened.code)
  let held = opened.case
  const rows = new Map(opened.setClocks.map((clock) => [clock.id, clock])) // the table of clock rows, kept only from the decisions
  const everSeen = new Set(rows.keys())
  const tally = { accepted: 0, fired: 0, closed: 0 }
  for (let i = 0; i < 60; i++) {
    now += random(3) === 0 ? random(6 * 86_400_000) : random(120_000)
    const command = randomCommand(type, held, random)
    const before = JSON.stringify(held)
    const decision = decide(type, held, command, now, calendar)
    expect(JSON.stringify(held)).toBe(before)
    if (!decision.ok) continue
    for (const id of decision.cancelClocks) expect(rows.delete(id), `cancelled ${id} that was not there`).toBe(true)
    for (const clock of decision.setClocks) {
      expect(everSeen.has(clock.id), `row ${clock.id} used twice`).toBe(false)
      everSeen.add(clock.id)
      rows.set(clock.id, clock)
    }
    expect(decision.case.revision - held.revision).toBe(decision.events.length > 0 ? 1 : 0)
    held = decision.case
    checkInvariants(type, held, rows)
    const bar = dueShare(held, now)
    expect(bar.share >= 0 && bar.share <= 1, JSON.stringify(bar)).toBe(true)
    tally.accepted += decision.events.length > 0 ? 1 : 0
    tally.fired += decision.events.some((event) => event.kind === 'escalated') ? 1 : 0
    tally.closed += decision.events.some((event) => event.kind === 'closed') ? 1 : 0
  }
  return tally
}

describe('random histories', () => {
  it.each([['complaint', complaint], ['alarm', alarm]] as const)('[S14] %s: 500 histories of 60 commands never leave a case unowned, with two clocks of one kind, or closed with a clock', (_name, type) => {
    expect(checkCaseType(type)).toEqual([])
    const sum = { accepted: 0, fired: 0, closed: 0 }
    for (let seed = 1; seed <= 500; seed++) {
      const tally = play(type, seed)
      sum.accepted += tally.accepted
      sum.fired += tally.fired
      sum.closed += tally.closed
    }
    // The histories must really go somewhere, or the invariants prove nothing.
    expect(sum.accepted).toBeGreaterThan(2000)
    expect(sum.fired).toBeGreaterThan(300)
    expect(sum.closed).toBeGreaterThan(50)
  })
})
