import type { Actor as CaseActor, Case, CaseEvent, CaseType, Owner, RefusalCode, Words } from '@songbai/casework'
import type { Role } from '../../roles.ts'
import { ROLE_TITLES } from '../../roles.ts'
import type { WORK_REFUSALS } from './contract.ts'

/** [W1] Whoever holds a role over a place holds the post of that place. */
export function caseActor(actor: { readonly id: string; readonly roles: readonly string[]; readonly grants?: readonly { readonly role: string; readonly prefix: string }[] | undefined }): CaseActor {
  return { id: actor.id, roles: actor.roles, posts: (actor.grants ?? []).map((grant) => ({ post: grant.role, region: grant.prefix })) }
}

export interface Post { readonly post: string; readonly region: string }

/** Who steps in, nearest first, where nobody holds the post itself anywhere above the place. */
const STEPS_IN: Readonly<Record<string, readonly string[]>> = { villageAssistant: ['townshipClerk', 'countyClerk'] }

/**
 * [W4] A post that nobody holds falls to the nearest post above that somebody holds: first the same duty over a wider place,
 * then the duty above it. 'held' when nobody needs to step in, null when nobody is there at all.
 */
export function standInFor(owner: Post, held: readonly Post[]): Post | 'held' | null {
  const over = held.filter((one) => owner.region.startsWith(one.region)).sort((a, b) => b.region.length - a.region.length)
  if (over.some((one) => one.post === owner.post && one.region === owner.region)) return 'held'
  for (const post of [owner.post, ...(STEPS_IN[owner.post] ?? ['countyClerk'])]) {
    const nearest = over.find((one) => one.post === post)
    if (nearest) return nearest
  }
  return null
}

/** [W2] A piece of work somebody noted by hand: a week, then the county sees to it. */
export const MANUAL: CaseType = {
  id: 'work.manual', title: { zh: '{text}', en: '{text}' }, start: 'open', firstOwner: { post: 'townshipClerk', level: 'township' },
  states: [{ id: 'open', title: { zh: '待办', en: 'To do' }, kind: 'open' }, { id: 'done', title: { zh: '已办', en: 'Done' }, kind: 'closed' }],
  moves: [{ id: 'finish', from: ['open'], to: 'done', verb: { zh: '办好了', en: 'Done' }, who: ['owner', 'countyClerk'], outcomes: ['done', 'notNeeded'] }],
  clocks: [{ id: 'week', title: { zh: '办结期限', en: 'To be done by' }, runsIn: ['open'], length: { days: 7, endsOnWorkday: true }, onFire: 'county' }],
  ladder: [{ id: 'county', title: { zh: '转县级', en: 'To the county' }, to: { post: 'countyClerk', level: 'county' }, mode: 'takeOver' }],
  outcomes: [{ id: 'done', title: { zh: '已办好', en: 'Done' } }, { id: 'notNeeded', title: { zh: '不用办了', en: 'No longer needed' } }],
  reassign: ['owner', 'countyClerk', 'townshipClerk'],
}

export function fill(words: Words, args: Readonly<Record<string, string | number>>): Words {
  const put = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => String(args[name] ?? ''))
  return { zh: put(words.zh), en: put(words.en) }
}

/** [W3] A post is shown as the duty and the place, so that a row is never without somebody. */
export function ownerName(owner: Owner, names: { readonly person: (id: string) => string | undefined; readonly place: (prefix: string) => string | undefined }, language: 'zh' | 'en' = 'zh'): string {
  if (owner.kind !== 'post') return names.person(owner.id) ?? '—'
  const title = ROLE_TITLES[owner.post as Role]
  return `${names.place(owner.region) ?? ''}${language === 'zh' ? '' : ' '}${title ? title[language] : owner.post}`
}

const REFUSALS: Partial<Record<RefusalCode, (typeof WORK_REFUSALS)[number]>> = {
  'casework.notAllowed': 'work.not-allowed', 'casework.stale': 'work.stale', 'casework.sameActor': 'work.same-person', 'casework.evidenceMissing': 'work.evidence-missing',
  'casework.outcomeMissing': 'work.outcome-missing', 'casework.outcomeNotAllowed': 'work.outcome-missing', 'casework.closed': 'work.closed', 'casework.moveNotFromHere': 'work.move-not-here', 'casework.moveUnknown': 'work.move-not-here',
  'casework.noHolidayData': 'work.no-holiday-data', 'casework.reasonMissing': 'work.evidence-missing',
}

export function refusalOf(code: RefusalCode): (typeof WORK_REFUSALS)[number] {
  return REFUSALS[code] ?? 'work.move-not-here'
}

/** One line of the case's story in both languages. */
export function eventText(type: CaseType, event: CaseEvent, name: (owner: Owner, language: 'zh' | 'en') => string): Words {
  const state = (id: string): Words => type.states.find((s) => s.id === id)?.title ?? { zh: id, en: id }
  switch (event.kind) {
    case 'opened': return { zh: `立件，由${name(event.owner, 'zh')}办`, en: `Opened, owner ${name(event.owner, 'en')}` }
    case 'moved': {
      const verb = type.moves.find((move) => move.id === event.move)?.verb ?? { zh: event.move, en: event.move }
      return { zh: `${verb.zh}（${state(event.to).zh}）`, en: `${verb.en} (${state(event.to).en})` }
    }
    case 'closed': {
      const outcome = type.outcomes.find((o) => o.id === event.outcome)?.title ?? { zh: '', en: '' }
      return { zh: `办结：${outcome.zh}`, en: `Closed: ${outcome.en}` }
    }
    case 'ownerChanged': return { zh: `由${name(event.from, 'zh')}改派${name(event.to, 'zh')}${event.reason ? `：${event.reason}` : ''}`, en: `Handed from ${name(event.from, 'en')} to ${name(event.to, 'en')}${event.reason ? `: ${event.reason}` : ''}` }
    case 'escalated': {
      const step = type.ladder.find((s) => s.id === event.step)?.title ?? { zh: event.step, en: event.step }
      return { zh: `到时未办，${step.zh}`, en: `Not done in time: ${step.en}` }
    }
    case 'waiting': return event.for === null ? { zh: '不再等人', en: 'No longer waiting' } : { zh: `等${name(event.for, 'zh')}`, en: `Waiting for ${name(event.for, 'en')}` }
    case 'merged': return { zh: '并入另一件', en: 'Merged into another case' }
    case 'absorbed': return { zh: '另一件并入', en: 'Another case merged in' }
    case 'reopened': return { zh: `重新打开：${event.reason}`, en: `Reopened: ${event.reason}` }
  }
}

export function outcomeTitle(type: CaseType, held: Case): Words | null {
  return held.outcome === null ? null : (type.outcomes.find((outcome) => outcome.id === held.outcome)?.title ?? null)
}
