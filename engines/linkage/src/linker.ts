/** Two lists of people: who of theirs is who of ours. Both lists live in columns; the work is cut into small pieces for the caller. */
import { assign, type Edge } from './assign.ts'
import { asLunar, birthLevel, readBirth, swapped } from './birth.ts'
import { createBlocks, hash, type Blocks } from './blocks.ts'
import { birthOf, idLevel, readId, sexOf, type ReadId } from './id-number.ts'
import { nameLevel, readName, soundKeys, type ReadName } from './name.ts'
import { createPlaces, digitsTree, type Places } from './place.ts'
import { FIELDS, type Candidate, type Doubt, type Field, type Levels, type Link, type Person, type PlaceTree, type SexLevel, type Thresholds, type Weights } from './types.ts'
import { bitsOf, createCounts, DEFAULT_THRESHOLDS, DEFAULT_WEIGHTS, estimate } from './weights.ts'

export interface LinkOptions {
  readonly tree?: PlaceTree
  readonly weights?: Weights
  /** False: the weights are taken as given. */
  readonly learn?: boolean
  readonly thresholds?: Thresholds
}

export interface Progress {
  readonly step: 'numbers' | 'compare' | 'assign'
  readonly done: number
  readonly total: number
}

export interface PartOfScore {
  readonly field: Field | 'before'
  readonly level: string
  /** Doublings of the odds for (or, below zero, against) one person. */
  readonly bits: number
}

interface NameEntry extends ReadName {
  readonly keys: readonly number[]
  readonly family: number
}

interface Side {
  readonly keys: string[]
  readonly names: number[]
  readonly births: number[]
  readonly lunars: number[]
  readonly sexes: number[]
  readonly places: number[]
  readonly ids: (ReadId | null)[]
}

/** Pieces of work between two looks of the caller: some milliseconds. */
const PIECE = 200
/** Pairs of strangers and of one person that are enough to learn from. */
const LESSONS = 20_000
const FEW_LESSONS = 100
const KEPT = 4
const NO_EDGES: readonly Candidate[] = []

const emptySide = (): Side => ({ keys: [], names: [], births: [], lunars: [], sexes: [], places: [], ids: [] })

export class Linkage {
  private readonly ours = emptySide()
  private readonly theirs = emptySide()
  private readonly nameIds = new Map<string, number>()
  private readonly nameList: NameEntry[] = []
  private readonly placeBook: Places
  private readonly thresholds: Thresholds
  private readonly learn: boolean
  private readonly apart = new Set<number>()
  private readonly together = new Map<number, number>()
  private shares: Weights
  private prior = 0
  private readonly frequency = { name: new Map<string, number>(), sound: new Map<number, number>(), birth: new Map<number, number>(), place: new Map<number, number>() }
  private links: Link[] = []
  private taken: Uint8Array = new Uint8Array(0)
  private compared = 0

  constructor(options: LinkOptions = {}) {
    this.placeBook = createPlaces(options.tree ?? digitsTree)
    this.shares = options.weights ?? DEFAULT_WEIGHTS
    this.learn = options.learn ?? true
    this.thresholds = options.thresholds ?? DEFAULT_THRESHOLDS
  }

  addOurs(person: Person): number {
    return this.add(this.ours, person)
  }

  addTheirs(person: Person): number {
    return this.add(this.theirs, person)
  }

  /** [R1] Somebody has decided that these are two people: never linked again. */
  keepApart(theirs: number, ours: number): void {
    this.apart.add(pairKey(theirs, ours))
  }

  /** [R2] Somebody has decided that these are one person: linked whatever the lists say. */
  keepTogether(theirs: number, ours: number): void {
    this.together.set(theirs, ours)
  }

  get sizes(): { readonly ours: number; readonly theirs: number } {
    return { ours: this.ours.keys.length, theirs: this.theirs.keys.length }
  }

  /** Shares used: learnt from the lists once `run` has passed its first step. */
  get weights(): Weights {
    return this.shares
  }

  /** Pairs looked at closely, for figures. */
  get pairs(): number {
    return this.compared
  }

  /** Results in the order of their list; whole after `run` has ended. */
  get results(): readonly Link[] {
    return this.links
  }

  /** Lines of ours nobody of theirs was linked with, nor may be. */
  *onlyOurs(): Generator<number> {
    for (let i = 0; i < this.ours.keys.length; i++) if (this.taken[i] === 0) yield i
  }

  oursKey(index: number): string {
    return this.ours.keys[index]!
  }

  theirsKey(index: number): string {
    return this.theirs.keys[index]!
  }

  /** What speaks for and against a pair; the sum is its score. */
  explain(theirs: number, ours: number): PartOfScore[] {
    const levels = this.levels(theirs, ours)
    return [{ field: 'before', level: 'before', bits: this.prior }, ...FIELDS.map((field) => ({ field, level: levels[field], bits: this.bits(field, levels[field], ours) }))]
  }

  /** Does the work. Stop asking and it stops. */
  *run(): Generator<Progress> {
    const total = this.theirs.keys.length
    this.links = Array.from({ length: total }, () => ({ status: 'onlyTheirs', partner: -1, bits: 0, doubt: 'none', others: NO_EDGES }))
    this.taken = new Uint8Array(this.ours.keys.length)
    this.countFrequencies()
    yield* this.byNumber(total)
    this.teach()
    const blocks = this.buildBlocks()
    const edges: Edge[] = []
    for (let i = 0; i < total; i++) {
      if (i % PIECE === 0) yield { step: 'compare', done: i, total }
      if (this.links[i]!.status === 'onlyTheirs') edges.push(...this.candidates(i, blocks))
    }
    yield { step: 'assign', done: 0, total: 1 }
    this.settle(edges)
    yield { step: 'assign', done: 1, total: 1 }
  }

  private add(side: Side, person: Person): number {
    const id = readId(person.idNumber)
    let birth = readBirth(person.birth)
    // What the number says of birth and sex counts where the list has no column for it.
    if (birth === 0 && id?.valid) birth = birthOf(id.text) ?? 0
    const sex = person.sex ?? (id?.valid ? sexOf(id.text) : null)
    side.keys.push(person.key)
    side.names.push(this.nameId(person.name))
    side.births.push(birth)
    side.lunars.push(birth % 100 === 0 ? 0 : asLunar(birth))
    side.sexes.push(sex === null ? 0 : sex === 'male' ? 1 : 2)
    side.places.push(this.placeBook.idOf(person.place))
    side.ids.push(id)
    return side.keys.length - 1
  }

  /** Equal names are read once: two lists of 200,000 hold some 60,000 different ones. */
  private nameId(raw: string): number {
    let id = this.nameIds.get(raw)
    if (id === undefined) {
      const name = readName(raw)
      const family = name.sounds[0]?.near.toSorted()[0] ?? ''
      id = this.nameList.push({ ...name, keys: soundKeys(name).map((key) => hash(key)), family: hash(family) }) - 1
      this.nameIds.set(raw, id)
    }
    return id
  }

  private countFrequencies(): void {
    const { name, sound, birth, place } = this.frequency
    const more = <K>(map: Map<K, number>, key: K): void => void map.set(key, (map.get(key) ?? 0) + 1)
    for (let i = 0; i < this.ours.keys.length; i++) {
      const entry = this.nameList[this.ours.names[i]!]!
      more(name, entry.plain)
      for (const key of entry.keys) more(sound, key)
      more(birth, this.ours.births[i]!)
      more(place, this.ours.places[i]!)
    }
    this.prior = -Math.log2(Math.max(2, this.ours.keys.length))
  }

  /** [L1] Equal numbers first; a line of theirs with a number seen before in their list is the same line twice. */
  private *byNumber(total: number): Generator<Progress> {
    const byId = new Map<string, number>()
    for (let i = 0; i < this.ours.keys.length; i++) {
      const id = this.ours.ids[i]
      if (id) byId.set(id.text, i)
    }
    const seen = new Map<string, number>()
    for (let i = 0; i < total; i++) {
      if (i % (PIECE * 10) === 0) yield { step: 'numbers', done: i, total }
      const told = this.together.get(i)
      const id = this.theirs.ids[i]
      const before = id ? seen.get(id.text) : undefined
      if (id && before === undefined) seen.set(id.text, i)
      const twice = before !== undefined && alike(nameLevel(this.nameOf(this.theirs, i), this.nameOf(this.theirs, before)))
      const ours = told ?? (id && before === undefined ? byId.get(id.text) : undefined)
      if (twice && told === undefined) this.links[i] = { status: 'twice', partner: before, bits: 0, doubt: 'none', others: NO_EDGES }
      else if (ours !== undefined && this.taken[ours] === 0 && !this.apart.has(pairKey(i, ours))) this.linkByNumber(i, ours, told !== undefined)
    }
  }

  /** [L2] One number under two unlike names is a doubt, not a match: somebody uses or mistyped another's number. */
  private linkByNumber(theirs: number, ours: number, told: boolean): void {
    const levels = this.levels(theirs, ours)
    const bits = this.score(levels, ours)
    const unlike = levels.name === 'differ' || levels.name === 'surname'
    this.taken[ours] = 1
    this.links[theirs] = { status: unlike && !told ? 'possible' : 'matched', partner: ours, bits, doubt: unlike && !told ? 'idSameNameDiffers' : 'none', others: NO_EDGES }
  }

  private teach(): void {
    if (!this.learn) return
    const [same, strangers] = [createCounts(), createCounts()]
    let lessons = 0
    for (let i = 0; i < this.links.length && lessons < LESSONS; i++) {
      const { status, partner } = this.links[i]!
      if (status !== 'matched' || this.together.has(i)) continue
      same.add(this.levels(i, partner))
      lessons++
    }
    const [n, m] = [this.ours.keys.length, this.theirs.keys.length]
    if (lessons < FEW_LESSONS || n < FEW_LESSONS) return
    // Strides without a common factor walk through all pairings; no dice, so the same lists give the same weights.
    for (let k = 0; k < LESSONS; k++) {
      const [i, j] = [(k * 7919) % m, (k * 104_729 + 17) % n]
      if (this.links[i]!.partner !== j) strangers.add(this.levels(i, j))
    }
    this.shares = estimate(this.shares, same, strangers)
  }

  private buildBlocks(): Blocks {
    const blocks = createBlocks(this.ours.keys.length)
    const { births, lunars, places, ids, names } = this.ours
    for (let i = 0; i < this.ours.keys.length; i++) {
      if (this.taken[i] === 1) continue
      const name = this.nameList[names[i]!]!
      const year = Math.floor(births[i]! / 10_000)
      const township = this.placeBook.above(places[i]!)
      blocks.add('birth', hash(births[i]!), i)
      if (lunars[i]! > 0) blocks.add('moon', hash(lunars[i]!, name.family), i)
      blocks.add('moon', hash(births[i]!, name.family), i)
      for (const key of name.keys) {
        blocks.add('soundYear', hash(key, year), i)
        blocks.add('soundPlace', hash(key, township), i)
      }
      const id = ids[i]
      if (id && id.text.length >= 15) blocks.add('tail', hash(id.text.slice(-4), name.family), i)
    }
    return blocks
  }

  /** [K1] Same birth date · near sound and year · near sound and township · end of the number and family · moon or swapped date and family. */
  private *blockKeys(i: number): Generator<readonly ['birth' | 'moon' | 'soundYear' | 'soundPlace' | 'tail', number]> {
    const { births, lunars, places, ids, names } = this.theirs
    const name = this.nameList[names[i]!]!
    const birth = births[i]!
    const year = Math.floor(birth / 10_000)
    if (birth > 0) yield ['birth', hash(birth)]
    for (const one of new Set([birth, lunars[i]!, swapped(birth)])) if (one > 0) yield ['moon', hash(one, name.family)]
    for (const key of name.keys) {
      yield ['soundYear', hash(key, year)]
      // A list that names only the township is looked up under that township itself.
      for (const place of new Set([this.placeBook.above(places[i]!), places[i]!])) yield ['soundPlace', hash(key, place)]
    }
    const id = ids[i]
    if (id && id.text.length >= 15) yield ['tail', hash(id.text.slice(-4), name.family)]
  }

  private candidates(i: number, blocks: Blocks): Edge[] {
    blocks.next()
    const kept: Edge[] = []
    for (const [kind, key] of this.blockKeys(i)) for (const ours of blocks.fresh(kind, key)) {
      if (this.taken[ours] === 1 || this.apart.has(pairKey(i, ours))) continue
      this.compared++
      const bits = this.quickScore(i, ours)
      if (bits >= this.thresholds.possible) kept.push({ theirs: i, ours, bits })
    }
    return kept.sort((a, b) => b.bits - a.bits || a.ours - b.ours).slice(0, KEPT)
  }

  private quickScore(theirs: number, ours: number): number {
    return this.score(this.levels(theirs, ours), ours)
  }

  private score(levels: Levels, ours: number): number {
    let sum = this.prior
    for (const field of FIELDS) sum += this.bits(field, levels[field], ours)
    return sum
  }

  /** [W4] Agreeing on a rare name, day or village says more than on a common one. */
  private bits(field: Field, level: string, ours: number): number {
    return level === 'missing' ? 0 : bitsOf(this.shares, field, level, this.chance(field, level, ours))
  }

  private chance(field: Field, level: string, ours: number): number | undefined {
    const n = Math.max(1, this.ours.keys.length)
    const share = (count: number | undefined): number => Math.max(1, count ?? 1) / n
    if (field === 'name' && (level === 'same' || level === 'variant')) return share(this.frequency.name.get(this.nameOf(this.ours, ours).plain))
    if (field === 'name' && (level === 'sound' || level === 'nearSound')) return share(Math.max(...this.nameOf(this.ours, ours).keys.map((key) => this.frequency.sound.get(key) ?? 1)))
    if (field === 'birth' && level === 'same') return share(this.frequency.birth.get(this.ours.births[ours]!))
    if (field === 'place' && level === 'same') return share(this.frequency.place.get(this.ours.places[ours]!))
    return undefined
  }

  private levels(theirs: number, ours: number): Levels {
    const [t, o] = [this.theirs, this.ours]
    return {
      id: idLevel(t.ids[theirs]!, o.ids[ours]!), name: t.names[theirs] === o.names[ours] && this.nameOf(o, ours).plain !== '' ? 'same' : nameLevel(this.nameOf(t, theirs), this.nameOf(o, ours)),
      birth: birthLevel(t.births[theirs]!, o.births[ours]!), place: this.placeBook.level(t.places[theirs]!, o.places[ours]!), sex: sexLevel(t.sexes[theirs]!, o.sexes[ours]!),
    }
  }

  private nameOf(side: Side, index: number): NameEntry {
    return this.nameList[side.names[index]!]!
  }

  private settle(edges: readonly Edge[]): void {
    const byTheirs = new Map<number, Edge[]>()
    for (const edge of edges) byTheirs.set(edge.theirs, [...(byTheirs.get(edge.theirs) ?? []), edge])
    const chosen = assign(edges)
    const rivals = secondBest(edges)
    for (const [theirs, all] of byTheirs) {
      const edge = chosen.get(theirs)
      const others = all.filter((one) => one.ours !== edge?.ours).map(({ ours, bits }) => ({ ours, bits }))
      if (edge) {
        const doubt = this.doubt(edge, Math.max(others[0]?.bits ?? -Infinity, rivals(edge)))
        this.taken[edge.ours] = 1
        this.links[theirs] = { status: doubt === 'none' ? 'matched' : 'possible', partner: edge.ours, bits: edge.bits, doubt, others }
      } else if (all[0]!.bits >= this.thresholds.matched) {
        // [A3] Its only good partner went to another line of theirs: a person looks, it does not fall among the strangers.
        this.links[theirs] = { status: 'possible', partner: all[0]!.ours, bits: all[0]!.bits, doubt: 'partnerTaken', others: others.slice(1) }
      }
    }
  }

  /** [L3] What keeps a good pair from being matched without a person. */
  private doubt(edge: Edge, second: number): Doubt {
    const levels = this.levels(edge.theirs, edge.ours)
    if (edge.bits < this.thresholds.matched) return 'weak'
    if (levels.id === 'differ') return 'idsDiffer'
    // [L4] Twins share day, house, family and half the name.
    if (levels.id !== 'slip' && (levels.name === 'oneCharacter' || levels.name === 'surname' || levels.name === 'differ')) return 'nameOneCharacter'
    if (levels.id === 'missing' && levels.birth === 'differ') return 'birthDiffers'
    return edge.bits - second < this.thresholds.margin ? 'twoAlike' : 'none'
  }
}

function sexLevel(a: number, b: number): SexLevel {
  return a === 0 || b === 0 ? 'missing' : a === b ? 'same' : 'differ'
}

function alike(level: ReturnType<typeof nameLevel>): boolean {
  return level !== 'differ' && level !== 'surname'
}

function pairKey(theirs: number, ours: number): number {
  return theirs * 4_194_304 + ours
}

/** How near the best other line of theirs comes to the same line of ours. */
function secondBest(edges: readonly Edge[]): (edge: Edge) => number {
  const best = new Map<number, [Edge, number]>()
  for (const edge of edges) {
    const known = best.get(edge.ours)
    if (!known) best.set(edge.ours, [edge, -Infinity])
    else if (edge.bits > known[0].bits) best.set(edge.ours, [edge, known[0].bits])
    else known[1] = Math.max(known[1], edge.bits)
  }
  return (edge) => {
    const known = best.get(edge.ours)!
    return known[0].theirs === edge.theirs ? known[1] : known[0].bits
  }
}
