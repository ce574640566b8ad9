import { bind, type Capability } from '@songbai/platform/capability'
import { doBoard, doDifference, doExport, doRows, doTrend } from './actions.ts'
import { doFreshRows } from './actions-fresh.ts'
import * as c from './contract.ts'
import { tasks } from './jobs.ts'

export const indicators: Capability = {
  name: 'indicators', wing: 'answer', title: { zh: '指标', en: 'Indicators' },
  actions: [bind(c.seeBoard, doBoard), bind(c.seeTrend, doTrend), bind(c.seeRows, doRows), bind(c.seeDifference, doDifference), bind(c.exportRows, doExport), bind(c.seeFreshRows, doFreshRows)],
  tasks, migrations: [],
}
