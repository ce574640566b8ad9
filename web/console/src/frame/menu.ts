import type { IconName } from '@songbai/web-shared/icons.tsx'
import type { WordKey } from '@songbai/web-shared/words/catalogue.ts'

export interface MenuEntry {
  readonly to: string
  /** Pages that belong to it under another address. */
  readonly also?: string
  readonly icon: IconName
  readonly word: WordKey & `menu.${string}`
  /** Second key after `g`. */
  readonly key?: string
  readonly keyWord?: WordKey & `keys.go${string}`
  /** Roles that see it; everybody when left out. The server decides again at each request. */
  readonly roles?: readonly string[]
}

export interface MenuGroup {
  readonly word?: WordKey & `menu.${string}`
  readonly entries: readonly MenuEntry[]
}

const READERS = ['countyClerk', 'townshipClerk', 'villageAssistant', 'assessor', 'leader']
const CLERKS = ['countyClerk', 'townshipClerk']

/** Only what exists. The same order for every role; each sees its part. */
export const MENU: readonly MenuGroup[] = [
  { entries: [{ to: '/today', also: '/work', icon: 'sun', word: 'menu.today', key: 't', keyWord: 'keys.goToday' }] },
  {
    word: 'menu.know',
    entries: [
      { to: '/elders', icon: 'people', word: 'menu.elders', key: 'e', keyWord: 'keys.goElders', roles: READERS },
      { to: '/assessments', icon: 'clipboard', word: 'menu.assessments', key: 'a', keyWord: 'keys.goAssessments', roles: READERS },
      { to: '/imports', icon: 'import', word: 'menu.imports', key: 'i', keyWord: 'keys.goImports', roles: CLERKS },
      { to: '/matching', icon: 'merge', word: 'menu.matching', key: 'm', keyWord: 'keys.goMatching', roles: CLERKS },
      { to: '/regions', icon: 'pin', word: 'menu.regions' },
    ],
  },
  {
    word: 'menu.decide',
    entries: [
      { to: '/policies', icon: 'book', word: 'menu.policies', key: 'p', keyWord: 'keys.goPolicies', roles: [...READERS, 'auditor'] },
      { to: '/lab', icon: 'lab', word: 'menu.lab', roles: ['countyClerk', 'leader'] },
      { to: '/entitlements', icon: 'heart', word: 'menu.entitlements', key: 'b', keyWord: 'keys.goEntitlements', roles: READERS },
      { to: '/lookback', icon: 'undo', word: 'menu.lookback', key: 'r', keyWord: 'keys.goLookback', roles: [...CLERKS, 'leader', 'auditor'] },
      { to: '/offers', icon: 'bell', word: 'menu.offers', roles: READERS },
      { to: '/messages', icon: 'speak', word: 'menu.messages', roles: READERS },
      { to: '/payments', also: '/funds', icon: 'coin', word: 'menu.payments', key: 'y', keyWord: 'keys.goPayments', roles: [...CLERKS, 'leader', 'auditor'] },
    ],
  },
  { word: 'menu.deliver', entries: [{ to: '/users', icon: 'person', word: 'menu.users', roles: ['systemAdmin', 'securityAdmin', ...CLERKS, 'leader'] }] },
  {
    word: 'menu.answer',
    entries: [
      { to: '/indicators', icon: 'target', word: 'menu.indicators', key: 'n', keyWord: 'keys.goIndicators', roles: [...READERS, 'auditor'] },
      { to: '/audit', icon: 'gear', word: 'menu.audit', roles: ['auditor', 'securityAdmin'] },
    ],
  },
]

/** The bottom bar of a phone: what a township clerk opens most; the rest is one press away. */
export const PHONE_TABS: readonly string[] = ['/today', '/elders', '/entitlements', '/indicators']

/** What this role sees of what exists. */
export function menuFor(roles: readonly string[], exists: (to: string) => boolean): readonly MenuGroup[] {
  const seen = (entry: MenuEntry) => exists(entry.to) && (!entry.roles || entry.roles.some((role) => roles.includes(role)))
  return MENU.map((group) => ({ ...group, entries: group.entries.filter(seen) })).filter((group) => group.entries.length > 0)
}

/** Segments that are the entry itself or below it: `/elders/0190…` lights 老人. */
export function isOn(entry: MenuEntry, path: string): boolean {
  return [entry.to, entry.also].some((own) => own !== undefined && (path === own || path.startsWith(`${own}/`)))
}
