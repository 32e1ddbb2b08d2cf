import { defineTexts, plural } from '../../texts/texts.ts';

export const texts = defineTexts({
  title: { en: 'Keys', zh: '密钥' },
  active_: {
    en: (count: number) => `${plural(count, 'key')} in use`,
    zh: (count: number) => `${count} 个有效`,
  },
  create: { en: 'Create key', zh: '创建密钥' },
  label: { en: 'What it is for', zh: '用途' },
  labelHint: { en: 'As: kiosk at the entrance.', zh: '例如：入口自助机。' },
  noLabel: { en: 'no words', zh: '未填写' },
  own: { en: 'yours', zh: '当前使用' },
  role: { en: 'Role', zh: '角色' },
  read: { en: 'recognises', zh: '识别' },
  enrol: { en: 'recognises and enrols', zh: '识别和登记' },
  admin: { en: 'everything', zh: '全部权限' },
  state: { en: 'State', zh: '状态' },
  active: { en: 'in use', zh: '有效' },
  expired: { en: 'expired', zh: '已过期' },
  revoked: { en: 'revoked', zh: '已吊销' },
  created: { en: 'Created', zh: '创建时间' },
  expires: { en: 'Expires', zh: '过期时间' },
  never: { en: 'never', zh: '永不' },
  day: { en: 'in a day', zh: '1 天后' },
  month: { en: 'in 30 days', zh: '30 天后' },
  year: { en: 'in a year', zh: '1 年后' },
  revoke: { en: 'Revoke', zh: '吊销' },
  revokeAsk: { en: (name: string) => `Revoke ${name}?`, zh: (name: string) => `吊销 ${name}？` },
  revokeLead: {
    en: 'From the next request on it is refused, and sessions that began with it end. It cannot be taken back.',
    zh: '从下一个请求起拒绝该密钥，由它开始的会话也会结束，且无法恢复。',
  },
  revokeOwn: {
    en: 'It is the key that you signed in with: you will be signed out.',
    zh: '这是您当前登录所用的密钥，吊销后将退出登录。',
  },
  made: { en: 'Copy the key now', zh: '请立即复制密钥' },
  madeLead: {
    en: 'It is shown this once: the service keeps only what it is checked by.',
    zh: '密钥仅显示这一次，服务只保存用于校验的散列值。',
  },
  kept: { en: 'I have it', zh: '我已保存' },
});
