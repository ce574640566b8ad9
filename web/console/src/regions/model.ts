import type { changeRegion, listChanges, seeRegion } from '@songbai/capabilities/know/regions/contract'
import type { OutputOf, SentOf } from '@songbai/web-shared/api.ts'

export type Region = OutputOf<typeof seeRegion>['region']
export type Change = OutputOf<typeof listChanges>['changes'][number]
export type Kind = Change['kind']
type Sent = SentOf<typeof changeRegion>

export const KINDS = ['rename', 'merge', 'split', 'move', 'create', 'abolish'] as const satisfies readonly Kind[]
export const KIND_WORD = { rename: 'region.kind.rename', merge: 'region.kind.merge', split: 'region.kind.split', move: 'region.kind.move', create: 'region.kind.create', abolish: 'region.kind.abolish' } as const satisfies Record<Kind, string>
export const WHAT_WORD = { rename: 'region.what.rename', merge: 'region.what.merge', split: 'region.what.split', move: 'region.what.move', create: 'region.what.create', abolish: 'region.what.abolish' } as const satisfies Record<Kind, string>

/** How many places stand before and after, at least. */
export const SHAPE: Readonly<Record<Kind, { readonly from: number; readonly more: boolean; readonly to: number; readonly moreTo: boolean }>> = {
  rename: { from: 1, more: false, to: 1, moreTo: false }, merge: { from: 2, more: true, to: 1, moreTo: false }, split: { from: 1, more: false, to: 2, moreTo: true },
  move: { from: 1, more: false, to: 1, moreTo: false }, create: { from: 0, more: false, to: 1, moreTo: false }, abolish: { from: 1, more: false, to: 0, moreTo: false },
}

export interface Target {
  readonly code: string
  readonly name: string
  readonly parent: string
}

export interface Draft {
  readonly kind: Kind
  readonly on: string
  readonly from: readonly { readonly code: string; readonly name: string }[]
  readonly to: readonly Target[]
  /** Split: child code → code it goes to. */
  readonly children: Readonly<Record<string, string>>
  readonly basis: string
}

export type Fault = 'region.fault.on' | 'region.fault.from' | 'region.fault.to' | 'region.fault.code' | 'region.fault.children' | 'region.fault.basis'

/** What is still missing before it can be sent; the server judges the rest. */
export function faultOf(draft: Draft, childCodes: readonly string[]): Fault | null {
  const shape = SHAPE[draft.kind]
  if (!draft.on) return 'region.fault.on'
  if (draft.from.length < shape.from) return 'region.fault.from'
  const targets = targetsOf(draft)
  if (targets.length < shape.to) return 'region.fault.to'
  if (targets.some((one) => !/^\d{12}$/.test(one.code))) return 'region.fault.code'
  if (draft.kind === 'split' && childCodes.some((code) => !targets.some((one) => one.code === draft.children[code]))) return 'region.fault.children'
  return draft.basis.trim().length < 2 ? 'region.fault.basis' : null
}

/** A renamed or moved place keeps its code unless another is written. */
export function targetsOf(draft: Draft): readonly Target[] {
  const keeps = draft.kind === 'rename' || draft.kind === 'move'
  return draft.to.map((one) => ({ ...one, code: one.code.trim() || (keeps ? (draft.from[0]?.code ?? '') : '') })).filter((one) => one.code !== '')
}

export function sent(draft: Draft): Sent {
  return {
    kind: draft.kind, on: draft.on, from: draft.from.map((one) => one.code), basis: draft.basis.trim(),
    to: targetsOf(draft).map((one) => ({ code: one.code, ...(one.name.trim() ? { name: one.name.trim() } : {}), ...(one.parent ? { parent: one.parent } : {}) })),
    ...(draft.kind === 'split' && Object.keys(draft.children).length > 0 ? { children: draft.children } : {}),
  }
}
