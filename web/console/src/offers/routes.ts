import type { PageRoute } from '../routes.ts'

export default [
  { path: '/offers', page: () => import('./OffersPage.tsx') },
  { path: '/offers/ahead', page: () => import('./AheadPage.tsx') },
  { path: '/offers/:id', page: () => import('./OfferPage.tsx') },
] satisfies readonly PageRoute[]
