import type { Actor } from '@songbai/platform/server'
import type { Tx } from '@songbai/platform/tx'
import { prefixOf } from '../../common.ts'
import type { Role } from '../../roles.ts'
import { expandScope } from '../regions/public.ts'
import { currentGrants, prefixesOf } from './rules.ts'
import { accounts, grantsOf, insertAccount, insertGrants, insertOrganisation, postsHeld, type NewAccount } from './store.ts'

/** The actor behind an account: roles and places of today, old codes that succeeded into them included. Null when the person left. */
export async function actorOf(tx: Tx, userId: string): Promise<Actor | null> {
  const [account] = await accounts(tx, { ids: [userId], state: 'active' })
  if (!account) return null
  const grants = await Promise.all(prefixesOf(currentGrants(await grantsOf(tx, [userId]), tx.today)).map(async (grant) => (await expandScope(tx, grant.prefix)).map((prefix) => ({ role: grant.role, prefix }))))
  const flat = grants.flat()
  return { id: account.id, name: account.name, kind: 'person', roles: [...new Set(flat.map((grant) => grant.role))], region: account.region, prefixes: [...new Set([prefixOf(account.region), ...flat.map((grant) => grant.prefix)])], grants: flat }
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly region: string
}

/** Names of accounts in scope; who is not in scope is missing from the map. */
export async function peopleByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, Person>> {
  const found = ids.length === 0 ? [] : await accounts(tx, { ids: [...new Set(ids)] })
  return new Map(found.map((account) => [account.id, { id: account.id, name: account.name, region: account.region }]))
}

/** Active people who hold one of these roles over this place, the closest place first. */
export async function peopleFor(tx: Tx, roles: readonly Role[], place: string): Promise<Person[]> {
  const found = await Promise.all(roles.map((role) => accounts(tx, { role, state: 'active' })))
  const people = new Map(found.flat().map((account) => [account.id, account]))
  const grants = currentGrants(await grantsOf(tx, [...people.keys()]), tx.today).filter((grant) => roles.includes(grant.role) && place.startsWith(prefixOf(grant.place)))
  const closest = new Map<string, number>()
  for (const grant of grants) closest.set(grant.userId, Math.max(closest.get(grant.userId) ?? 0, prefixOf(grant.place).length))
  return [...closest].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([id]) => ({ id, name: people.get(id)!.name, region: people.get(id)!.region }))
}

/** Posts somebody holds today, as far as they matter to the asker's places: inside them and above. Old codes that went into a place count. */
export async function heldPosts(tx: Tx): Promise<{ readonly post: Role; readonly region: string }[]> {
  const held = await postsHeld(tx)
  return (await Promise.all(held.map(async ({ role, place }) => (await expandScope(tx, prefixOf(place))).map((region) => ({ post: role, region }))))).flat()
}

/** For the first start and the demo: accounts with their organisation and roles, made by the program. */
export async function createAccount(tx: Tx, account: NewAccount, grants: readonly { role: Role; region: string }[]): Promise<string | null> {
  const id = await insertAccount(tx, account)
  if (id !== null) await insertGrants(tx, { id, region: account.region }, grants)
  return id
}

export async function createOrganisation(tx: Tx, organisation: { name: string; kind: string; region: string }): Promise<string> {
  return insertOrganisation(tx, organisation)
}
