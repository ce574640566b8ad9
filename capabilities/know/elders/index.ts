import { bind, type Capability } from '@songbai/platform/capability'
import sql from './001_elders.sql?raw'
import screen from './002_screen.sql?raw'
import tally from './003_tally.sql?raw'
import { doCorrect, doRecordFacts, doRegister, doSaveContact, doSaveResidence } from './actions.ts'
import { doRecordEvents } from './actions-events.ts'
import { doExport } from './actions-export.ts'
import { doMerge, doNotDuplicate, doSeeDuplicates, doSplit } from './actions-merge.ts'
import { doSeeElder } from './actions-person.ts'
import { doReveal, doRevealFact } from './actions-secrets.ts'
import { doCount, doList, doSearch, doSeeDictionary } from './actions-see.ts'
import * as c from './contract.ts'
import { jobs, tasks } from './jobs.ts'

export const elders: Capability = {
  name: 'elders', wing: 'know', title: { zh: '老人', en: 'Elders' },
  actions: [
    bind(c.searchElders, doSearch), bind(c.listElders, doList), bind(c.countElders, doCount), bind(c.seeElder, doSeeElder), bind(c.revealField, doReveal), bind(c.revealFact, doRevealFact), bind(c.seeDictionary, doSeeDictionary),
    bind(c.registerElder, doRegister), bind(c.recordFacts, doRecordFacts), bind(c.correctIdentity, doCorrect), bind(c.saveContact, doSaveContact), bind(c.saveResidence, doSaveResidence),
    bind(c.recordEvents, doRecordEvents), bind(c.seeDuplicates, doSeeDuplicates), bind(c.mergeElders, doMerge), bind(c.splitElders, doSplit), bind(c.notDuplicate, doNotDuplicate), bind(c.exportElders, doExport),
  ],
  jobs, tasks,
  migrations: [{ number: 1, sql }, { number: 2, sql: screen }, { number: 3, sql: tally }],
}
