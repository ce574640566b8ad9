/** Panels of a person that other parts of the console draw; each appears when its part is there. */
import { Suspense, lazy } from 'react'
import type { ComponentType } from 'react'
import { Skeleton } from '@songbai/web-shared/widgets/States.tsx'

type Panel = ComponentType<{ readonly elderId: string }>

const FOUND = import.meta.glob<Readonly<Record<string, Panel>>>(['../entitlements/PersonPanel.tsx', '../assessments/AbilityCard.tsx', '../offers/PersonOffers.tsx'])

function panel(path: string, name: string): Panel | null {
  const load = FOUND[path]
  return load ? lazy(async () => { const module = await load(); return { default: module[name] ?? module.default! } }) : null
}

const Entitlements = panel('../entitlements/PersonPanel.tsx', 'PersonPanel')
const Ability = panel('../assessments/AbilityCard.tsx', 'AbilityCard')
const Offers = panel('../offers/PersonOffers.tsx', 'PersonOffers')

export const hasEntitlements = Entitlements !== null
export const hasAbility = Ability !== null

export function EntitlementsOf({ elderId }: { readonly elderId: string }) {
  return Entitlements && <Suspense fallback={<div className="card"><Skeleton rows={6} /></div>}><Entitlements elderId={elderId} /></Suspense>
}

export function AbilityOf({ elderId }: { readonly elderId: string }) {
  return Ability && <Suspense fallback={<div className="card"><Skeleton rows={3} columns={2} /></div>}><Ability elderId={elderId} /></Suspense>
}

export function OffersOf({ elderId }: { readonly elderId: string }) {
  return Offers && <Suspense fallback={<div className="card"><Skeleton rows={2} columns={2} /></div>}><Offers elderId={elderId} /></Suspense>
}
