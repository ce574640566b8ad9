/**
 * `npm run bench -- policy [--elders N] [--json]`: our engine and others on the same made-up people and items, in interleaved rounds of one run. Every engine must
 * give the same amounts, or the run stops. Peers live in bench/peers and are installed by this command; what cannot be installed or found is named and left out.
 */
import os from 'node:os'
import { makeWorld, ownTasks } from './policy-own.ts'
import { nativePeer } from './policy-native.ts'
import { installPeers, rowPeers } from './policy-peers.ts'
import { sqlPeers } from './policy-sql.ts'

/** One engine on some of the people. `cpuMs`: of other processes that work for it. */
export interface Peer {
  readonly name: string
  /** People it works on in a round; figures are given for a million. */
  readonly people: number
  /** Least ratio of its CPU to ours, by the design; for a limit from above a number below one. */
  readonly target: number | null
  /** Fen of every item over its people, to be compared with ours. */
  readonly run: () => Promise<readonly number[]>
  readonly cpuMs?: () => number
  /** Figures a peer measures itself, in place of ours. */
  readonly measured?: () => { wallMs: number; cpuMs: number }
  readonly close?: () => Promise<void>
}

interface Line { name: string; people: number; wallMs: number; cpuMs: number; perMillionCpuMs: number; target: number | null; ratio?: number; holds: boolean | null }

const ROUNDS = 5
const middle = (x: readonly number[]): number => x.toSorted((a, b) => a - b)[x.length >> 1]!
const round = (x: number): number => (x < 10 ? Math.round(x * 100) / 100 : Math.round(x * 10) / 10)

export async function run(options: { readonly json: boolean; readonly elders?: number; readonly peers?: boolean }): Promise<void> {
  const elders = options.elders ?? 1_000_000
  const say = (text: string): void => { if (!options.json) console.log(text) }
  say(`${elders} people × 25 items, ${ROUNDS} interleaved rounds, medians; Node ${process.version}, ${os.availableParallelism()} processors, load ${os.loadavg().map((x) => x.toFixed(1)).join(' ')}`)
  const world = makeWorld(elders)
  const own = ownTasks(world, elders)
  const skipped: string[] = []
  const skip = (name: string, why: string): void => { skipped.push(`${name}: ${why}`) }
  const peers: Peer[] = []
  if (options.peers !== false) {
    const modules = await installPeers(skip)
    peers.push(...(await rowPeers(world, modules)), ...(await sqlPeers(world, modules, skip)))
    const native = await nativePeer(world, skip)
    if (native) peers.push(native)
  }
  const times = new Map<string, { wall: number[]; cpu: number[] }>()
  for (let r = -1; r < ROUNDS; r++) {
    for (const task of own.tasks) {
      task.prepare?.()
      await clock(times, task.name, r >= 0, async () => void task.run())
    }
    for (const peer of peers) await runPeer(times, peer, world.amounts, r >= 0)
  }
  const lines = own.tasks.map((task) => lineOf(times, task.name, task.scales ? elders : 0, task.target))
  const ours = lines[0]!.perMillionCpuMs
  const others = peers.map((peer) => ratioLine(lineOf(times, peer.name, peer.people, peer.target), ours))
  own.close()
  for (const peer of peers) await peer.close?.()
  if (options.json) console.log(JSON.stringify({ bench: 'policy', elders, items: 25, node: process.version, load: os.loadavg(), tasks: lines, peers: others, skipped }))
  else print(lines, others, skipped)
}

async function clock(times: Map<string, { wall: number[]; cpu: number[] }>, name: string, counts: boolean, work: () => Promise<void>, elsewhere?: () => number): Promise<void> {
  const [begun, before, other] = [performance.now(), process.cpuUsage(), elsewhere?.() ?? 0]
  await work()
  const [wall, used] = [performance.now() - begun, process.cpuUsage(before)]
  if (counts) keep(times, name, wall, (used.user + used.system) / 1000 + (elsewhere?.() ?? 0) - other)
}

function keep(times: Map<string, { wall: number[]; cpu: number[] }>, name: string, wall: number, cpu: number): void {
  const own = times.get(name) ?? { wall: [], cpu: [] }
  times.set(name, own)
  own.wall.push(wall)
  own.cpu.push(cpu)
}

async function runPeer(times: Map<string, { wall: number[]; cpu: number[] }>, peer: Peer, amounts: readonly Int32Array[], counts: boolean): Promise<void> {
  let sums: readonly number[] = []
  if (peer.measured === undefined) await clock(times, peer.name, counts, async () => void (sums = await peer.run()), peer.cpuMs)
  else {
    sums = await peer.run()
    const { wallMs, cpuMs } = peer.measured()
    if (counts) keep(times, peer.name, wallMs, cpuMs)
  }
  amounts.forEach((column, j) => {
    let fen = 0
    for (let i = 0; i < peer.people; i++) fen += column[i]!
    if (fen !== sums[j]) throw new Error(`${peer.name} gives ${sums[j]} fen for item ${j}, we give ${fen}`)
  })
}

function lineOf(times: Map<string, { wall: number[]; cpu: number[] }>, name: string, people: number, target: number | null): Line {
  const { wall, cpu } = times.get(name)!
  const scale = people === 0 ? 1 : 1_000_000 / people
  const perMillion = middle(cpu) * scale
  return { name, people, wallMs: round(middle(wall)), cpuMs: round(middle(cpu)), perMillionCpuMs: round(perMillion), target, holds: target === null ? null : perMillion <= target }
}

function ratioLine(line: Line, ours: number): Line {
  const ratio = line.perMillionCpuMs / ours
  return { ...line, ratio: round(ratio), holds: line.target === null ? null : ratio >= line.target }
}

function print(lines: readonly Line[], others: readonly Line[], skipped: readonly string[]): void {
  const verdict = (holds: boolean | null): string => (holds === null ? '' : holds ? 'holds' : 'missed')
  console.log('\n| ours | wall ms | CPU ms | CPU ms for a million | target | |\n|---|---|---|---|---|---|')
  for (const l of lines) console.log(`| ${l.name} | ${l.wallMs} | ${l.cpuMs} | ${l.people === 0 ? '' : l.perMillionCpuMs} | ${l.target ?? ''} | ${verdict(l.holds)} |`)
  if (others.length > 0) console.log('\n| all amounts by | people | CPU ms | CPU s for a million | × ours | target | |\n|---|---|---|---|---|---|---|')
  for (const l of others) console.log(`| ${l.name} | ${l.people} | ${l.cpuMs} | ${round(l.perMillionCpuMs / 1000)} | ${l.ratio} | ≥ ${l.target ?? ''} | ${verdict(l.holds)} |`)
  for (const one of skipped) console.log(`left out: ${one}`)
}
