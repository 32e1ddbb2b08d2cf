// A dataset that loading threads open in tests: sample i is i and what a test asks for beside it.

import { threadId } from 'node:worker_threads';
import { fromArray, type Tensor, tensor } from '../../index.ts';
import type { Dataset } from '../index.ts';

export interface NumbersData {
  length: number;
  /** `get` answers with promises, the first ones last. */
  isAsync?: boolean;
  /** The sample whose loading fails. */
  broken?: number;
  refuses?: boolean;
}

export interface NumbersSample {
  image: Tensor;
  label: bigint;
  name: string;
  place: [epoch: number, thread: number];
  isOdd: boolean;
}

export default function openNumbers(data: NumbersData): Dataset<NumbersSample> {
  if (data.refuses) throw new Error('no numbers today');
  const make = (index: number, epoch: number): NumbersSample => {
    if (index === data.broken) throw new RangeError('this number is broken');
    const image = fromArray(Uint8Array.of(index, index + 1), [1, 2]);
    return {
      image,
      label: BigInt(index),
      name: `n${index}`,
      place: [epoch, threadId],
      isOdd: index % 2 === 1,
    };
  };
  return {
    length: data.length,
    get: (index, epoch) => {
      if (!data.isAsync) return make(index, epoch);
      return new Promise((resolve, reject) => {
        setTimeout(
          () => {
            try {
              resolve({ ...make(index, epoch), image: tensor([[index, index + 1]], { dtype: 'uint8' }) });
            } catch (error) {
              reject(error);
            }
          },
          (data.length - index) % 5,
        );
      });
    },
  };
}
