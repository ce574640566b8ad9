import { bind, type Capability } from '@songbai/platform/capability'
import { doCountCases, doListCases, doMoveCase, doOpenManualCase, doReassignCase, doSeeCase } from './actions.ts'
import * as c from './contract.ts'
import { jobs } from './jobs.ts'
import sql from './001_work.sql?raw'
import postsSql from './002_posts.sql?raw'

export const work: Capability = {
  name: 'work', wing: 'know', title: { zh: '要办的事', en: 'Work' },
  actions: [bind(c.listCases, doListCases), bind(c.countCases, doCountCases), bind(c.seeCase, doSeeCase), bind(c.moveCase, doMoveCase), bind(c.reassignCase, doReassignCase), bind(c.openManualCase, doOpenManualCase)],
  jobs,
  migrations: [{ number: 1, sql }, { number: 2, sql: postsSql }],
}
