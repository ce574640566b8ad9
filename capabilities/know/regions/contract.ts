import * as z from 'zod'
import { defineDo, defineSee } from '@songbai/platform/action'
import { defineEvent } from '@songbai/platform/events'
import { bilingual, day, id, regionCode } from '../../common.ts'

const level = z.enum(['province', 'prefecture', 'county', 'township', 'village'])
export const regionView = z.object({ code: regionCode, name: z.string(), level, levelName: bilingual, parent: regionCode.nullable(), validFrom: z.string(), validTo: z.string().nullable(), children: z.number() })
export type RegionView = z.output<typeof regionView>

export const seeRegion = defineSee('regions.get', {
  title: { zh: '一个地方', en: 'One place' }, may: 'signedIn', input: z.object({ code: regionCode, at: day.optional() }),
  output: z.object({
    region: regionView, path: z.array(z.object({ code: regionCode, name: z.string(), level })), children: z.array(regionView),
    history: z.array(z.object({ code: regionCode, name: z.string(), validFrom: z.string(), validTo: z.string().nullable() })),
    /** Old codes that went into this place, and where its own code went. */
    predecessors: z.array(z.object({ code: regionCode, name: z.string() })), successors: z.array(z.object({ code: regionCode, name: z.string(), certain: z.boolean() })),
  }), refusals: ['regions.unknown'],
})

/** The places this person's duties cover, topmost first: what the top bar offers. */
export const seeMyPlaces = defineSee('regions.mine', { title: { zh: '我管的地方', en: 'My places' }, may: 'signedIn', input: z.object({ at: day.optional() }), output: z.object({ places: z.array(regionView.extend({ path: z.string() })) }) })

export const findPlaces = defineSee('regions.find', {
  title: { zh: '按写法找地方', en: 'Find a place as written' }, may: 'signedIn', input: z.object({ text: z.string().trim().min(1).max(120), within: regionCode.optional(), at: day.optional() }),
  output: z.object({ status: z.enum(['unique', 'ambiguous', 'none']), places: z.array(z.object({ code: regionCode, name: z.string(), path: z.string(), formerName: z.string().nullable() })), group: z.string().nullable(), rest: z.string() }),
})

/** Where the first six digits of an identity number lie today; old prefixes resolve through succession. */
export const resolveIdPrefix = defineSee('regions.idPrefix', { title: { zh: '身份证前六位现属哪里', en: 'Identity-number prefix today' }, may: 'signedIn', input: z.object({ prefix: z.string().regex(/^\d{6}$/), at: day.optional() }), output: z.object({ places: z.array(z.object({ code: regionCode, path: z.string(), certain: z.boolean() })) }) })

const change = z.object({
  kind: z.enum(['create', 'rename', 'merge', 'split', 'move', 'abolish']), on: day, from: z.array(regionCode).max(20),
  to: z.array(z.object({ code: regionCode, name: z.string().trim().min(1).max(40).optional(), parent: regionCode.optional(), share: z.number().gt(0).max(1).optional() })).max(20),
  children: z.record(regionCode, regionCode).optional(), basis: z.string().trim().min(2).max(200),
})
export const REGION_REFUSALS = ['regions.notADay', 'regions.wrongShape', 'regions.badCode', 'regions.unknown', 'regions.codeTaken', 'regions.wrongLevel', 'regions.noName', 'regions.noParent', 'regions.parentUnder', 'regions.hasChildren', 'regions.childUnassigned', 'regions.badShare', 'regions.laterChange', 'regions.outside'] as const

export const changeRegion = defineDo('regions.change', { title: { zh: '登记区划变动', en: 'Record a change of places' }, may: ['systemAdmin'], input: change, output: z.object({ id, moved: z.number() }), refusals: REGION_REFUSALS })
export const listChanges = defineSee('regions.changes', { title: { zh: '区划变动记录', en: 'Changes of places' }, may: 'signedIn', input: z.object({ place: regionCode.optional() }), output: z.object({ changes: z.array(change.extend({ id, recordedAt: z.number(), recorder: z.string() })) }) })

export const RegionChanged = defineEvent('regions.RegionChanged', z.object({ changeId: id, county: z.string(), kind: z.string(), from: z.array(z.string()), to: z.array(z.string()), on: day }))
