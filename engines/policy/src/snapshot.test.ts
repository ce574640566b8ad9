import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checksumOf, createPopulation, decodeSnapshot, encodeSnapshot, evaluatePopulation, snapshotHead } from './index.ts'
import type { Population } from './index.ts'
import { readSnapshot, writeSnapshot } from './node.ts'
import { loadSet } from '../fixtures/load.ts'
import { asIntervals, dice, randomFacts } from '../fixtures/random.ts'

const set = loadSet()
const rnd = dice(11)
const people = Array.from({ length: 400 }, () => randomFacts(set, rnd, 0.2))
const regions = people.map((_, i) => (i < 200 ? '500229001003' : '500229002001'))
function newPopulation(id = (i: number): string => `person-${String(i).padStart(4, '0')}`): Population {
  const { facts, intervals } = asIntervals(people)
  return createPopulation(set.facts, { ids: people.map((_, i) => id(i)), regions, facts, intervals })
}
const plain = (population: Population): number[][] => evaluatePopulation(set, population.columnsAt('2026-07-01')).amount.map(a => [...a])
const folder = mkdtempSync(join(tmpdir(), 'songbai-snapshot-'))
const file = join(folder, 'people.snapshot')
afterAll(() => rmSync(folder, { recursive: true }))

describe('snapshot', () => {
  it('[S100] [S101] what was written is read back, patches and ids included, from shared memory', () => {
    const population = newPopulation()
    population.patchPerson(7, [{ fact: 'alone', value: 1, from: -1_000_000, to: 2_147_483_647, recorded: -1_000_000, superseded: 2_147_483_647 }])
    writeSnapshot(file, encodeSnapshot(population, 4711))
    const read = readSnapshot(file, set.facts)
    if ('stale' in read) throw new Error(read.stale)
    expect(read.head).toMatchObject({ lastChange: 4711, people: 400 })
    expect(read.population.ids).toEqual(population.ids)
    expect(read.population.regions).toEqual(population.regions)
    expect(plain(read.population)).toEqual(plain(population))
    for (let i = 0; i < 50; i++) read.population.patchPerson(i, [])
    expect(plain(read.population)).not.toEqual(plain(population))
  })

  it('[S100] ids of different lengths and scripts come back too', () => {
    const population = newPopulation(i => (i % 3 === 0 ? `人${i}` : `${i}`))
    const read = decodeSnapshot(encodeSnapshot(population, 1), set.facts)
    expect('stale' in read ? read : [...read.population.ids]).toEqual([...population.ids])
  })

  it('[S101] a damaged, foreign or outdated file is stale, never half read', () => {
    expect(readSnapshot(join(folder, 'none'), set.facts)).toEqual({ stale: 'missing' })
    const bytes = readFileSync(file)
    const damaged = Buffer.from(bytes)
    damaged[damaged.length - 200]! ^= 1
    writeFileSync(file, damaged)
    expect(readSnapshot(file, set.facts)).toEqual({ stale: 'damaged' })
    writeFileSync(file, bytes.subarray(0, bytes.length - 64))
    expect(readSnapshot(file, set.facts)).toEqual({ stale: 'damaged' })
    writeFileSync(file, 'something else entirely')
    expect(readSnapshot(file, set.facts)).toEqual({ stale: 'format' })
    writeFileSync(file, bytes)
    const grade = set.facts.get('ability')!
    expect(readSnapshot(file, new Map(set.facts).set('ability', { ...grade, values: [...grade.values].reverse() }))).toEqual({ stale: 'schema' })
    expect(snapshotHead(new Uint8Array(bytes))?.people).toBe(400)
  })

  it('[S102] equal content has an equal checksum whatever way it came, one changed fact another', () => {
    const [a, b] = [newPopulation(), newPopulation()]
    expect(checksumOf(a)).toBe(checksumOf(b))
    const own = [...people[9]!].map(([fact, value]) => ({ fact, value, from: -1_000_000, to: 2_147_483_647, recorded: -1_000_000, superseded: 2_147_483_647 }))
    a.patchPerson(9, own)
    expect(checksumOf(a)).toBe(checksumOf(b))
    a.patchPerson(9, own.slice(1))
    expect(checksumOf(a)).not.toBe(checksumOf(b))
    const half = (from: number): number => checksumOf(b, i => (i < 200) !== (from === 0))
    expect((half(0) + half(200)) >>> 0).toBe(checksumOf(b))
  })
})
