import { bind, type Capability } from '@songbai/platform/capability'
import sql from './001_offers.sql?raw'
import { doAddPaper, doApprove, doApproveMany, doCheck, doConsent, doDecline, doRefuse, doSaveSettings, doSendBack, doTell } from './actions.ts'
import { doFunnel, doListAhead, doListOffers, doSeeOffer, doSeeSettings } from './actions-see.ts'
import * as c from './contract.ts'
import { jobs, tasks } from './jobs.ts'

export const offers: Capability = {
  name: 'offers', wing: 'decide', title: { zh: '服务找人', en: 'Proactive offers' },
  actions: [
    bind(c.listOffers, doListOffers), bind(c.seeFunnel, doFunnel), bind(c.seeOffer, doSeeOffer), bind(c.listAhead, doListAhead), bind(c.tellOffer, doTell), bind(c.recordConsent, doConsent), bind(c.declineOffer, doDecline), bind(c.addPaper, doAddPaper),
    bind(c.checkOffer, doCheck), bind(c.sendBackOffer, doSendBack), bind(c.approveOffer, doApprove), bind(c.refuseOffer, doRefuse), bind(c.approveMany, doApproveMany), bind(c.seeOfferSettings, doSeeSettings), bind(c.saveOfferSettings, doSaveSettings),
  ],
  jobs, tasks,
  migrations: [{ number: 1, sql }],
}
