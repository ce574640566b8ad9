/** Who acts, and over what. Built once per request by the capability that knows users; the platform only obeys it. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly kind: 'person' | 'clock' | 'operator' | 'anyone'
  readonly roles: readonly string[]
  /** Twelve-digit code of the place this actor belongs to. */
  readonly region: string
  /** Prefixes of twelve-digit codes this actor may touch, old codes that succeeded into them included. Empty: nothing. */
  readonly prefixes: readonly string[]
  /** Which role holds over which prefix; an action sees only the places of the roles that may run it. */
  readonly grants?: readonly { readonly role: string; readonly prefix: string }[]
  /** People this actor may touch wherever they live (family, place of the day, an organisation's clients). */
  readonly subjectIds?: readonly string[]
  readonly sessionId?: string
  readonly sessionLevel?: 'full' | 'factor' | 'partial'
}

/** Tenant key of a place: the six-digit code the county was born with. */
export function countyOf(region: string): string {
  return region.slice(0, 6)
}

export const NOBODY: Actor = { id: '00000000-0000-7000-8000-000000000000', name: '', kind: 'anyone', roles: [], region: '000000000000', prefixes: [] }

/** The program itself, in one county or (prefix '') everywhere. */
export function clockActor(prefix: string): Actor {
  return { id: '00000000-0000-7000-8000-000000000001', name: 'clock', kind: 'clock', roles: ['program'], region: prefix.padEnd(12, '0'), prefixes: [prefix] }
}

/** Whoever runs the command line on the server's own machine; with a county, acts in that county only. */
export function operatorActor(name: string, county = ''): Actor {
  return { id: '00000000-0000-7000-8000-000000000002', name, kind: 'operator', roles: ['program', 'operator'], region: county.padEnd(12, '0'), prefixes: [county] }
}
