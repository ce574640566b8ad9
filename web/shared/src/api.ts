/** The one door to the server for every face; re-exported so pages do not reach into the platform. */
import { createContext, useContext } from 'react'
import type { Client } from '@songbai/platform/client'

export { createClient } from '@songbai/platform/client'
export type { Client } from '@songbai/platform/client'
export type { ActionSpec, Answer, OutputOf, Problem, RefusalArgs, SentOf } from '@songbai/platform/action'

const ClientContext = createContext<Client | null>(null)
export const ClientProvider = ClientContext.Provider

export function useClient(): Client {
  const client = useContext(ClientContext)
  if (!client) throw new Error('useClient outside ClientProvider')
  return client
}
