/** What the matching with other departments asks of the registry beyond `public.ts`. */
export { linkableSlice, type LinkablePerson } from './store-linkage.ts'
