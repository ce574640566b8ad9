import { searchElders } from '@songbai/capabilities/know/elders/contract'
import { seeMyPlaces, seeRegion } from '@songbai/capabilities/know/regions/contract'
import { choosePassword, me, signIn, signInCode, signOut } from '@songbai/capabilities/know/users/contract'
import { countCases } from '@songbai/capabilities/know/work/contract'
import { createClient } from '@songbai/web-shared/api.ts'
import type { Answer, Client, OutputOf } from '@songbai/web-shared/api.ts'
import type { Place } from '@songbai/web-shared/widgets/Pickers.tsx'
import type { FrameApi, Me } from './session.ts'

/** For react-query, which wants a throw: the code of the refusal or problem. */
export async function orThrow<T>(asked: Promise<Answer<T>>): Promise<T> {
  const answer = await asked
  if (answer.ok) return answer.value
  throw new Error('refusal' in answer ? answer.refusal.code : answer.problem.code)
}

type RegionView = OutputOf<typeof seeRegion>['children'][number]

function placeOf(region: RegionView): Place {
  return { region: region.code, name: region.name, hasChildren: region.children > 0 }
}

/** The person's own place with the places above it that the duties cover. */
async function placesOf(client: Client, region: string, name: string): Promise<readonly Place[]> {
  const [mine, own] = await Promise.all([client.see(seeMyPlaces, {}), client.see(seeRegion, { code: region })])
  if (!own.ok) return [{ region, name, hasChildren: true }]
  const covered = mine.ok ? mine.value.places.map((place) => place.code) : [region]
  const above = own.value.path.filter((place) => place.code !== region && covered.some((code) => below(place.code, code)))
  return [...above.map((place) => ({ region: place.code, name: place.name, hasChildren: true })), placeOf(own.value.region)]
}

// Codes are prefixes: 500229 covers 500229101000.
function below(code: string, top: string): boolean {
  return code.startsWith(top.replace(/(0{2}|0{3})+$/, ''))
}

async function readMe(client: Client): Promise<Answer<Me | null>> {
  const answer = await client.see(me, {})
  if (!answer.ok) return answer
  const { user, today, actions, database } = answer.value
  if (!user) return { ok: true, value: null }
  const places = await placesOf(client, user.region, user.place)
  return { ok: true, value: { name: user.name, organisation: user.organisation ?? user.place, roles: user.roles, actions, today, places, demo: user.demo, embedded: database === 'embedded' } }
}

export interface Backend {
  readonly api: FrameApi
  readonly client: Client
  readonly onSignedOut: (tell: () => void) => void
}

/** The server behind the console. */
export function createBackend(): Backend {
  let tell: () => void = () => undefined
  const client = createClient({ onSignedOut: () => tell() })
  const api: FrameApi = {
    me: () => readMe(client),
    signIn: (input) => client.do(signIn, input),
    signInCode: (code) => client.do(signInCode, { code }),
    choosePassword: (old, next) => client.do(choosePassword, { old, password: next }),
    signOut: () => client.do(signOut, {}),
    placesIn: async (region, at) => (await orThrow(client.see(seeRegion, { code: region, at }))).children.map(placeOf),
    findElders: async (text, signal) => {
      const answer = await client.see(searchElders, { text }, signal)
      return answer.ok ? { ok: true, value: answer.value.hits } : answer
    },
    counts: async () => {
      const n = await orThrow(client.see(countCases, {}))
      return { '/today': { n: n.mine, hot: n.overdue > 0 } }
    },
  }
  return { api, client, onSignedOut: (next) => { tell = next } }
}
