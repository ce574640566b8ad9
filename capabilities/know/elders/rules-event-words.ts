/** Kinds of events and reasons of doubt as people say them, for the cases a feed opens. */
import type { ConflictCode, EventKind } from './rules-events.ts'
import type { Bilingual } from './rules-facts.ts'

export const KIND_WORDS: Readonly<Record<EventKind, Bilingual>> = {
  death: { zh: '去世', en: 'death' }, deathWithdrawn: { zh: '撤回去世', en: 'death withdrawn' }, moveWithin: { zh: '县内搬迁', en: 'move inside the county' }, moveOut: { zh: '迁出', en: 'moved out' }, moveIn: { zh: '迁入', en: 'moved in' },
  hospitalIn: { zh: '住院', en: 'hospital admission' }, hospitalOut: { zh: '出院', en: 'hospital discharge' }, benefitGranted: { zh: '待遇开始', en: 'benefit granted' }, benefitStopped: { zh: '待遇停止', en: 'benefit stopped' },
  disabilityChanged: { zh: '残疾情况变动', en: 'disability changed' }, incomeChanged: { zh: '困难身份变动', en: 'income standing changed' }, livingChanged: { zh: '居住状况变动', en: 'living arrangement changed' }, seen: { zh: '有人见过本人', en: 'seen alive' },
}

export const CODE_WORDS: Readonly<Partial<Record<string, Bilingual>> & Record<ConflictCode, Bilingual>> = {
  'elders.seen-after-death': { zh: '，但那天以后还有人见过', en: ', but seen alive after that day' }, 'elders.died-twice': { zh: '，但已登记在另一天去世', en: ', but another day of death is on record' }, 'elders.not-dead': { zh: '，但没有登记去世', en: ', but no death is on record' },
  'elders.alive-after-death': { zh: '，但登记那天以前已去世', en: ', but died before that day by the record' }, 'elders.already-moved-out': { zh: '，但已登记迁出', en: ', but moved out already by the record' }, 'elders.after-move-out': { zh: '，但那时已迁出', en: ', but moved out by then' },
  'elders.already-here': { zh: '，但一直登记在本地', en: ', but on record here all along' }, 'elders.event-unmatched': { zh: '，名册里没有找到这个人', en: ', the person is not in the registry' },
}
