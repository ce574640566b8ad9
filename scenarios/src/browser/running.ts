/** The whole program for browser stories: embedded database in memory, a few hundred generated people, the built console on a free port. */
import { actorOf, capabilities, createAccount } from '@songbai/capabilities'
import { loadTestResources } from '../../../capabilities/testing.ts'
import { loadPeople } from '../../../server/src/demo-people.ts'
import { clockActor, createHttp, operatorActor } from '@songbai/platform/server'
import { hashPassword } from '@songbai/platform/passwords'
import { createTestApp, type TestApp } from '@songbai/platform/testing'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const PASSWORD = 'a password for stories'
const PAGES = join(import.meta.dirname, '..', '..', '..', 'build', 'console')

export interface Running {
  readonly t: TestApp
  readonly base: string
  close(): Promise<void>
}

type Role = 'countyClerk' | 'townshipClerk' | 'villageAssistant' | 'assessor' | 'leader' | 'systemAdmin' | 'auditor'

const COUNTY = '500229000000'
const TOWNSHIP = '500229110000'

/** `roles` → one account each, named like the role, over 城口县; those of a township over 咸宜镇. */
export async function startProgram(elders: number, roles: readonly Role[]): Promise<Running> {
  if (!existsSync(join(PAGES, 'index.html'))) throw new Error('the pages are not built: run `npm run build` first')
  loadTestResources()
  const t = await createTestApp(capabilities, Date.UTC(2026, 10, 24, 2, 0))
  const packs = await t.app.perform({ action: 'policies.loadPacks', input: {}, actor: operatorActor('stories'), door: 'test' })
  if (!packs.answer.ok) throw new Error(JSON.stringify(packs.answer))
  const passwordHash = await hashPassword(PASSWORD)
  await t.app.runAs(clockActor(''), 'stories', async (tx) => {
    for (const role of roles) {
      const region = role === 'townshipClerk' || role === 'villageAssistant' ? TOWNSHIP : COUNTY
      await createAccount(tx, { login: role.toLowerCase(), name: '周岚', region, organisationId: null, passwordHash, mustChange: false, totpState: 'off', demo: true }, [{ role, region }])
    }
  })
  await loadPeople(t.app, { region: '500229', elders, seed: 'stories' }, () => {})
  const http = createHttp(t.app, {
    version: 'test', staticFolder: PAGES,
    actorOf: async (session) => {
      const actor = await t.app.runAs(operatorActor('sign-in'), 'session', (tx) => actorOf(tx, session.userId))
      return actor && session.level === 'full' ? actor : actor && { ...actor, kind: 'anyone' as const, roles: [], prefixes: [], grants: [] }
    },
  })
  await http.listen({ port: 0, host: '127.0.0.1' })
  const { port } = http.server.address() as { port: number }
  return { t, base: `http://127.0.0.1:${port}`, close: async () => { await http.close(); await t.close() } }
}
