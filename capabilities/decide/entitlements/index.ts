import { bind, type Capability } from '@songbai/platform/capability'
import sql from './001_entitlements.sql?raw'
import { doExplain, doExport, doFresh, doList, doMissing, doPerson, doSummary } from './actions.ts'
import * as c from './contract.ts'
import { jobs, tasks } from './jobs.ts'

export const entitlements: Capability = {
  name: 'entitlements', wing: 'decide', title: { zh: '谁该享受什么', en: 'Entitlements' },
  actions: [
    bind(c.seeSummary, doSummary), bind(c.listResults, doList), bind(c.seePerson, doPerson), bind(c.seeExplanation, doExplain),
    bind(c.seeMissing, doMissing), bind(c.seeFresh, doFresh), bind(c.exportResults, doExport),
  ],
  jobs, tasks,
  migrations: [{ number: 1, sql }],
}
