/** People of the demo: every role at every level, so that each page can be seen by whom it is for. Names are invented. */
import { createAccount, createOrganisation } from '@songbai/capabilities'
import { hashPassword } from '@songbai/platform/passwords'
import { clockActor, type App } from '@songbai/platform/server'

export const DEMO_PASSWORD = 'songbai-demo-2026'

interface DemoAccount {
  readonly login: string
  readonly name: string
  readonly region: string
  readonly organisation: string
  readonly grants: readonly { readonly role: 'systemAdmin' | 'securityAdmin' | 'auditor' | 'countyClerk' | 'townshipClerk' | 'villageAssistant' | 'assessor' | 'leader'; readonly region: string }[]
  readonly duty: { readonly zh: string; readonly en: string }
}

const CHENGKOU = '500229000000'
const HORQIN = '152222000000'

function of(login: string, name: string, region: string, organisation: string, role: DemoAccount['grants'][number]['role'], zh: string, en: string): DemoAccount {
  return { login, name, region, organisation, grants: [{ role, region }], duty: { zh, en } }
}

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  of('zhoulan', '周岚', CHENGKOU, '城口县民政局', 'countyClerk', '城口县 县级经办', 'Chengkou, county clerk'),
  of('heyong', '何勇', CHENGKOU, '城口县民政局', 'countyClerk', '城口县 县级经办（第二人复核）', 'Chengkou, county clerk, second person'),
  of('xianyi', '冉建明', '500229110000', '咸宜镇人民政府', 'townshipClerk', '城口县咸宜镇 乡镇经办', 'Xianyi town, township clerk'),
  of('qinglong', '龚小琴', '500229110000', '咸宜镇人民政府', 'villageAssistant', '城口县咸宜镇 村级养老助理', 'Xianyi town, village assistant'),
  of('pinggu1', '谭敏', CHENGKOU, '城口县评估所', 'assessor', '城口县 评估员甲', 'Chengkou, first assessor'),
  of('pinggu2', '向红', CHENGKOU, '城口县评估所', 'assessor', '城口县 评估员乙', 'Chengkou, second assessor'),
  of('leader', '陈立', CHENGKOU, '城口县人民政府', 'leader', '城口县 分管领导', 'Chengkou, leader'),
  of('admin', '系统管理员', CHENGKOU, '城口县民政局', 'systemAdmin', '城口县 系统管理员', 'Chengkou, system administrator'),
  of('shenji', '秦正', CHENGKOU, '城口县民政局', 'auditor', '城口县 审计员', 'Chengkou, auditor'),
  of('baoyin', '宝音', HORQIN, '科右中旗民政局', 'countyClerk', '科尔沁右翼中旗 旗级经办', 'Horqin Right Middle Banner, clerk'),
  of('jimo', '于海燕', '370215000000', '即墨区民政局', 'countyClerk', '即墨区 区级经办', 'Jimo, district clerk'),
  of('nantong', '顾晓东', '320600000000', '南通市民政局', 'countyClerk', '南通市 市级经办', 'Nantong, prefecture clerk'),
  of('tieling', '刘立新', '211200000000', '铁岭市民政局', 'countyClerk', '铁岭市 市级经办', 'Tieling, prefecture clerk'),
]

/** Posts of 城口县 that are held, so that work has believable owners; the other townships have nobody, and their work falls to the county. Same password, not listed at the start. */
const TOWNSHIP_CLERKS = ([
  ['gecheng', '罗春燕', '001', '葛城街道办事处'], ['fuxing', '田大伟', '002', '复兴街道办事处'], ['bashan', '王世琼', '102', '巴山镇人民政府'], ['miaoba', '袁永红', '104', '庙坝镇人民政府'],
  ['mingtong', '曾凡林', '105', '明通镇人民政府'], ['xiuqi', '唐兴菊', '106', '修齐镇人民政府'], ['gaoguan', '邓昌平', '107', '高观镇人民政府'], ['gaoyan', '符晓莉', '108', '高燕镇人民政府'],
  ['dongan', '陶远志', '109', '东安镇人民政府'], ['longtian', '郑明香', '201', '龙田乡人民政府'], ['yanhe', '朱成兵', '208', '沿河乡人民政府'], ['liaozi', '方琼英', '211', '蓼子乡人民政府'],
  ['zhouxi', '汤绍军', '214', '周溪乡人民政府'], ['zhiping', '赖小红', '217', '治平乡人民政府'], ['houping', '裴正国', '220', '厚坪乡人民政府'],
] as const).map(([login, name, township, organisation]) => of(login, name, `500229${township}000`, organisation, 'townshipClerk', `城口县${organisation.replace(/(人民政府|办事处)$/, '')} 乡镇经办`, 'Chengkou, township clerk'))

export async function loadDemoAccounts(app: App): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await app.runAs(clockActor(''), 'demo.accounts', async (tx) => {
    const organisations = new Map<string, string>()
    for (const account of [...DEMO_ACCOUNTS, ...TOWNSHIP_CLERKS]) {
      if (!organisations.has(account.organisation)) organisations.set(account.organisation, await createOrganisation(tx, { name: account.organisation, kind: account.organisation.includes('评估') ? 'assessor' : account.region.endsWith('000000') ? 'bureau' : 'township', region: account.region }))
      await createAccount(tx, { login: account.login, name: account.name, region: account.region, organisationId: organisations.get(account.organisation)!, passwordHash, mustChange: false, totpState: 'off', demo: true }, account.grants)
    }
  })
}
