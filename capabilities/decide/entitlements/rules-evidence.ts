/** Papers named in the packs, in English. A paper a county names itself stands in its own words. */
export const EVIDENCE_EN: Readonly<Record<string, string>> = {
  优抚身份证明: 'proof of preferential status', 低保或低保边缘证明: 'certificate of minimum living allowance or low income', 低保证明: 'certificate of minimum living allowance', 入住协议: 'agreement with the home',
  养老保险参保记录: 'pension insurance record', 养老保险待遇领取记录: 'pension payment record', 卫健部门名单: 'list of the health department', 困难身份证明: 'certificate of small means', 居家环境评估表: 'assessment of the home',
  户口簿: 'household booklet', 本人同意: 'consent of the person', 本人意愿: 'wish of the person', 残疾人证: 'disability certificate', 民政通账户: 'account for the voucher', 照料关系: 'who cares for the person', 照料服务协议: 'care agreement',
  特困认定材料: 'recognition of extreme poverty', 生存认证: 'proof of life', 能力评估报告: 'ability assessment report', 自理能力认定: 'recognition of self-care ability', 身份证: 'identity card',
}
