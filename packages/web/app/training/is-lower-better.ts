/** What is neither better nor worse, and what of the words of a name makes less of it the better. */
const neither = /^(step|epoch|lr|learningRate|lossScale)$|PerSecond$|Seconds$/i;
const less = new Set(
  'loss error errors err eer hter fmr fnmr fpir fnir far frr mae mse rmse perplexity latency ms'.split(' '),
);

/** Whether a smaller value of a figure is a better one, by its name, as the service judges it; null where neither is. */
export function isLowerBetter(name: string): boolean | null {
  if (neither.test(name)) return null;
  const [measured = ''] = name.split(/At(?=[A-Z])|@|\.\d/);
  const words = measured.replace(/([a-z\d])(?=[A-Z])/g, '$1 ').toLowerCase();
  return words.split(/[^a-z\d]+/).some((word) => less.has(word));
}
