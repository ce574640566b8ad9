import { bind, type Capability } from '@songbai/platform/capability'
import sql from './001_lab.sql?raw'
import { doArrears, doCase, doDeleteScenario, doDictionary, doExport, doForecast, doHandOver, doPeople, doSamples, doSaveScenario, doScenarios, doTryOut } from './actions.ts'
import * as c from './contract.ts'
import { tasks } from './jobs.ts'

export const lab: Capability = {
  name: 'lab', wing: 'decide', title: { zh: '政策实验室', en: 'Policy lab' },
  actions: [
    bind(c.seeDictionary, doDictionary), bind(c.tryOut, doTryOut), bind(c.seePeople, doPeople), bind(c.seeSamples, doSamples), bind(c.seeForecast, doForecast), bind(c.seeArrears, doArrears), bind(c.seeCase, doCase),
    bind(c.saveScenario, doSaveScenario), bind(c.listScenarios, doScenarios), bind(c.deleteScenario, doDeleteScenario), bind(c.exportTrial, doExport), bind(c.handOver, doHandOver),
  ],
  tasks,
  migrations: [{ number: 1, sql }],
}
