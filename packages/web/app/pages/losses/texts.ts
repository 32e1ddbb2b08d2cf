import { defineTexts } from '../../texts/texts.ts';

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;

export const texts = defineTexts({
  title: { en: 'Loss laboratory', zh: '损失函数实验室' },
  lead: {
    en: 'What a loss asks of a face, and what becomes of faces',
    zh: '损失函数对人脸的要求，以及它带来的结果',
  },
  chapters: { en: 'Chapters', zh: '章节' },
  chapterOf: {
    en: (number: number, count: number) => `Chapter ${number} of ${count}`,
    zh: (number: number, count: number) => `第 ${number} 章，共 ${count} 章`,
  },
  tryIt: { en: 'Try', zh: '试一试' },
  setUp: { en: 'Set it up', zh: '照此设置' },

  curves: { en: 'How hard each loss pulls', zh: '每种损失的拉力' },
  curvesLead: {
    en: 'θ is the angle between a face and the direction of its class. Drag in the chart, or use the slider.',
    zh: 'θ 是人脸特征与其类别方向之间的夹角。可在图中拖动，也可使用滑块。',
  },
  view: { en: 'What is drawn', zh: '显示内容' },
  viewLogit: { en: 'Target logit', zh: '目标 logit' },
  viewSlope: { en: 'Gradient', zh: '梯度' },
  viewPull: { en: 'Pull', zh: '拉力' },
  axisLogit: { en: 'target logit ÷ s', zh: '目标 logit ÷ s' },
  axisSlope: { en: '−d logit / dθ ÷ s', zh: '−d logit / dθ ÷ s' },
  axisPull: { en: 'pull, −dL / dθ', zh: '拉力 −dL / dθ' },
  helpLogit: {
    en: 'The score that the right class is given. The lower a line, the closer the loss asks faces to come.',
    zh: '正确类别得到的分数。曲线越低，损失要求人脸靠得越近。',
  },
  helpSlope: {
    en: 'How steep the score is: how hard the loss presses while the softmax is not content.',
    zh: '分数的陡峭程度：在 softmax 尚未满足时，损失施加的力度。',
  },
  helpPull: {
    en: 'What is left of the gradient beside all other people at 90°: it ends where the softmax is content.',
    zh: '其他人都在 90° 时剩下的梯度：softmax 一旦满足，拉力即消失。',
  },
  learnt: { en: 'learnt well', zh: '已学好' },
  learning: { en: 'being learnt', zh: '学习中' },
  starting: { en: 'start', zh: '起点' },
  chartSays: {
    en: (title: string, angle: number, value: string) =>
      `${title} at ${angle}°: ${value}. All values are in the table.`,
    zh: (title: string, angle: number, value: string) =>
      `${title} 在 ${angle}° 处为 ${value}。全部数值见表格。`,
  },
  angle: { en: 'Angle θ', zh: '角度 θ' },
  degrees: { en: (value: number) => `${value}°`, zh: (value: number) => `${value}°` },
  knobs: { en: (title: string) => `Set ${title}`, zh: (title: string) => `调节 ${title}` },
  s: { en: 'Scale s', zh: '尺度 s' },
  length: { en: 'Length of the face ‖x‖', zh: '特征长度 ‖x‖' },
  m: { en: 'Margin m', zh: '间隔 m' },
  lambda: { en: 'λ: how much plain cosine', zh: 'λ：普通余弦的比重' },
  m1: { en: 'm1, times the angle', zh: 'm1：乘以角度' },
  m2: { en: 'm2, added to the angle', zh: 'm2：加到角度上' },
  m3: { en: 'm3, off the cosine', zh: 'm3：从余弦中减去' },
  quality: { en: 'Quality ẑ: poor to good', zh: '图像质量 ẑ：差到好' },
  people: { en: 'People in the training set', zh: '训练集人数' },
  presets: { en: 'As in the paper', zh: '恢复论文设置' },
  loss: { en: 'Loss', zh: '损失函数' },
  logit: { en: 'Logit', zh: 'logit' },
  slope: { en: 'Gradient', zh: '梯度' },
  pull: { en: 'Pull', zh: '拉力' },
  content: { en: 'Content at', zh: '满足于' },
  never: { en: 'never', zh: '永不' },
  table: {
    en: (angle: number) => `At ${angle}°: choose a loss to set it`,
    zh: (angle: number) => `在 ${angle}° 处：选择一种损失进行调节`,
  },
  sphere: { en: 'On the sphere', zh: '在球面上' },
  sphereSays: {
    en: (angle: number, seen: string, pull: string) =>
      `The face is at ${angle}° from its class. The loss treats it as if it were at ${seen}. It turns the face to the class with ${pull}, and the class to the face as hard.`,
    zh: (angle: number, seen: string, pull: string) =>
      `人脸与类别相距 ${angle}°，损失把它当作相距 ${seen}，以 ${pull} 的力把人脸转向类别，也以同样的力把类别转向人脸。`,
  },
  beyond: { en: 'more than 180°', zh: '超过 180°' },
  classMark: { en: 'class', zh: '类别' },
  faceMark: { en: 'face', zh: '人脸' },
  seenMark: { en: 'as seen', zh: '损失所见' },

  features: { en: 'What becomes of faces', zh: '特征的变化' },
  featuresLead: {
    en: 'Eight drawn digits, learnt with an embedding small enough to be seen. Each picture is a real training; the dots are digits that it has not seen. The margin sets in at step 720 and is whole at 1,680.',
    zh: '八种手绘数字，用小到可以直接观察的特征来学习。每幅图都是一次真实训练，圆点是训练中没有见过的数字。间隔从第 720 步开始引入，到第 1,680 步完全生效。',
  },
  open: { en: 'Show the trainings', zh: '显示训练过程' },
  dimensions: { en: 'Size of the embedding', zh: '特征维数' },
  plane: { en: 'Plane', zh: '平面' },
  ball: { en: 'Sphere', zh: '球面' },
  step: { en: 'Training step', zh: '训练步数' },
  stepOf: {
    en: (step: number) => `step ${step.toLocaleString('en')}`,
    zh: (step: number) => `第 ${step.toLocaleString('en')} 步`,
  },
  turn: { en: 'Turn', zh: '旋转' },
  play: { en: 'Play', zh: '播放' },
  pause: { en: 'Pause', zh: '暂停' },
  caption: {
    en: (right: number, spread: number, gap: number) =>
      `${percent(right)} right · ±${spread.toFixed(0)}° wide · ${gap.toFixed(0)}° apart`,
    zh: (right: number, spread: number, gap: number) =>
      `正确 ${percent(right)} · 宽 ±${spread.toFixed(0)}° · 相距 ${gap.toFixed(0)}°`,
  },
  captionHelp: {
    en: 'Right: digits nearest to their own class. Wide: half-width of 90 % of a class. Apart: the closest two classes.',
    zh: '正确：离自己类别最近的数字比例。宽：类内 90 % 的半宽。相距：最近两类之间的夹角。',
  },

  ladder: { en: 'Few people and many', zh: '人少与人多' },
  ladderLead: {
    en: 'All losses on faces: 24 people to learn from, then 153 others to find among 1,464 strangers.',
    zh: '所有损失在人脸上的比较：用 24 人训练，再从 1,464 名陌生人中识别另外 153 人。',
  },
  rank1: { en: 'Found at rank 1', zh: '首位识别率' },
  directions: { en: 'Directions left', zh: '剩余方向' },
  interval: {
    en: (low: number, high: number) => `${percent(low)} to ${percent(high)}`,
    zh: (low: number, high: number) => `${percent(low)} 至 ${percent(high)}`,
  },
  percent: { en: percent, zh: percent },
  findingFew: {
    en: 'With few people the margins do not win: Softmax does. 24 classes pressed to points span 23 directions, and with a margin strangers, too, are left with about as many (ArcFace 19, CosFace 22). What tells two strangers apart, but no two of the 24, is pressed away. Softmax is content early and leaves 37.',
    zh: '人少时，带间隔的损失并不占优，胜出的是 Softmax。24 个类别被压成点后只张成 23 个方向；有了间隔，陌生人的特征也只剩差不多这么多方向（ArcFace 19，CosFace 22）。能区分两个陌生人、却不能区分这 24 人的信息被压掉了。Softmax 很早就满足，保留了 37 个方向。',
  },
  findingMany: {
    en: 'With thousands of people no direction can be given up, and margins are what keeps faces moving: that is the order the papers found. So with few people, use Softmax or a small margin, or fine-tune a model that has seen many.',
    zh: '有成千上万人时，任何方向都不能放弃，间隔让人脸继续靠拢，这正是各论文得出的次序。因此人少时请用 Softmax 或小间隔，或在见过许多人的模型上微调。',
  },
  ladderNote: {
    en: 'One training each; bars are 95 % intervals over people. Differences within the bars mean nothing.',
    zh: '每种损失训练一次；横线为按人计算的 95 % 区间，区间以内的差别没有意义。',
  },
  people24: { en: '23: all that 24 classes need', zh: '23：24 个类别所需' },

  train: { en: 'Train this', zh: '用它训练' },
  trainLead: {
    en: (title: string) =>
      `${title} as it is set above. Put your folder of aligned faces in place of faces/.`,
    zh: (title: string) => `按上面的设置使用 ${title}。请把 faces/ 换成您的对齐人脸文件夹。`,
  },
});
