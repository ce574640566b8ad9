import { bind, type Capability } from '@songbai/platform/capability'
import sql from './001_messages.sql?raw'
import { doCountMessages, doListMessages, doMarkPrinted, doMarkSeen, doMarkTold, doReceive, doRetry, doSaveSettings, doSeeLetters, doSeeMessage, doSeeMine, doSeeSettings } from './actions.ts'
import * as c from './contract.ts'
import { jobs, tasks } from './jobs.ts'

export const messages: Capability = {
  name: 'messages', wing: 'know', title: { zh: '消息', en: 'Messages' },
  actions: [
    bind(c.listMessages, doListMessages), bind(c.countMessages, doCountMessages), bind(c.seeMessage, doSeeMessage), bind(c.seeMine, doSeeMine), bind(c.markSeen, doMarkSeen), bind(c.markTold, doMarkTold),
    bind(c.seeLetters, doSeeLetters), bind(c.markPrinted, doMarkPrinted), bind(c.retryMessage, doRetry), bind(c.seeSettings, doSeeSettings), bind(c.saveSettings, doSaveSettings), bind(c.receive, doReceive),
  ],
  jobs, tasks,
  migrations: [{ number: 1, sql }],
}
