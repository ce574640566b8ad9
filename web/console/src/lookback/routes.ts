import type { PageRoute } from '../routes.ts'

export default [
  { path: '/lookback', page: () => import('./LookBackPage.tsx') },
  { path: '/lookback/:id', page: () => import('./ScanPage.tsx') },
] satisfies readonly PageRoute[]
