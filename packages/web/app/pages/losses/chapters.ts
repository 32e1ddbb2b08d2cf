import { defineTexts } from '../../texts/texts.ts';
import type { Lab } from './state.ts';
import type { Knobs } from './targets.ts';

export const chapterTexts = defineTexts({
  softmax: {
    en: 'Softmax wants the right class to have the largest score, and no more. A score is the length of a face’s embedding times the cosine of its angle to the class, so a longer embedding pleases it as well as a closer one. Once it is right it stops pulling: the faces of a person fill a broad wedge that touches the next.',
    zh: 'Softmax 只要求正确类别的分数最大，仅此而已。分数等于特征长度乘以它与类别夹角的余弦，所以拉长特征和减小角度同样有效。一旦判断正确就不再用力：同一个人的脸占据一个宽阔的扇形，与相邻扇形紧挨着。',
  },
  softmaxTry: {
    en: 'Among 10,000 people the pull dies at 72°. Take 24 people: how soon is it content now?',
    zh: '在 10,000 人中拉力在 72° 消失。改成 24 人：它多早就满足了？',
  },
  center: {
    en: 'Center loss adds a second force: every face is drawn to the running center of its class, by λ/2·‖x − c‖². Classes become compact, but nothing sends two of them apart. Its target logit is that of Softmax; what is new happens inside the class.',
    zh: 'Center loss 增加了第二种力：每张脸都被 λ/2·‖x − c‖² 拉向所属类别的动态中心。类内因此变得紧凑，但没有任何力量把两个类别推开。它的目标 logit 与 Softmax 相同，变化发生在类别内部。',
  },
  centerTry: {
    en: 'Play the trainings below and compare Softmax with Center: wedges become round clouds.',
    zh: '播放下面的训练过程，比较 Softmax 与 Center：扇形变成了圆团。',
  },
  multiplied: {
    en: 'The first margin multiplies the angle: with cos(mθ) a face must be m times closer to its class than to be just right. That is too steep to begin with, so λ mixes the plain cosine back in and falls during training. A-Softmax also gives all class weights length 1, so that angles alone decide.',
    zh: '最早的间隔是把角度放大：用 cos(mθ) 代替 cos θ，人脸必须比“刚好正确”再近 m 倍。一开始这太陡，所以用 λ 掺入普通余弦，并在训练中逐渐减小。A-Softmax 还把类别权重的长度固定为 1，于是只由角度决定。',
  },
  multipliedTry: {
    en: 'Here λ is 0. Raise it to 5, as the authors did: about a sixth of the margin is left.',
    zh: '现在 λ 为 0。把它升到作者使用的 5：间隔大约只剩六分之一。',
  },
  normface: {
    en: 'NormFace gives the embedding length 1 as well: training now sees just what matching sees, a cosine. But a cosine is at most 1, and a softmax over 10,000 such scores is never sure. So they are multiplied by a scale s.',
    zh: 'NormFace 把特征长度也固定为 1：训练看到的与比对时看到的完全一致，都是余弦。但余弦最大为 1，对 10,000 个这样的分数做 softmax 永远不会有把握，因此要乘以尺度 s。',
  },
  normfaceTry: {
    en: 'Lower s to 9: the pull never ends. Raise it to 64: it ends at 82°, long before faces are close.',
    zh: '把 s 降到 9：拉力永不消失。升到 64：在 82° 就结束了，人脸还远没有靠近。',
  },
  cosface: {
    en: 'Once everything is a cosine, a margin is easily taken off it: s·(cos θ − m). The curve of NormFace moves down by m, and the softmax is content only when the face is that much closer. AM-Softmax is the same with another scale.',
    zh: '一旦一切都是余弦，减去一个间隔就很容易：s·(cos θ − m)。NormFace 的曲线下移 m，人脸必须再近这么多，softmax 才会满足。AM-Softmax 与它相同，只是尺度不同。',
  },
  cosfaceTry: {
    en: 'Slide m to 0 and back: the end of the pull moves from 82° to 60°.',
    zh: '把 m 滑到 0 再滑回来：拉力的终点从 82° 移到 60°。',
  },
  arcface: {
    en: 'ArcFace adds the margin to the angle itself: s·cos(θ + m). The curve moves left by m, 0.5 rad or 28.6°, and the gap between two classes is the same everywhere on the sphere. Past 180° − m the cosine would rise again, so one that goes on falling takes over. The combined margin has all three kinds in one.',
    zh: 'ArcFace 把间隔直接加在角度上：s·cos(θ + m)。曲线左移 m，即 0.5 弧度（28.6°），两个类别之间的间隔在球面各处都相同。超过 180° − m 后余弦会回升，因此换成继续下降的曲线。组合间隔（Combined）把三种间隔合而为一。',
  },
  arcfaceTry: {
    en: 'At 2° the other gradients are near 0: the face is almost there. Those of ArcFace and Combined press on.',
    zh: '在 2° 处人脸已几乎到位，其他损失的梯度接近 0，而 ArcFace 和 Combined 仍在用力。',
  },
  adaface: {
    en: 'A face too blurred to be recognised can only be memorised. AdaFace reads quality off the length of the embedding, ẑ from −1 to 1, and lets it choose the margin. For a good image it presses the hard angles most, for a poor one it lets go of them.',
    zh: '模糊到无法辨认的脸只能被死记硬背。AdaFace 从特征长度读出图像质量 ẑ（−1 到 1），并据此选择间隔：好图像在困难的大角度上用力最大，差图像则放过它们。',
  },
  adafaceTry: {
    en: 'Slide the quality from 1 to −1 and watch the steepest angle move from 113° to 67°.',
    zh: '把质量从 1 滑到 −1，观察最陡的角度从 113° 移到 67°。',
  },
});

type Said = keyof typeof chapterTexts;

export interface Chapter {
  title: string;
  /** The loss that opens it, and the others that belong to it. */
  losses: readonly [string, ...string[]];
  text: Said;
  task: Said;
  /** What the laboratory is set to for its task. */
  setUp: Partial<Omit<Lab, 'loss' | 'knobs'>> & { loss: string; knobs?: Partial<Knobs> };
}

/** The story of margins, in the order of the papers. */
export const chapters: readonly Chapter[] = [
  {
    title: 'Softmax',
    losses: ['softmax'],
    ...{ text: 'softmax', task: 'softmaxTry' },
    setUp: { loss: 'softmax', view: 'pull', angle: 72, people: 10_000 },
  },
  {
    title: 'Center loss',
    losses: ['center'],
    ...{ text: 'center', task: 'centerTry' },
    setUp: { loss: 'center', view: 'logit', dimensions: 2, moment: 0 },
  },
  {
    title: 'A-Softmax',
    losses: ['sphereface', 'l-softmax'],
    ...{ text: 'multiplied', task: 'multipliedTry' },
    setUp: { loss: 'sphereface', view: 'logit', angle: 60, knobs: { lambda: 0 } },
  },
  {
    title: 'NormFace',
    losses: ['normface'],
    ...{ text: 'normface', task: 'normfaceTry' },
    setUp: { loss: 'normface', view: 'pull', angle: 63, people: 10_000 },
  },
  {
    title: 'CosFace',
    losses: ['cosface', 'am-softmax'],
    ...{ text: 'cosface', task: 'cosfaceTry' },
    setUp: { loss: 'cosface', view: 'pull', angle: 60, people: 10_000 },
  },
  {
    title: 'ArcFace',
    losses: ['arcface', 'combined'],
    ...{ text: 'arcface', task: 'arcfaceTry' },
    setUp: { loss: 'arcface', view: 'slope', angle: 2 },
  },
  {
    title: 'AdaFace',
    losses: ['adaface'],
    ...{ text: 'adaface', task: 'adafaceTry' },
    setUp: { loss: 'adaface', view: 'slope', angle: 113, knobs: { quality: 1 } },
  },
];

export const chapterOf = (loss: string): Chapter =>
  chapters.find(({ losses }) => losses.includes(loss)) ?? chapters[0]!;
