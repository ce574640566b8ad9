import { createContext, useContext } from 'react'
import type { signIn } from '@songbai/capabilities/know/users/contract'
import type { Answer, OutputOf } from '@songbai/web-shared/api.ts'
import type { DayChoice, Place } from '@songbai/web-shared/widgets/Pickers.tsx'

/** Who sits here, as `users.me` says. */
export interface Me {
  readonly name: string
  readonly organisation: string
  readonly roles: readonly string[]
  /** Names of the actions this person may run: a button shows when its action is here. */
  readonly actions: readonly string[]
  /** Asia/Shanghai, from the server; the browser's clock is never asked. */
  readonly today: string
  /** From the widest place in reach down to the person's own. */
  readonly places: readonly Place[]
  /** Made-up people and figures. */
  readonly demo: boolean
  /** The embedded database survives a killed process, not power loss; the screen says so. */
  readonly embedded: boolean
}

/** What the sign-in page shows next. */
export type SignInStep = OutputOf<typeof signIn>

export interface FoundElder {
  readonly id: string
  readonly name: string
  readonly sex: 'male' | 'female' | null
  readonly age: number | null
  readonly place: string
}

/** The few questions the frame itself asks. Pages ask theirs through the typed client. */
export interface FrameApi {
  /** Null: nobody is signed in. */
  readonly me: () => Promise<Answer<Me | null>>
  readonly signIn: (input: { readonly login: string; readonly password: string }) => Promise<Answer<SignInStep>>
  readonly signInCode: (code: string) => Promise<Answer<SignInStep>>
  readonly choosePassword: (old: string, next: string) => Promise<Answer<SignInStep>>
  readonly signOut: () => Promise<Answer<unknown>>
  readonly placesIn: (region: string, at: string) => Promise<readonly Place[]>
  readonly findElders: (text: string, signal: AbortSignal) => Promise<Answer<readonly FoundElder[]>>
  /** Beside menu entries, by their address: how many wait, and whether something burns. Left out while nobody counts. */
  readonly counts?: () => Promise<Readonly<Record<string, { readonly n: number; readonly hot?: boolean }>>>
}

/** Place and day: everything below the top bar obeys them. */
export interface View extends DayChoice {
  readonly region: string
  readonly readOnly: boolean
}

export interface Session {
  readonly me: Me
  readonly api: FrameApi
  readonly view: View
  readonly path: readonly Place[]
  readonly show: (next: { readonly path?: readonly Place[]; readonly day?: DayChoice }) => void
  readonly signOut: () => void
  /** Menu, tabs and keys lead only to pages that exist. */
  readonly pageExists: (to: string) => boolean
}

/** May this person run the action? The server asks again; this only keeps buttons honest. */
export function may(me: Me, action: { readonly name: string }): boolean {
  return me.actions.includes(action.name)
}

const SessionContext = createContext<Session | null>(null)
export const SessionProvider = SessionContext.Provider

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside the frame')
  return session
}

export function useView(): View {
  return useSession().view
}
