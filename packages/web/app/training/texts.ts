import { defineTexts } from '../texts/texts.ts';

export const texts = defineTexts({
  creating: { en: 'being made', zh: '创建中' },
  pending: { en: 'waiting', zh: '排队中' },
  running: { en: 'running', zh: '运行中' },
  completed: { en: 'completed', zh: '已完成' },
  failed: { en: 'failed', zh: '失败' },
  stopped: { en: 'stopped', zh: '已停止' },
  lost: { en: 'lost', zh: '失联' },
  chart: {
    en: (name: string, count: number) => `${name} over steps, ${count} ${count === 1 ? 'curve' : 'curves'}`,
    zh: (name: string, count: number) => `${name} 随步数变化，${count} 条曲线`,
  },
  step: { en: 'step', zh: '步' },
  noPoints: { en: 'no points yet', zh: '暂无数据点' },
  lower: { en: 'lower is better', zh: '越低越好' },
  higher: { en: 'higher is better', zh: '越高越好' },
  progress: { en: 'Progress', zh: '进度' },
});
