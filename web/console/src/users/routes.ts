import type { PageRoute } from '../routes.ts'

export default [
  { path: '/users', page: () => import('./UsersPage.tsx') },
  { path: '/users/new', page: () => import('./NewUser.tsx') },
  { path: '/users/organisations', page: () => import('./Organisations.tsx') },
  { path: '/users/person/:id', page: () => import('./UserPage.tsx') },
] satisfies readonly PageRoute[]
