import { noGrad, ops, rand, type Tensor } from '@semblance/torch';

/** Classes a step computes with, and where the labels stand among them. */
export interface ClassSample {
  /** S classes, ascending. */
  classes_S: Tensor;
  /** Index in `classes_S` of each label. */
  labels_N: Tensor;
}

/**
 * The classes that occur in a batch and random others, ⌈rate·K⌉ in all: enough for a softmax over many classes, since
 * most of them are far from every face anyway.
 *
 * An et al., "Killing Two Birds with One Stone: Efficient and Robust Training of Face Recognition CNNs by Partial FC"
 * (2022).
 *
 * @param labels_N int64, 0 … numClasses − 1
 * @param rate r, above 0 and up to 1
 * @param all_N the labels of all ranks, where each has a share: with as many random numbers drawn, all take one sample
 */
export function sampleClasses(
  labels_N: Tensor,
  numClasses: number,
  rate: number,
  all_N: Tensor = labels_N,
): ClassSample {
  return noGrad(() => {
    const occurring = ops._unique(all_N)[0] as Tensor;
    const wanted = Math.max(Math.ceil(rate * numClasses), occurring.numel);
    // Draws are below 1: those that occur come first.
    const draws = rand([numClasses]).to(labels_N.device, 'float32').index_fill_(0, occurring, 2);
    const classes_S = (draws.topk(wanted)[1] as Tensor).sort()[0] as Tensor;
    return { classes_S, labels_N: ops.searchsorted(classes_S, labels_N) as Tensor };
  });
}
