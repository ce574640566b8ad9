import type { Actor, Level, Owner, OwnerTarget } from './types.ts'

const DIGITS: Readonly<Record<Level, number>> = { province: 2, prefecture: 4, county: 6, township: 9, village: 12 }

export function isRegion(region: unknown): region is string {
  return typeof region === 'string' && /^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/.test(region)
}

/** [S2] True for an owner that names somebody: an empty id is no owner. */
export function isOwner(owner: unknown): owner is Owner {
  if (typeof owner !== 'object' || owner === null) return false
  const { kind, id, post, region } = owner as Record<string, unknown>
  if (kind === 'post') return typeof post === 'string' && post.trim() !== '' && isRegion(region)
  return (kind === 'person' || kind === 'organisation') && typeof id === 'string' && id.trim() !== ''
}

/** [S2] The post of the place: when the place of the case is known less exactly than asked, the post of what is known. */
export function ownerFor(target: OwnerTarget, region: string): Owner {
  return { kind: 'post', post: target.post, region: region.slice(0, DIGITS[target.level]) }
}

export function sameOwner(a: Owner, b: Owner): boolean {
  if (a.kind === 'post') return b.kind === 'post' && a.post === b.post && a.region === b.region
  return a.kind === b.kind && a.id === (b as { id: string }).id
}

/** Whether an actor is, works for, or holds the post of the owner. */
export function actsForOwner(actor: Actor, owner: Owner): boolean {
  switch (owner.kind) {
    case 'person': return actor.id === owner.id
    case 'organisation': return actor.organisations?.includes(owner.id) ?? false
    case 'post': return actor.posts?.some((held) => held.post === owner.post && held.region === owner.region) ?? false
  }
}

/** [S3] Whether one of the roles asked for is the actor's. */
export function mayAct(who: readonly string[], actor: Actor, owner: Owner): boolean {
  return who.some((role) => role === 'anyone' || (role === 'owner' ? actsForOwner(actor, owner) : actor.roles.includes(role)))
}
