import { bind, type Capability } from '@songbai/platform/capability'
import { doChangeRegion, doFindPlaces, doListChanges, doResolveIdPrefix, doSeeMyPlaces, doSeeRegion } from './actions.ts'
import * as c from './contract.ts'
import sql from './001_regions.sql?raw'

export const regions: Capability = {
  name: 'regions', wing: 'know', title: { zh: '区划', en: 'Places' },
  actions: [bind(c.seeRegion, doSeeRegion), bind(c.seeMyPlaces, doSeeMyPlaces), bind(c.findPlaces, doFindPlaces), bind(c.resolveIdPrefix, doResolveIdPrefix), bind(c.changeRegion, doChangeRegion), bind(c.listChanges, doListChanges)],
  migrations: [{ number: 1, sql }],
}
