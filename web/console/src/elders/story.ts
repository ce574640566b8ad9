/** A person's facts, life events and merges as one line in time: newest first, corrections kept, what is missing last. */
import type { seeElder } from '@songbai/capabilities/know/elders/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import type { TimelineMark } from '@songbai/web-shared/widgets/Reason.tsx'
import { chinaDay } from '@songbai/web-shared/words/format.ts'

export type ElderFile = OutputOf<typeof seeElder>
export type Fact = ElderFile['facts'][number]
export type LifeEvent = ElderFile['events'][number]

export const GROUPS = ['identity', 'home', 'money', 'health', 'other'] as const
export type Group = (typeof GROUPS)[number]

const GROUP_OF: Readonly<Record<string, Group>> = Object.fromEntries([
  ...['name', 'sex', 'birth', 'birthMonth', 'ethnicity', 'idNumber', 'phone', 'hukou', 'registeredRegion', 'maritalStatus', 'dead', 'moved', 'mergedInto', 'movedFrom', 'movedTo'].map((key) => [key, 'identity']),
  ...['usualResidence', 'residence', 'address', 'settlement', 'livingArrangement', 'withoutKin', 'childrenNearby', 'familyCarer', 'householdSize', 'institutionSince', 'adaptedOn'].map((key) => [key, 'home']),
  ...['incomeStanding', 'povertyRiskKind', 'extremePovertySupport', 'pensionType', 'pensionFen', 'benefit'].map((key) => [key, 'money']),
  ...['abilityLevel', 'abilityAssessedOn', 'cognitiveImpairment', 'disabilityKind', 'disabilityGrade', 'ltciInsured', 'ltciGrade', 'hospitalised', 'selfCareStanding'].map((key) => [key, 'health']),
] as const)

export function groupOf(key: string): Group {
  return GROUP_OF[key.split('.')[0]!] ?? 'other'
}

/** Words in a source that say somebody stood in front of the person. */
const SEEN = /核实|入户|探访|走访|当面|评估|上门/

export interface FactEntry {
  readonly kind: 'fact'
  readonly key: string
  readonly day: string
  readonly mark: TimelineMark
  readonly group: Group
  readonly fact: Fact
  /** What stood here before a correction. */
  readonly old: Fact | null
}

export interface EventEntry {
  readonly kind: 'event'
  readonly key: string
  readonly day: string
  readonly mark: TimelineMark
  readonly event: LifeEvent
}

export interface MergeEntry {
  readonly kind: 'merge'
  readonly key: string
  readonly day: string
  readonly mark: TimelineMark
  readonly merge: ElderFile['merges'][number]
}

export type Entry = FactEntry | EventEntry | MergeEntry

const sameValue = (a: Fact, b: Fact) => a.variant === b.variant

/** The statement a live one took the place of: the same key, withdrawn in the same moment, another value over the same time. */
function replacedBy(fact: Fact, facts: readonly Fact[]): Fact | null {
  const gone = facts.filter((one) => one.key === fact.key && one.supersededAt === fact.recordedAt && one.id !== fact.id && !sameValue(one, fact))
  return gone.find((one) => one.validFrom === fact.validFrom) ?? (fact.reason === null ? null : (gone[0] ?? null))
}

/** A withdrawn statement that lives on in a newer row with the same value needs no line of its own. */
function livesOn(fact: Fact, facts: readonly Fact[]): boolean {
  return facts.some((one) => one.key === fact.key && one.recordedAt === fact.supersededAt && sameValue(one, fact))
}

function factEntries(facts: readonly Fact[]): FactEntry[] {
  const shown = new Set<string>()
  const live = facts.filter((fact) => fact.supersededAt === null).map((fact): FactEntry => {
    const old = replacedBy(fact, facts)
    if (old) shown.add(old.id)
    return { kind: 'fact', key: fact.id, day: fact.validFrom ?? chinaDay(fact.recordedAt), mark: old ? 'correction' : SEEN.test(fact.source) ? 'seen' : 'register', group: groupOf(fact.key), fact, old }
  })
  const withdrawn = facts.filter((fact) => fact.supersededAt !== null && !shown.has(fact.id) && !livesOn(fact, facts))
  return [...live, ...withdrawn.map((fact): FactEntry => ({ kind: 'fact', key: fact.id, day: chinaDay(fact.supersededAt!), mark: 'correction', group: groupOf(fact.key), fact, old: null }))]
}

/** [newest first] One line for each live fact, event and merge; a correction holds its old value. */
export function storyOf(file: Pick<ElderFile, 'facts' | 'events' | 'merges'>): readonly Entry[] {
  const events = file.events.map((event): EventEntry => ({ kind: 'event', key: event.id, day: event.onDay, mark: event.state === 'withdrawn' ? 'correction' : 'register', event }))
  const merges = file.merges.map((merge): MergeEntry => ({ kind: 'merge', key: merge.id, day: chinaDay(merge.mergedAt), mark: 'correction', merge }))
  return [...factEntries(file.facts), ...events, ...merges].sort((a, b) => (a.day === b.day ? a.key.localeCompare(b.key) : a.day < b.day ? 1 : -1))
}

export type Chosen = 'all' | Group | 'corrections' | 'changes'

export function chosenOf(story: readonly Entry[], chosen: Chosen): readonly Entry[] {
  if (chosen === 'all') return story
  if (chosen === 'changes') return story.filter((entry) => entry.kind !== 'fact')
  if (chosen === 'corrections') return story.filter((entry) => entry.mark === 'correction')
  return story.filter((entry) => entry.kind === 'fact' && entry.group === chosen)
}

/** Particulars the head of the page shows already; beside it only their corrections are news. */
const HEAD: ReadonlySet<string> = new Set(['name', 'sex', 'birth', 'birthMonth', 'ethnicity', 'idNumber', 'phone', 'address', 'usualResidence', 'registeredRegion'])

export function inHead(entry: Entry): boolean {
  return entry.kind === 'fact' && entry.mark !== 'correction' && HEAD.has(entry.fact.key)
}
