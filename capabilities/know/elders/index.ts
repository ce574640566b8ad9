import { bind, type Capability } from '@songbai/platform/capability'
import sql from './001_elders.sql?raw'
import { doCorrect, doRecordFacts, doRegister, doSaveContact, doSaveResidence } from './actions.ts'
import { doReveal, doSeeElder } from './actions-person.ts'
import { doCount, doList, doSearch } from './actions-see.ts'
import * as c from './contract.ts'

export const elders: Capability = {
  name: 'elders', wing: 'know', title: { zh: '老人', en: 'Elders' },
  actions: [
    bind(c.searchElders, doSearch), bind(c.listElders, doList), bind(c.countElders, doCount), bind(c.seeElder, doSeeElder), bind(c.revealField, doReveal),
    bind(c.registerElder, doRegister), bind(c.recordFacts, doRecordFacts), bind(c.correctIdentity, doCorrect), bind(c.saveContact, doSaveContact), bind(c.saveResidence, doSaveResidence),
  ],
  migrations: [{ number: 1, sql }],
}
