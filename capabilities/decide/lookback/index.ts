import { bind, type Capability } from '@songbai/platform/capability'
import sql from './001_lookback.sql?raw'
import elder from './002_elder.sql?raw'
import { doDismiss, doExport, doGet, doHandOver, doList, doSpells, doStart } from './actions.ts'
import * as c from './contract.ts'
import { jobs, tasks } from './jobs.ts'

export const lookback: Capability = {
  name: 'lookback', wing: 'decide', title: { zh: '往回查', en: 'Look back' },
  actions: [bind(c.startScan, doStart), bind(c.listScans, doList), bind(c.seeScan, doGet), bind(c.listSpells, doSpells), bind(c.handOver, doHandOver), bind(c.dismissSpells, doDismiss), bind(c.exportSpells, doExport)],
  jobs, tasks,
  migrations: [{ number: 1, sql }, { number: 2, sql: elder }],
}
