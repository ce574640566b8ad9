/** The made-up people and items that `npm run bench -- policy` measures with; of use to whoever wants to compare another engine. */
export { BOOLS, benchSet, CODES, COUNTIES, FACT_IDS, INTS, ITEMS, PARAMS, STACKING_RULES } from './items.ts'
export { AT, people } from './people.ts'
