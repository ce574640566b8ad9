import { choosePassword, me, signIn, signInCode, signOut } from '@songbai/capabilities/know/users/contract'
import { createClient } from '@songbai/web-shared/api.ts'
import type { ActionSpec, Answer, Client, OutputOf, SentOf } from '@songbai/web-shared/api.ts'
import type { Place } from '@songbai/web-shared/widgets/Pickers.tsx'
import type { FoundElder, FrameApi, Me } from './session.ts'

/** For react-query, which wants a throw: the code of the refusal or problem. */
export async function orThrow<T>(asked: Promise<Answer<T>>): Promise<T> {
  const answer = await asked
  if (answer.ok) return answer.value
  throw new Error('refusal' in answer ? answer.refusal.code : answer.problem.code)
}

function readMe(got: OutputOf<typeof me>): Me | null {
  const { user } = got
  if (!user) return null
  return {
    name: user.name, organisation: user.organisation ?? '', roles: user.roles, actions: got.actions, today: got.today,
    places: [{ region: user.region, name: user.place, hasChildren: true }], demo: user.demo, embedded: got.database === 'embedded',
  }
}

// Asked by name until their contracts are in the list; the typed pages import theirs.
function named(name: string, kind: 'do' | 'see'): ActionSpec {
  return { name, kind } as ActionSpec
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
  const see = <T>(name: string, input: unknown, signal?: AbortSignal) => client.see(named(name, 'see'), input as SentOf<ActionSpec>, signal) as Promise<Answer<T>>
  const api: FrameApi = {
    me: async () => {
      const answer = await client.see(me, {})
      return answer.ok ? { ok: true, value: readMe(answer.value) } : answer
    },
    signIn: (input) => client.do(signIn, input),
    signInCode: (code) => client.do(signInCode, { code }),
    choosePassword: (old, next) => client.do(choosePassword, { old, password: next }),
    signOut: () => client.do(signOut, {}),
    placesIn: (region, at) => orThrow(see<readonly Place[]>('regions.children', { region, at })),
    findElders: (text, signal) => see<readonly FoundElder[]>('elders.find', { text }, signal),
    counts: () => orThrow(see('work.counts', {})),
  }
  return { api, client, onSignedOut: (next) => { tell = next } }
}
